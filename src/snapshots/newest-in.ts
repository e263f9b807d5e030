import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Snapshots that are kept, or published, beside each other are named after the size of their log. */
export const SNAPSHOT_NAME = /^[1-9]\d{0,15}$/;

/**
 * The snapshot that a folder is, or the newest of those that it keeps; null where it is and has none. By
 * names alone: if the newest does not hold, an older one must not stand in for it.
 */
export async function newestIn(folder: string): Promise<string | null> {
  const names = await namesIn(folder);
  if (names.includes('manifest.json')) return folder;
  const sizes = names.filter((name) => SNAPSHOT_NAME.test(name)).map(Number);
  return sizes.length === 0 ? null : join(folder, String(Math.max(...sizes)));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
