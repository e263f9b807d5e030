import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openNote, parseCheckpoint, type VerifierKey } from '#verify';
import type { Seen } from './submission.js';

/** The folder is not what this process left there; cosigning on would be guessing. */
export class UntrustedState extends Error {
  override name = 'UntrustedState';
}

interface Kept extends Seen {
  readonly note: string;
}

const LOCK = 'lock';
const SUFFIX = '.checkpoint';

/** The last cosigned checkpoint of each log, one file each, named by the hash of the origin. */
export class StateFolder {
  private readonly kept = new Map<string, Kept>();
  private readonly nonce = `${process.pid} ${randomUUID()}\n`;
  private broken: string | null = null;

  private constructor(
    private readonly folder: string,
    private readonly key: VerifierKey,
  ) {}

  /** Takes the folder for this process and reads what stands in it. */
  static async open(folder: string, key: VerifierKey): Promise<StateFolder> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const state = new StateFolder(folder, key);
    await state.lock();
    try {
      await state.load();
    } catch (error) {
      await state.close();
      throw error;
    }
    return state;
  }

  find(origin: string): Seen | null {
    return this.kept.get(idOf(origin)) ?? null;
  }

  /** The cosigned checkpoint of the log whose origin has this hash, hex. */
  findNote(id: string): string | null {
    return this.kept.get(id)?.note ?? null;
  }

  /** Returns once the note would survive a power cut. After a failure nothing is kept any more. */
  async keep(origin: string, seen: Seen, note: string): Promise<void> {
    if (this.broken !== null) throw new UntrustedState(this.broken);
    const id = idOf(origin);
    try {
      if ((await this.lockHolder()) !== this.nonce) {
        throw new Error('another process took the folder');
      }
      await writeDurably(this.folder, `${id}${SUFFIX}`, note);
    } catch (error) {
      // Whether the old or the new one is on the disk is not known; only a fresh start finds out.
      this.broken = `The folder ${this.folder} can’t be trusted: ${(error as Error).message}.`;
      throw new UntrustedState(this.broken);
    }
    this.kept.set(id, { ...seen, note });
  }

  async close(): Promise<void> {
    this.broken ??= 'The witness is closed.';
    if ((await this.lockHolder()) === this.nonce)
      await rm(join(this.folder, LOCK), { force: true });
  }

  private async lock(): Promise<void> {
    const path = join(this.folder, LOCK);
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(this.nonce);
      await file.close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number.parseInt((await this.lockHolder()) ?? '', 10);
      if (isRunning(holder)) {
        const remedy = `If process ${holder} is no witness, remove ${path}.`;
        throw new UntrustedState(`Another witness uses ${this.folder}. ${remedy}`);
      }
      // Its holder died. Of two that take it over at once, the later one stays and the other sees it.
      await writeDurably(this.folder, LOCK, this.nonce);
    }
    if ((await this.lockHolder()) !== this.nonce) {
      throw new UntrustedState(`Another witness took ${this.folder}.`);
    }
  }

  private async lockHolder(): Promise<string | null> {
    return readFile(join(this.folder, LOCK), 'utf8').catch(() => null);
  }

  private async load(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (!name.endsWith(SUFFIX)) continue;
      const note = await readFile(join(this.folder, name), 'utf8');
      // Our own signature: who could rewrite the file could else make us forget what we saw.
      const opened = openNote(note, [this.key]);
      const checkpoint = opened.ok ? parseCheckpoint(opened.value.text) : opened;
      const fault = checkpoint.ok ? null : checkpoint.reason;
      if (!checkpoint.ok || `${idOf(checkpoint.value.origin)}${SUFFIX}` !== name) {
        throw new UntrustedState(
          `${join(this.folder, name)} is not what was kept there: ${fault ?? 'it is of another log'}.`,
        );
      }
      const { origin, size, root } = checkpoint.value;
      this.kept.set(idOf(origin), { size, root, note });
    }
  }
}

function idOf(origin: string): string {
  return createHash('sha256').update(origin).digest('hex');
}

function isRunning(pid: number): boolean {
  // In a container, who died had the number that we have now.
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Written beside, flushed, moved into place, and the move flushed: the old or the new, never half. */
async function writeDurably(folder: string, name: string, content: string): Promise<void> {
  const draft = join(folder, `${name}.${process.pid}.draft`);
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(folder, name));
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
