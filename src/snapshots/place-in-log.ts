import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '#kernel';
import {
  type Checked,
  checkProofFile,
  leafHash,
  parseProofFile,
  type Policy,
  type SnapshotManifest,
} from '#verify';

/** A manifest whose signature was verified, and the bytes that are signed. */
interface Signed {
  readonly manifest: SnapshotManifest;
  readonly bytes: Uint8Array;
}

/**
 * The index of the leaf that tells of a snapshot, by the proof in its folder and a policy alone: so others can see that
 * the registry made it. Refuses where the leaf is about another manifest, not in the log, or in no log that
 * the policy knows.
 */
export async function placeInLog(
  folder: string,
  { manifest, bytes }: Signed,
  policy: Policy,
): Promise<Checked<number>> {
  const refuse = (reason: string) => ({ ok: false, reason }) as const;
  const file = await readProof(folder);
  if (file === null) return refuse('the folder has no manifest.tlog-proof');
  const proof = parseProofFile(file);
  if (!proof.ok) return proof;
  const entry = proof.value.extra;
  if (entry === null) return refuse('the proof does not hold the leaf that it is of');
  const placed = checkProofFile(file, leafHash(entry), policy);
  if (!placed.ok) return placed;
  let leaf: Record<string, unknown>;
  try {
    leaf = JSON.parse(entry.toString('utf8')) as Record<string, unknown>;
  } catch {
    return refuse('the leaf is no JSON');
  }
  const isOurs = leaf['type'] === 'snapshot' && leaf['digest'] === sha256(bytes).toString('hex');
  if (!isOurs) return refuse('the leaf is about another snapshot');
  const { checkpoint, index } = placed.value;
  if (checkpoint.origin !== manifest.origin) {
    return refuse('the snapshot is of another log than the proof');
  }
  if (Number(index) < manifest.size) {
    return refuse('the leaf stands in the log that the snapshot was made from');
  }
  return { ok: true, value: Number(index) };
}

async function readProof(folder: string): Promise<Buffer | null> {
  try {
    return await readFile(join(folder, 'manifest.tlog-proof'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
