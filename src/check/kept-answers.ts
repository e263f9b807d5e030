import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { flush } from '#snapshots';
import { CheckRefused } from './check-refused.js';

const FINISHED = 'finished.json';
/** A batch with everything said about each of its 10,000 fits many times over. */
const ANSWER_BYTES_MAX = 256 * 1024 * 1024;

/**
 * The folder of signed answers that a check has got, batch by batch: the evidence of what was told, and
 * where a check that was interrupted goes on. An answer is whole and on the disk, or not there.
 */
export class KeptAnswers {
  private constructor(readonly folder: string) {}

  /** Throws {@link CheckRefused} for the folder of a check that was finished: its answers grow old. */
  static async open(path: string): Promise<KeptAnswers> {
    const folder = resolve(path);
    const isFinished = await stat(join(folder, FINISHED)).then(
      () => true,
      () => false,
    );
    if (isFinished) {
      throw new CheckRefused(
        `${path} has the answers to a check that was finished. Name another folder with --receipts, or move it away.`,
      );
    }
    return new KeptAnswers(folder);
  }

  /** The text of a batch's answer as it was kept; null where there is none that can be read. */
  async read(batch: number): Promise<string | null> {
    try {
      const packed = await readFile(this.path(batch));
      return gunzipSync(packed, { maxOutputLength: ANSWER_BYTES_MAX }).toString();
    } catch {
      // Whatever it is, it is no answer; the registry is asked again.
      return null;
    }
  }

  async keep(batch: number, text: string): Promise<void> {
    await this.write(this.path(batch), gzipSync(text));
  }

  /** Nobody takes these answers up again. */
  async finish(told: unknown): Promise<void> {
    await this.write(join(this.folder, FINISHED), Buffer.from(`${JSON.stringify(told)}\n`));
  }

  private path(batch: number): string {
    return join(this.folder, `answer-${String(batch + 1).padStart(6, '0')}.json.gz`);
  }

  private async write(path: string, bytes: Buffer): Promise<void> {
    // Not before there is something to keep: a check that can't begin leaves no trace.
    await mkdir(this.folder, { recursive: true });
    const aside = `${path}.new`;
    const file = await open(aside, 'w', 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    await flush(this.folder);
  }
}
