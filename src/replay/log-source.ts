import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FetchLogFile } from '#verify';

const TIMEOUT_MS = 30_000;
const ATTEMPTS = 6;
const WAIT_MAX_SECONDS = 60;
/** A full bundle of the largest entries is 16 MiB; openings of one may be as large. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;

/** The files of a log: of a registry or a mirror by its address, or in a folder. */
export function openLogSource(where: string): FetchLogFile {
  return isAddress(where) ? fromAddress(logAddress(where)) : fromFolder(where);
}

export function isAddress(where: string): boolean {
  return /^https?:\/\//i.test(where);
}

/** The address under which a log's files stand, of the registry's own address or the log's. */
export function logAddress(where: string): string {
  const { origin, pathname } = new URL(where);
  const path = pathname.replace(/\/+$/, '');
  return `${origin}${path.endsWith('/log') ? path : `${path}/log`}`;
}

function fromAddress(prefix: string): FetchLogFile {
  return async (path) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(`${prefix}/${path}`, {
        headers: { 'user-agent': 'fermata-cli' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.ok) return readBody(response);
      await response.body?.cancel();
      if (response.status === 404) return null;
      const seconds = Number(response.headers.get('retry-after') ?? 2 ** attempt / 4);
      const mayWait = [429, 502, 503, 504].includes(response.status) && seconds <= WAIT_MAX_SECONDS;
      if (!mayWait || attempt === ATTEMPTS) {
        throw new Error(`${prefix} answered ${response.status}`);
      }
      await wait(seconds * 1_000);
    }
  };
}

async function readBody(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > FILE_BYTES_MAX) throw new Error('the file is larger than any file of a log');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function fromFolder(folder: string): FetchLogFile {
  return async (path) => {
    try {
      return await readFile(join(folder, path));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return null;
      throw error;
    }
  };
}

/** Keeps what is read in a folder that {@link openLogSource} takes again. */
export function keepingIn(folder: string, fetch: FetchLogFile): FetchLogFile {
  return async (path) => {
    const file = await fetch(path);
    if (file !== null) await replaceFile(join(folder, path), file);
    return file;
  };
}

/** Writes a whole file or nothing of it. */
export async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.new`;
  await writeFile(draft, content, { flush: true });
  await rename(draft, path);
}
