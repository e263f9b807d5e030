import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { flushFolder, writeDurably } from './durable-file.js';
import { SigningStopped } from './signing-status.service.js';

/**
 * The last checkpoint that was signed, outside the database: a database that was restored, or changed
 * by somebody who may do everything there, can't say that it was never signed.
 */
export class Anchor {
  private readonly path: string;
  private lastSeen: string | null = null;

  constructor(private readonly folder: string) {
    this.path = join(folder, 'checkpoint');
  }

  /** The signed note; null where nothing was ever signed here, or the anchor was deleted. */
  async read(): Promise<string | null> {
    this.lastSeen = await this.load();
    return this.lastSeen;
  }

  /**
   * Replaces the note that was read or written last. Refuses where it is gone, and where another one has
   * taken its place: then a second signer is at work.
   */
  async write(note: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const present = await this.load();
    if (present === null && this.lastSeen !== null) {
      throw new SigningStopped('The anchor was deleted while the log was signed.');
    }
    if (present !== this.lastSeen) {
      throw new SigningStopped('The anchor was changed by somebody else: two signers are at work.');
    }
    await writeDurably(this.path, note, 0o600);
    this.lastSeen = note;
  }

  private async load(): Promise<string | null> {
    try {
      return await readFile(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }
}

/** Makes a folder that only this user can look into, together with its way there, for good. */
export async function makePrivateFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first !== undefined) await flushFolder(join(first, '..'));
}
