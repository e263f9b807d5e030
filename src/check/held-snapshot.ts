import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFault, placeInLog } from '#snapshots';
import {
  type Policy,
  type ReceiptKeys,
  type SnapshotFile,
  type SnapshotManifest,
  verifySnapshotManifest,
} from '#verify';
import { sha256 } from '#kernel';
import { CheckRefused } from './check-refused.js';

/** A snapshot in a folder, whose manifest a pinned key signed and which has not expired. */
export interface HeldSnapshot {
  readonly manifest: SnapshotManifest;
  /** SHA-256 of manifest.json, hex: what the registry logged. */
  readonly digest: string;
  /** Index of the leaf that tells of it; null where no policy said whom to believe about the log. */
  readonly leaf: number | null;
  /** The files of one scheme's identifiers; empty where the registry has none of that scheme. */
  identifiers(scheme: string): Promise<string[]>;
  standings(): Promise<string>;
}

/** Whom a snapshot is believed. */
export interface Trust {
  /** Pinned ones. */
  readonly keys: ReceiptKeys;
  /** With one, the snapshot must also be in the log. */
  readonly policy?: Policy | undefined;
}

/**
 * Opens the snapshot in `folder` for a check at `now` (epoch ms). A file of it is only
 * given out once its size and digest are what was signed; files that nobody asks for are not read.
 * Refuses everything else.
 */
export async function openSnapshot(
  folder: string,
  { keys, policy }: Trust,
  now: number,
): Promise<HeldSnapshot> {
  const bytes = await read(join(folder, 'manifest.json'));
  const jws = (await read(join(folder, 'manifest.jws'))).toString('latin1').trim();
  const verified = verifySnapshotManifest(bytes, jws, keys, now);
  if (!verified.ok) throw new CheckRefused(`The snapshot ${folder}: ${verified.reason}.`);
  const manifest = verified.value;
  const place = policy ? await placeInLog(folder, { manifest, bytes }, policy) : null;
  if (place?.ok === false) throw new CheckRefused(`The snapshot ${folder}: ${place.reason}.`);
  const verify = async (files: readonly SnapshotFile[]): Promise<string[]> => {
    const paths: string[] = [];
    for (const file of files) paths.push(await verifyFile(folder, file));
    return paths;
  };
  const ofRole = (role: SnapshotFile['role'], scheme?: string) =>
    manifest.files.filter((file) => file.role === role && file.scheme === scheme);
  return {
    manifest,
    digest: sha256(bytes).toString('hex'),
    leaf: place?.value ?? null,
    identifiers: (scheme) => verify(ofRole('identifiers', scheme)),
    standings: async () => (await verify(ofRole('standings')))[0]!,
  };
}

async function verifyFile(folder: string, file: SnapshotFile): Promise<string> {
  const path = join(folder, file.path);
  const fault = await fileFault(path, file);
  if (fault !== null) throw new CheckRefused(`The file ${file.path} of the snapshot is ${fault}.`);
  return path;
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing ? 'there is no such file' : (error as Error).message;
    throw new CheckRefused(`${path} can’t be read: ${why}.`);
  }
}
