import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Injectable } from '@nestjs/common';
import { sha256 } from '#kernel';
import { Config, logFolder } from '#platform';
import { flush, SNAPSHOT_NAME } from '#snapshots';
import { readSnapshotManifest, type SnapshotManifest } from '#verify';

/** A published snapshot on the disk. */
export interface HeldSnapshot {
  readonly folder: string;
  readonly manifest: SnapshotManifest;
  /** The bytes of manifest.json. */
  readonly bytes: Buffer;
  /** SHA-256 of those, hex. */
  readonly digest: string;
}

const UNFINISHED = /^\.unfinished-/;

/** What stands beside the files that a manifest lists. */
export const MANIFEST_FILES = [
  'manifest.json',
  'manifest.jws',
  'manifest.tlog-proof',
  'croissant.json',
];

/**
 * The folder of published snapshots, each under the size of its log. A snapshot comes into being under
 * another name and gets its own by one rename, so whatever is found here is whole.
 */
@Injectable()
export class SnapshotShelf {
  readonly root: string;
  /** What was read once: a published snapshot never changes. */
  private readonly known = new Map<string, HeldSnapshot>();

  constructor(config: Config) {
    this.root = config.SNAPSHOT_DIR
      ? resolve(config.SNAPSHOT_DIR)
      : join(logFolder(config), 'snapshots');
  }

  /** Every published snapshot, the newest first, expired ones too. */
  async list(): Promise<HeldSnapshot[]> {
    const names = (await this.names()).filter((name) => SNAPSHOT_NAME.test(name));
    for (const name of this.known.keys()) if (!names.includes(name)) this.known.delete(name);
    const held = await Promise.all(names.map((name) => this.read(name)));
    return held.filter((one) => one !== null).sort((a, b) => b.manifest.size - a.manifest.size);
  }

  /** The newest snapshot that holds at `now` (epoch ms); null where there is none. */
  async latest(now: number): Promise<HeldSnapshot | null> {
    return (await this.list()).find(({ manifest }) => now < manifest.expires) ?? null;
  }

  /** The snapshot over a log of this size, as it stands in an address. */
  async find(size: string, now: number): Promise<HeldSnapshot | null> {
    if (!SNAPSHOT_NAME.test(size)) return null;
    const held = await this.read(size);
    return held !== null && now < held.manifest.expires ? held : null;
  }

  /** An empty folder for a snapshot that is being made, beside those that are published. */
  async begin(): Promise<string> {
    const folder = join(this.root, `.unfinished-${randomUUID()}`);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** Gives a finished snapshot its name, for everybody at once and for good. */
  async publish(folder: string, size: number): Promise<void> {
    await flush(folder);
    await rename(folder, join(this.root, String(size)));
    await flush(this.root);
  }

  /** Removes what a crash has left; only while nobody else makes a snapshot. */
  async sweep(): Promise<void> {
    for (const name of await this.names()) if (UNFINISHED.test(name)) await this.drop(name);
  }

  /** Removes a published snapshot: under another name first, so that no part of it is ever served. */
  async remove({ manifest }: HeldSnapshot): Promise<void> {
    const name = String(manifest.size);
    const aside = `.unfinished-${randomUUID()}`;
    await rename(join(this.root, name), join(this.root, aside));
    this.known.delete(name);
    await this.drop(aside);
  }

  private async drop(name: string): Promise<void> {
    await rm(join(this.root, name), { recursive: true, force: true });
  }

  private async names(): Promise<string[]> {
    try {
      return await readdir(this.root);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  private async read(name: string): Promise<HeldSnapshot | null> {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const folder = join(this.root, name);
    let bytes: Buffer;
    try {
      bytes = await readFile(join(folder, 'manifest.json'));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return null;
      throw error;
    }
    const manifest = readSnapshotManifest(bytes);
    if (!manifest.ok || String(manifest.value.size) !== name) return null;
    const digest = sha256(bytes).toString('hex');
    const held = { folder, manifest: manifest.value, bytes, digest };
    this.known.set(name, held);
    return held;
  }
}
