import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '#kernel';
import {
  type Checked,
  checkProofFile,
  isJsonObject,
  leafHash,
  parseJson,
  parseProofFile,
  type Policy,
  type SnapshotManifest,
} from '#verify';

const LEAF_BYTES_MAX = 64 * 1024;

/** A manifest whose signature was verified, and the bytes that are signed. */
interface Signed {
  readonly manifest: SnapshotManifest;
  readonly bytes: Uint8Array;
}

/**
 * The index of the leaf that tells of a snapshot, by the proof in its folder and a policy alone: everybody who
 * follows the log can see that the registry made it. Refuses where the leaf is about another manifest, not in
 * the log, or in no log that the policy knows.
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
  const leaf = parseJson(entry, LEAF_BYTES_MAX);
  if (!leaf.ok || !isJsonObject(leaf.value)) return refuse('the leaf is no JSON object');
  const { type, digest } = leaf.value;
  if (type !== 'snapshot' || digest !== sha256(bytes).toString('hex')) {
    return refuse('the leaf is about another snapshot');
  }
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
