import { spawnSync } from 'node:child_process';
import { statfsSync } from 'node:fs';

const SIZE = '6g';

/** A disk of its own under a folder, which can be made full: a tmpfs that shrinks to what is in it. */
export class SmallDisk {
  private constructor(private readonly folder: string) {}

  /** Mounts it over an empty folder; null where this machine does not let us. */
  static mount(folder: string): SmallDisk | null {
    const options = `size=${SIZE},mode=711`;
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'fermata-crash', folder]);
    return mount.status === 0 ? new SmallDisk(folder) : null;
  }

  /** Leaves room for `spare` more bytes. */
  fill(spare: number): void {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const { blocks, bfree, bsize } = statfsSync(this.folder);
      // What is written meanwhile makes it refuse the size; then the next is larger.
      if (this.resize(String((blocks - bfree) * bsize + spare))) return;
    }
    throw new Error('the disk grew faster than it could be filled');
  }

  free(): void {
    if (!this.resize(SIZE)) throw new Error('the disk could not be made larger again');
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.folder]);
  }

  private resize(size: string): boolean {
    return spawnSync('mount', ['-o', `remount,size=${size}`, this.folder]).status === 0;
  }
}
