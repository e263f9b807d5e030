import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { encodeBundle, type Tile, TILE_WIDTH, tilePath } from '../domain/index.js';
import { flushFolder, writeDurably, writeFlushed } from './durable-file.js';

const HASH_BYTES = 32;
/** As many as Node has threads for files. */
const FILES_AT_ONCE = 4;

/** What is new in the tree since it was written last. */
export interface Growth {
  /** Tiles that became full. */
  readonly fullTiles: readonly Tile[];
  readonly partialTiles: readonly Tile[];
  /** Bundles that became full, by index. */
  readonly fullBundles: readonly { readonly index: number; readonly entries: readonly Buffer[] }[];
  readonly partialBundle: { readonly index: number; readonly entries: readonly Buffer[] };
}

/**
 * The log as static files (c2sp.org/tlog-tiles): any web server may serve this folder, and a copy of
 * it is a copy of the log. It can be made anew from the database.
 */
export class PublicFolder {
  constructor(readonly path: string) {}

  /** A file below the folder; null where there is none. `name` must come from {@link tilePath}. */
  async read(name: string): Promise<Buffer | null> {
    try {
      return await readFile(join(this.path, name));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
      throw error;
    }
  }

  /** A tile of this width; where only the full one is left, as much of it. Throws where it is gone. */
  async readTile(level: number, index: number, width: number): Promise<Buffer> {
    const tile =
      (await this.read(tilePath(level, index, width))) ?? (await this.read(tilePath(level, index)));
    if (tile === null || tile.length < width * HASH_BYTES) {
      throw new Error(`${tilePath(level, index, width)} is not there`);
    }
    return tile.subarray(0, width * HASH_BYTES);
  }

  /** Writes what a checkpoint over the tree needs; a partial tile stays until the full one is there. */
  async grow({ fullTiles, fullBundles, partialTiles, partialBundle }: Growth): Promise<void> {
    const full = [
      ...fullTiles.map(({ level, index, hashes }) => ({
        name: tilePath(level, index),
        content: () => hashes,
      })),
      ...fullBundles.map(({ index, entries }) => ({
        name: tilePath('entries', index),
        content: () => encodeBundle(entries),
      })),
    ];
    await this.eachOf(full, ({ name, content }) => this.write(name, content(), true));
    // Once for all files of a folder: then they are there for good.
    const folders = new Set(full.map(({ name }) => dirname(join(this.path, name))));
    for (const folder of folders) await flushFolder(folder);
    for (const { level, index, hashes } of partialTiles) {
      await this.write(tilePath(level, index, hashes.length / HASH_BYTES), hashes, false);
    }
    const { index, entries } = partialBundle;
    if (entries.length > 0) {
      await this.write(tilePath('entries', index, entries.length), encodeBundle(entries), false);
    }
    await this.eachOf(full, ({ name }) => this.removePartial(name));
  }

  /** Shows a checkpoint; the tree that it speaks of is there already. */
  async show(note: string): Promise<void> {
    await mkdir(this.path, { recursive: true });
    await writeDurably(join(this.path, 'checkpoint'), note);
  }

  private async removePartial(name: string): Promise<void> {
    await rm(join(this.path, `${name}.p`), { recursive: true, force: true });
  }

  /** A few at a time: the drive flushes several files as fast as one. Ends when all have ended. */
  private async eachOf<T>(files: readonly T[], work: (file: T) => Promise<void>): Promise<void> {
    for (let first = 0; first < files.length; first += FILES_AT_ONCE) {
      const ended = await Promise.allSettled(files.slice(first, first + FILES_AT_ONCE).map(work));
      for (const one of ended) if (one.status === 'rejected') throw one.reason;
    }
  }

  /** Complete or not at all. Only full tiles are flushed: the right edge is made anew at every start. */
  private async write(name: string, content: Buffer, durable: boolean): Promise<void> {
    const path = join(this.path, name);
    if (durable) {
      await this.inFolder(path, () => writeFlushed(path, content));
      return;
    }
    const aside = `${path}.new`;
    await this.inFolder(path, async () => {
      const file = await open(aside, 'w', 0o644);
      try {
        await file.writeFile(content);
      } finally {
        await file.close();
      }
      await rename(aside, path);
    });
  }

  /** Most files go where a folder is already. */
  private async inFolder(path: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await mkdir(dirname(path), { recursive: true });
      await write();
    }
  }
}

/** Bundles of entries as they fill up: 256 in each. */
export class GrowingBundles {
  private edge: Buffer[] = [];
  private index = 0;
  private full: { index: number; entries: Buffer[] }[] = [];

  append(entry: Buffer): void {
    this.edge.push(entry);
    if (this.edge.length < TILE_WIDTH) return;
    this.full.push({ index: this.index, entries: this.edge });
    this.edge = [];
    this.index += 1;
  }

  /** Takes up the bundles of a log whose last, partial bundle holds these entries. */
  static at(size: number, edge: readonly Buffer[]): GrowingBundles {
    const bundles = new GrowingBundles();
    bundles.index = Math.floor(size / TILE_WIDTH);
    bundles.edge = [...edge];
    return bundles;
  }

  get partial(): { index: number; entries: readonly Buffer[] } {
    return { index: this.index, entries: this.edge };
  }

  takeFull(): { index: number; entries: readonly Buffer[] }[] {
    const taken = this.full;
    this.full = [];
    return taken;
  }
}
