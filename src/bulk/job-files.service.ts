import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { copyFile, type FileHandle, mkdir, open, readdir, rm, truncate } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Injectable } from '@nestjs/common';
import { DomainProblem, isId } from '#kernel';
import { Config } from '#platform';

/** The files of lookup jobs, a folder each in DATA_DIR. */
@Injectable()
export class JobFiles {
  private readonly root: string;

  constructor(config: Config) {
    this.root = resolve(config.DATA_DIR, 'lookup-jobs');
  }

  /**
   * Stores the input of a job as it arrives, on the disk when this returns. Throws `request/too-large`
   * beyond `max` bytes; then, and when the client goes away, nothing is left.
   */
  async receive(
    jobId: string,
    pieces: AsyncIterable<Buffer>,
    max: number,
  ): Promise<{ bytes: number; digest: Buffer }> {
    await mkdir(this.folder(jobId), { recursive: true, mode: 0o700 });
    const file = await open(this.inputPath(jobId), 'w', 0o600);
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      for await (const piece of pieces) {
        bytes += piece.length;
        if (bytes > max) throw tooLarge(max);
        hash.update(piece);
        await writeAll(file, piece, null);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return { bytes, digest: hash.digest() };
  }

  /** Pieces of the input from a place on. */
  input(jobId: string, from: number): ReadStream {
    return createReadStream(this.inputPath(jobId), { start: from, highWaterMark: 256 * 1024 });
  }

  /** Bytes of a result, both ends included; null where the file is not here. */
  async result(
    jobId: string,
    epoch: number,
    { first: start, last: end }: { first: number; last: number },
  ): Promise<ReadStream | null> {
    try {
      const file = await open(this.resultPath(jobId, epoch), 'r');
      return file.createReadStream({ start, end });
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }

  /**
   * Opens the result to go on behind its first `bytes`; what stands there is gone. A result that
   * somebody else may still be writing to is left to them and copied.
   */
  async openResult(
    jobId: string,
    { epoch, bytes, copyFrom }: { epoch: number; bytes: number; copyFrom: number | null },
  ): Promise<ResultFile> {
    const path = this.resultPath(jobId, epoch);
    if (copyFrom !== null && bytes > 0) await copyFile(this.resultPath(jobId, copyFrom), path);
    else if (bytes === 0) await (await open(path, 'w', 0o600)).close();
    await truncate(path, bytes);
    return new ResultFile(await open(path, 'r+'), bytes);
  }

  async deleteResult(jobId: string, epoch: number): Promise<void> {
    await rm(this.resultPath(jobId, epoch), { force: true });
  }

  async delete(jobId: string): Promise<void> {
    await rm(this.folder(jobId), { recursive: true, force: true });
  }

  /** Ids of all jobs that have a folder here. */
  async list(): Promise<string[]> {
    const names = await readdir(this.root).catch(() => []);
    return names.filter((name) => isId('lookupJob', name));
  }

  private folder(jobId: string): string {
    return join(this.root, jobId);
  }

  private inputPath(jobId: string): string {
    return join(this.folder(jobId), 'input');
  }

  private resultPath(jobId: string, epoch: number): string {
    return join(this.folder(jobId), `result.${epoch}`);
  }
}

/** A result while it is written. */
export class ResultFile {
  constructor(
    private readonly file: FileHandle,
    public bytes: number,
  ) {}

  async append(piece: string | Buffer): Promise<void> {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    await writeAll(this.file, bytes, this.bytes);
    this.bytes += bytes.length;
  }

  /** What was appended is on the disk when this returns. */
  flush(): Promise<void> {
    return this.file.datasync();
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number | null): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const place = position === null ? null : position + at;
    at += (await file.write(bytes, at, bytes.length - at, place)).bytesWritten;
  }
}

/** Whether a file was not there: somebody removed it, or it stands on another machine. */
export function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';
}

function tooLarge(max: number): DomainProblem {
  const detail = `The file of a lookup job may have ${max / 1024 / 1024} MiB at most.`;
  return new DomainProblem('request/too-large', detail);
}
