import { type Checked, pass, quoted, refuse } from './checked.js';
import { fromDecimal, hashFromBase64, sameBytes } from './encoding.js';
import { missingForQuorum, type Policy } from './policy.js';
import { openNote } from './signed-note.js';
import { EMPTY_ROOT } from './tree.js';

/** What a log states about itself: its name, how many leaves, and the root over them. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Buffer;
  /** Lines after the third: opaque. Logs are advised against them, and ours writes none. */
  readonly extensions: readonly string[];
}

/** A checkpoint whose signatures satisfy a policy. */
export interface OpenedCheckpoint extends Checkpoint {
  /** The signed text, with its last newline. */
  readonly text: string;
  /** Who of the policy's witnesses cosigned, under the policy's own names, and when. */
  readonly cosignatures: readonly { readonly witness: string; readonly time: bigint }[];
}

/** The text of a checkpoint (c2sp.org/tlog-checkpoint), with its last newline and no signatures. */
export function parseCheckpoint(text: string): Checked<Checkpoint> {
  if (typeof text !== 'string' || !text.endsWith('\n')) {
    return refuse('the checkpoint does not end in a newline');
  }
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (origin === undefined || size === undefined || root === undefined) {
    return refuse('the checkpoint has fewer than three lines');
  }
  if (origin === '') return refuse('the checkpoint names no origin');
  const count = fromDecimal(size);
  if (!count.ok) return refuse(`the size of the checkpoint: ${count.reason}`);
  const hash = hashFromBase64(root);
  if (!hash.ok) return refuse(`the root of the checkpoint: ${hash.reason}`);
  if (count.value === 0n && !sameBytes(hash.value, EMPTY_ROOT)) {
    return refuse('the checkpoint has no leaves and yet the root of some');
  }
  if (extensions.includes('')) return refuse('the checkpoint has an empty extension line');
  return pass({ origin, size: count.value, root: hash.value, extensions });
}

/**
 * A checkpoint that a log of the policy signed under its own name and that a quorum of the policy's
 * witnesses cosigned. Extension lines are refused: our log writes none.
 */
export function openCheckpoint(
  note: string | Uint8Array,
  policy: Policy,
): Checked<OpenedCheckpoint> {
  const keys = [...policy.logs, ...policy.witnesses].map(({ key }) => key);
  const opened = openNote(note, keys);
  if (!opened.ok) return opened;
  const { text, signatures } = opened.value;
  const checkpoint = parseCheckpoint(text);
  if (!checkpoint.ok) return checkpoint;
  const { origin, extensions } = checkpoint.value;
  const isLogs = signatures.some(
    ({ key }) => key.name === origin && policy.logs.some((log) => log.key === key),
  );
  if (!isLogs)
    return refuse(`no key of the policy for the log ${quoted(origin)} signed the checkpoint`);
  if (extensions.length > 0) {
    return refuse(`the checkpoint has an extension line: ${quoted(extensions[0]!)}`);
  }
  const cosignatures = policy.witnesses.flatMap(({ name, key }) => {
    const times = signatures.filter((one) => one.key === key).map(({ time }) => time!);
    return times.length === 0 ? [] : [{ witness: name, time: times.reduce(latest) }];
  });
  const missing = missingForQuorum(policy, new Set(cosignatures.map(({ witness }) => witness)));
  if (missing !== null) return refuse(missing);
  return pass({ ...checkpoint.value, text, cosignatures });
}

function latest(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
