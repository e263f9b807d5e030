import {
  fromDecimal,
  hashesFromLines,
  openNote,
  parseCheckpoint,
  parseNote,
  PROOF_HASHES_MAX,
  verifyConsistency,
  type VerifierKey,
} from '#verify';

/** A body of `add-checkpoint`: the size that the log believes us at, a proof, a checkpoint. */
export interface Submission {
  readonly old: bigint;
  readonly proof: readonly Buffer[];
  readonly origin: string;
  readonly size: bigint;
  readonly root: Buffer;
  /** The signed text, and the log's own signature lines that were verified with it. */
  readonly text: string;
  readonly note: string;
}

/** The last checkpoint of a log that was cosigned. */
export interface Seen {
  readonly size: bigint;
  readonly root: Buffer;
}

/** An answer that is no cosignature; the sentence is for whoever debugs a log. */
export interface Rejection {
  readonly status: 400 | 403 | 404 | 409 | 422;
  readonly sentence: string;
}

export function isRejection(value: object): value is Rejection {
  return 'sentence' in value;
}

function reject(status: Rejection['status'], sentence: string): Rejection {
  return { status, sentence };
}

/** What was submitted, if a key of `logs` signed it under the name that the checkpoint bears. */
export function readSubmission(
  body: Uint8Array,
  logs: readonly VerifierKey[],
): Submission | Rejection {
  const end = Buffer.from(body).indexOf('\n\n');
  if (end < 0) return reject(400, 'there is no empty line before the checkpoint');
  const [oldLine = '', ...hashLines] = Buffer.from(body.subarray(0, end))
    .toString('latin1')
    .split('\n');
  if (!oldLine.startsWith('old ')) return reject(400, 'the first line is not the old size');
  const old = fromDecimal(oldLine.slice('old '.length));
  if (!old.ok) return reject(400, `the old size: ${old.reason}`);
  if (hashLines.length > PROOF_HASHES_MAX) return reject(400, 'the proof has more than 63 hashes');
  const proof = hashesFromLines(hashLines);
  if (!proof.ok) return reject(400, proof.reason);
  const note = body.subarray(end + 2);
  const parsed = parseNote(note);
  if (!parsed.ok) return reject(400, parsed.reason);
  const origin = parsed.value.text.split('\n', 1)[0]!;
  const keys = logs.filter(({ name }) => name === origin);
  if (keys.length === 0) return reject(404, 'this log is not known here');
  const opened = openNote(note, keys);
  if (!opened.ok) return reject(403, opened.reason);
  const checkpoint = parseCheckpoint(opened.value.text);
  if (!checkpoint.ok) {
    // A signed size of nothing with a root of something is a lie, not a misspelling.
    return reject(/^.*\n0\n/.test(parsed.value.text) ? 422 : 400, checkpoint.reason);
  }
  const { size, root } = checkpoint.value;
  const { text } = opened.value;
  const known = parsed.value.lines.filter(({ name, keyId }) =>
    keys.some((key) => key.name === name && key.id === keyId),
  );
  const lines = known.map(({ name, keyId, signature }) => {
    return `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}\n`;
  });
  return {
    ...{ old: old.value, proof: proof.value, origin, size, root, text },
    note: `${text}\n${lines.join('')}`,
  };
}

/** Null where the checkpoint may be cosigned after the one that was seen last. */
export function judge({ old, proof, size, root }: Submission, seen: Seen | null): Rejection | null {
  if (old > size) return reject(400, 'the old size is larger than that of the checkpoint');
  if (old !== (seen?.size ?? 0n)) return reject(409, `the last size was ${seen?.size ?? 0n}`);
  if (seen === null || old === 0n) {
    // What was seen at size 0 is the empty tree, which every tree continues.
    return proof.length === 0 ? null : reject(422, 'nothing is to be proven from size 0');
  }
  const claim = { from: old, to: size, proof, rootFrom: seen.root, rootTo: root };
  const verdict = verifyConsistency(claim);
  return verdict.ok ? null : reject(422, verdict.reason);
}
