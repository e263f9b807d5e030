import { type Checked, pass, quoted, refuse } from './checked.js';
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import { fromBase64, fromDecimal, hashFromBase64, textOf } from './encoding.js';
import type { Policy } from './policy.js';
import { PROOF_HASHES_MAX, verifyInclusion } from './proofs.js';

const FILE_BYTES_MAX = 512 * 1024;
const FIRST_LINE = 'c2sp.org/tlog-proof@v1';

/** A `.tlog-proof` file: that some entry stands in a log, to be checked offline. */
export interface ProofFile {
  /** Not authenticated: context for people and programs. */
  readonly extra: Buffer | null;
  readonly index: bigint;
  readonly proof: readonly Buffer[];
  /** The signed checkpoint as it was published. */
  readonly checkpoint: string;
}

/** The parts of a proof file (c2sp.org/tlog-proof). Nothing in it is verified yet. */
export function parseProofFile(file: string | Uint8Array): Checked<ProofFile> {
  const text = textOf(file, FILE_BYTES_MAX);
  if (!text.ok) return refuse(`the proof file is unreadable: ${text.reason}`);
  // The first empty line ends the proof; the checkpoint has one of its own.
  const end = text.value.indexOf('\n\n');
  if (end < 0) return refuse('the proof file has no checkpoint after an empty line');
  const lines = text.value.slice(0, end).split('\n');
  if (lines.shift() !== FIRST_LINE) return refuse(`the first line is not ${quoted(FIRST_LINE)}`);
  const extra = readExtra(lines);
  if (!extra.ok) return extra;
  const indexLine = lines.shift() ?? '';
  if (!indexLine.startsWith('index ')) return refuse(`${quoted(indexLine)} is not the index line`);
  const index = fromDecimal(indexLine.slice('index '.length));
  if (!index.ok) return refuse(`the index: ${index.reason}`);
  const proof = hashesFromLines(lines);
  if (!proof.ok) return proof;
  const checkpoint = text.value.slice(end + 2);
  return pass({ extra: extra.value, index: index.value, proof: proof.value, checkpoint });
}

function readExtra(lines: string[]): Checked<Buffer | null> {
  if (!lines[0]?.startsWith('extra ')) return pass(null);
  const extra = fromBase64(lines.shift()!.slice('extra '.length));
  return extra.ok ? extra : refuse(`the extra line: ${extra.reason}`);
}

/** Hashes, one a line in base64, at most as many as a proof can have. */
export function hashesFromLines(lines: readonly string[]): Checked<Buffer[]> {
  if (lines.length > PROOF_HASHES_MAX) {
    return refuse(`a proof has at most ${PROOF_HASHES_MAX} hashes, not ${lines.length}`);
  }
  const hashes: Buffer[] = [];
  for (const [at, line] of lines.entries()) {
    const hash = hashFromBase64(line);
    if (!hash.ok) return refuse(`hash ${at + 1} of the proof: ${hash.reason}`);
    hashes.push(hash.value);
  }
  return pass(hashes);
}

/** Where the entry with this leaf hash stands, by a proof file and a policy alone. */
export function checkProofFile(
  file: string | Uint8Array,
  leafHash: Uint8Array,
  policy: Policy,
): Checked<{ readonly index: bigint; readonly checkpoint: OpenedCheckpoint }> {
  const parsed = parseProofFile(file);
  if (!parsed.ok) return parsed;
  const { index, proof } = parsed.value;
  const checkpoint = openCheckpoint(parsed.value.checkpoint, policy);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  const included = verifyInclusion({ index, size, leafHash, proof, root });
  return included.ok ? pass({ index, checkpoint: checkpoint.value }) : included;
}

/** The same document, written. */
export function writeProofFile({ extra, index, proof, checkpoint }: ProofFile): string {
  const extraLines = extra === null ? [] : [`extra ${extra.toString('base64')}`];
  const hashes = proof.map((hash) => hash.toString('base64'));
  return [FIRST_LINE, ...extraLines, `index ${index}`, ...hashes, '', checkpoint].join('\n');
}
