import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { digestFile } from '#snapshots';
import {
  parseJwks,
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
  /** The files of one scheme's identifiers; empty where the registry has none of that scheme. */
  identifiers(scheme: string): Promise<string[]>;
  standings(): Promise<string>;
}

/**
 * Opens the snapshot in `folder` for a check at `now` (epoch ms) with the keys of the file `keys`, a JSON
 * Web Key Set that the caller pinned. A file of it is only given out once its size and digest are what
 * was signed. Refuses everything else.
 */
export async function openSnapshot(
  folder: string,
  keys: string,
  now: number,
): Promise<HeldSnapshot> {
  const jwks = parseJwks(await read(keys));
  if (!jwks.ok) throw new CheckRefused(`${keys}: ${jwks.reason}.`);
  const bytes = await read(join(folder, 'manifest.json'));
  const jws = (await read(join(folder, 'manifest.jws'))).toString('latin1').trim();
  const verified = verifySnapshotManifest(bytes, jws, jwks.value, now);
  if (!verified.ok) throw new CheckRefused(`The snapshot ${folder}: ${verified.reason}.`);
  const manifest = verified.value;
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
    identifiers: (scheme) => verify(ofRole('identifiers', scheme)),
    standings: async () => (await verify(ofRole('standings')))[0]!,
  };
}

async function verifyFile(folder: string, file: SnapshotFile): Promise<string> {
  const path = join(folder, file.path);
  const size = await stat(path).then(
    (found) => found.size,
    () => null,
  );
  if (size === null) throw new CheckRefused(`The snapshot lacks its file ${file.path}.`);
  if (size !== file.bytes) {
    throw new CheckRefused(
      `${file.path} of the snapshot has ${size} bytes instead of ${file.bytes}: it is partly there or was changed.`,
    );
  }
  if ((await digestFile(path)).sha256 !== file.sha256) {
    throw new CheckRefused(`${file.path} of the snapshot is not the file that was signed.`);
  }
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
