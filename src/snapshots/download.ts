import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Fetches a path below the registry's address. */
export type FetchPath = (path: string, headers: Record<string, string>) => Promise<Response>;

/** The download can't go on, for a reason that a person can act on. */
export class DownloadFailed extends Error {
  override name = 'DownloadFailed';
}

const ATTEMPTS = 6;
const PAUSE_MS = 500;

/** A small document; refused where it is longer than it may be. */
export async function fetchDocument(
  fetch: FetchPath,
  path: string,
  bytesMax: number,
): Promise<Buffer> {
  return attempts(path, async () => {
    const response = await fetch(path, {});
    if (!response.ok) throw await refusalOf(response, path);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += (chunk as Uint8Array).length;
      if (bytes > bytesMax) throw new DownloadFailed(`${path} is longer than ${bytesMax} bytes`);
      chunks.push(chunk as Uint8Array);
    }
    return Buffer.concat(chunks);
  });
}

/**
 * Brings a file of a known length to `target`, going on from what an earlier attempt has left there. What
 * it holds is for the caller to compare with its digest.
 */
export async function fetchFile(
  fetch: FetchPath,
  path: string,
  target: string,
  bytes: number,
): Promise<void> {
  await attempts(path, async () => {
    const have = await lengthOf(target);
    if (have === bytes) return;
    if (have > bytes) await rm(target);
    const from = have > bytes ? 0 : have;
    const response = await fetch(path, from === 0 ? {} : { range: `bytes=${from}-` });
    if (!response.ok) throw await refusalOf(response, path);
    const start = response.status === 206 ? startOf(response) : 0;
    if (start !== 0 && start !== from) throw new Error(`${path} came from byte ${start} on`);
    await append(response, target, start, bytes, path);
  });
}

async function append(
  response: Response,
  target: string,
  start: number,
  bytes: number,
  path: string,
): Promise<void> {
  const file = await open(target, start === 0 ? 'w' : 'a');
  try {
    let length = start;
    for await (const chunk of response.body ?? []) {
      length += (chunk as Uint8Array).length;
      if (length > bytes) {
        // Whoever sends more than was signed would fill the disk.
        await file.truncate(0);
        throw new DownloadFailed(`${path} is longer than the ${bytes} bytes that were signed`);
      }
      await file.writeFile(chunk as Uint8Array);
    }
    if (length < bytes) throw new Error(`${path} broke off after ${length} of ${bytes} bytes`);
    await file.sync();
  } finally {
    await file.close();
  }
}

function startOf(response: Response): number {
  const range = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  return range === null ? -1 : Number(range[1]);
}

async function lengthOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** What the registry refuses it will refuse again, unless it is busy. */
async function refusalOf(response: Response, path: string): Promise<Error> {
  const text = await response.text().catch(() => '');
  const detail = /"detail":"([^"\\]{1,300})"/.exec(text)?.[1] ?? `${path}: ${response.status}`;
  const isBusy = response.status === 429 || response.status >= 500;
  return isBusy ? new Error(detail) : new DownloadFailed(detail);
}

async function attempts<T>(path: string, attempt: () => Promise<T>): Promise<T> {
  for (let nth = 1; ; nth += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof DownloadFailed) throw error;
      const { message } = error as Error;
      if (nth === ATTEMPTS) throw new DownloadFailed(`${path} can’t be fetched: ${message}`);
      await sleep(PAUSE_MS * 2 ** (nth - 1));
    }
  }
}
