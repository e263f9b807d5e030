import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FetchLogFile } from '#verify';

export function isAddress(where: string): boolean {
  return /^https?:\/\//i.test(where);
}

/** The address under which a log's files stand, of the registry's own address or the log's. */
export function logAddress(where: string): string {
  const { origin, pathname } = new URL(where);
  const path = pathname.replace(/\/+$/, '');
  return `${origin}${path.endsWith('/log') ? path : `${path}/log`}`;
}

/** Keeps what is read in a folder that can be read like the log itself. */
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
