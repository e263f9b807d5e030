import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { Clock, DomainProblem } from '#kernel';
import { Config, logFolder } from '#platform';
import {
  doneLine,
  type Erasure,
  intendedLine,
  type JournaledErasure,
  readJournal,
} from './domain/index.js';

/** The journal can't be read: nobody can say who must stay erased, so nothing is served. */
export class ErasureJournalError extends Error {
  override name = 'ErasureJournalError';
}

/**
 * `erasures.ndjson` in the folder outside the database. A line is on the drive, and so is its name in
 * the folder, before the promise of its append is kept. Lines of intent are written with the log's
 * head held, so that two servers never write one at the same time.
 */
@Injectable()
export class ErasureJournal {
  readonly path: string;
  private readonly logger = new Logger('erasure');

  constructor(
    config: Config,
    private readonly clock: Clock,
  ) {
    this.path = join(logFolder(config), 'erasures.ndjson');
  }

  /** Everything that was ever to be erased, in order. Throws {@link ErasureJournalError}. */
  async read(): Promise<readonly JournaledErasure[]> {
    const text = await readFile(this.path, 'utf8').catch((error: unknown) => {
      if (isAbsent(error)) return '';
      throw this.unreadable(error);
    });
    const reading = readJournal(text);
    if (reading.ok) return reading.erasures;
    throw new ErasureJournalError(
      `Line ${reading.line} of the erasure journal ${this.path} is damaged: ${reading.reason}. Restore the file from its copy; without it people who were erased could come back.`,
    );
  }

  /**
   * Cuts off what a crash left of a last line. Its transaction was never committed, for a line comes
   * first. To be called with the log's head held.
   */
  async mend(): Promise<void> {
    const file = await open(this.path, 'r+').catch((error: unknown) => {
      if (isAbsent(error)) return null;
      throw this.unreadable(error);
    });
    if (!file) return;
    try {
      const text = await file.readFile();
      const whole = text.lastIndexOf(0x0a) + 1;
      if (whole === text.length) return;
      this.logger.warn(`the last line of ${this.path} was cut off and is dropped`);
      await file.truncate(whole);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** Writes down what is about to be erased. Throws `erasure/journal-unwritable`. */
  async intend(erasure: Erasure): Promise<void> {
    try {
      await this.append(intendedLine(erasure));
    } catch (error) {
      this.logger.error(`${this.path} can’t be written: ${String(error)}`);
      throw new DomainProblem(
        'erasure/journal-unwritable',
        'The erasure could not be written down durably, so it was not done.',
        { retryAfterSeconds: 60 },
      );
    }
  }

  /** Notes that it was done. Where that fails, the next start does it again, which changes nothing. */
  async finish(erasureId: string): Promise<void> {
    await this.append(doneLine(erasureId, this.clock.now())).catch((error: unknown) => {
      this.logger.error(`${this.path} can’t be written: ${String(error)}`);
    });
  }

  private unreadable(error: unknown): ErasureJournalError {
    return new ErasureJournalError(
      `The erasure journal ${this.path} can’t be read: ${String(error)}. Without it people who were erased could come back.`,
    );
  }

  private async append(line: string): Promise<void> {
    const folder = dirname(this.path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(this.path, 'a', 0o600);
    try {
      const { size } = await file.stat();
      await this.write(file, line, size);
      if (size > 0) return;
    } finally {
      await file.close();
    }
    // A new file is lost with its name, and a new folder with its own.
    await syncFolder(folder);
    await syncFolder(dirname(folder));
  }

  private async write(file: FileHandle, line: string, size: number): Promise<void> {
    try {
      await file.writeFile(line);
      await file.sync();
    } catch (error) {
      // A full drive may have taken half of it; the next line must begin at the margin.
      await file.truncate(size);
      throw error;
    }
  }
}

function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
