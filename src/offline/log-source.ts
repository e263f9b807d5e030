import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FetchLogFile } from '#verify';
import { CannotComplete, Misuse, printable } from './voice.js';

/** A bundle has 256 entries of at most 65,535 bytes; what a registry publishes beside it is no larger. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;
const ATTEMPTS = 4;
const WAIT_SECONDS_MAX = 60;
const TIMEOUT_MS = 30_000;

/** Where a log is read from. */
export interface LogSource {
  readonly fetch: FetchLogFile;
  /** Why a file could not be had, where that is no fault of the log: the network, the disk. */
  failure(): string | null;
}

/** A log by its address (`https://registry.example/log`), or by a folder with the same files. */
export async function openLogSource(where: string): Promise<LogSource> {
  if (/^https?:\/\//i.test(where)) return openAddress(where);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(where)) {
    throw new Misuse(`A log has an http or https address or a folder, not “${printable(where)}”.`);
  }
  const folder = await stat(where).catch(() => null);
  if (folder?.isDirectory()) return recordingFailure((path) => readFrom(where, path));
  throw new CannotComplete(`${printable(where)} is no folder with a log.`);
}

/** Takes the registry's own address, too: its log stands below it under `/log`. */
function openAddress(where: string): LogSource {
  if (!URL.canParse(where)) throw new Misuse(`“${printable(where)}” is no address.`);
  let prefix = where.replace(/\/+$/, '');
  return recordingFailure(async (path) => {
    const file = await download(`${prefix}/${path}`);
    if (file !== null || path !== 'checkpoint') return file;
    const below = await download(`${prefix}/log/${path}`);
    if (below !== null) prefix = `${prefix}/log`;
    return below;
  });
}

/** The reader turns what is thrown into a refusal; here it is kept that it was no verdict. */
function recordingFailure(fetchFile: FetchLogFile): LogSource {
  let failed: string | null = null;
  return {
    failure: () => failed,
    async fetch(path) {
      try {
        return await fetchFile(path);
      } catch (error) {
        failed = `${path}: ${(error as Error).message}`;
        throw error;
      }
    },
  };
}

async function readFrom(folder: string, path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(join(folder, path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

async function download(url: string): Promise<Uint8Array | null> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
      (error: Error) => {
        throw new Error(whyOf(error), { cause: error });
      },
    );
    if (response.ok) return readLimited(response);
    await response.body?.cancel();
    if (response.status === 404 || response.status === 410) return null;
    const seconds = Number(response.headers.get('retry-after') ?? 2 ** attempt);
    const mayWait = [429, 502, 503, 504].includes(response.status) && attempt < ATTEMPTS;
    if (!mayWait || !(seconds <= WAIT_SECONDS_MAX)) {
      throw new Error(`the server answered ${response.status}`);
    }
    await wait(seconds * 1000);
  }
}

function whyOf(error: Error): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? error.message;
}

async function readLimited(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += (piece as Uint8Array).byteLength;
    // Leaving the loop closes the connection.
    if (length > FILE_BYTES_MAX) throw new Error('the server sends more than a file of a log has');
    pieces.push(piece as Uint8Array);
  }
  return Buffer.concat(pieces);
}
