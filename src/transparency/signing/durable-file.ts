import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Replaces a file by one with this content, so that after a crash there is the old one or the new
 * one: written aside, flushed, renamed, and the folder flushed.
 */
export async function writeDurably(
  path: string,
  content: string | Uint8Array,
  mode = 0o644,
): Promise<void> {
  await writeFlushed(path, content, mode);
  await flushFolder(dirname(path));
}

/** The same, but that the folder is still to be flushed: for whoever writes many files into one. */
export async function writeFlushed(
  path: string,
  content: string | Uint8Array,
  mode = 0o644,
): Promise<void> {
  const aside = `${path}.new`;
  const file = await open(aside, 'w', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
}

export async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
