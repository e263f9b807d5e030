import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Checked,
  type ReceiptKeys,
  type SnapshotManifest,
  verifySnapshotManifest,
} from '#verify';
import { digestFile } from './digest-file.js';

/** A snapshot in a folder, whose signature and every file were compared. */
export interface CheckedFolder {
  readonly folder: string;
  readonly manifest: SnapshotManifest;
  /** The bytes that are signed. */
  readonly bytes: Buffer;
}

/**
 * Whether a folder holds a whole snapshot that a pinned key signed and that holds at `now` (epoch ms).
 * Every file is read and compared with its length and digest; changes may be missing, because who holds
 * a snapshot does not need them.
 */
export async function checkFolder(
  folder: string,
  keys: ReceiptKeys,
  now: number,
): Promise<Checked<CheckedFolder>> {
  const bytes = await readIn(folder, 'manifest.json');
  const jws = await readIn(folder, 'manifest.jws');
  if (bytes === null || jws === null) {
    return { ok: false, reason: 'the folder has no manifest.json with its manifest.jws' };
  }
  const signed = verifySnapshotManifest(bytes, jws.toString('latin1'), keys, now);
  if (!signed.ok) return signed;
  for (const file of signed.value.files) {
    const fault = await fileFault(join(folder, file.path), file);
    if (fault === null || (fault === 'missing' && file.role === 'changes')) continue;
    return { ok: false, reason: `the file ${file.path} is ${fault}` };
  }
  return { ok: true, value: { folder, manifest: signed.value, bytes } };
}

/** What is wrong with a file that should have this length and digest; null where nothing is. */
export async function fileFault(
  path: string,
  { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
): Promise<'missing' | 'cut off' | 'another one than was signed' | null> {
  try {
    const found = await digestFile(path);
    if (found.bytes === bytes && found.sha256 === sha256) return null;
    return found.bytes < bytes ? 'cut off' : 'another one than was signed';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
}

async function readIn(folder: string, name: string): Promise<Buffer | null> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
