import { type Checked, fromDecimal, hashFromBase64, StreamCheck, TreeHasher } from '#verify';
import { describeHead, headValue, openLog, type OpenedLog, throwIfFailed } from './open-log.js';
import { Misuse, tellFailure, VERDICT, type Voice } from './voice.js';

export interface VerifyLogOptions {
  readonly log: string;
  readonly policy: string;
  /** Size and root that were verified before: only what came since is read. */
  readonly from?: string;
  readonly root?: string;
}

/** Told how far it is. */
type Progress = (done: bigint, total: bigint) => void;

/** `verify log`: signatures, then every tile and entry, and the streams that the entries form. */
export async function verifyLogCommand(options: VerifyLogOptions, voice: Voice): Promise<number> {
  const known = knownHead(options);
  const log = await openLog(options.log, options.policy);
  if ('reason' in log) return tellFailure(voice, log.reason);
  voice.note(`The checkpoint is signed as the policy says: ${describeHead(log.head)}.`);
  const followed = await follow(log, known, progressInTenths(voice));
  if (!followed.ok) {
    throwIfFailed(log.source);
    return tellFailure(voice, followed.reason);
  }
  const { from, streams } = followed.value;
  if (voice.json) {
    const value = { verifies: true, log: headValue(log.head), from: Number(from), streams };
    voice.value(value);
    return VERDICT.verifies;
  }
  const read = from === 0n ? 'every leaf from the first' : `every leaf from index ${from}`;
  voice.data(`Verifies: ${describeHead(log.head)}; ${read}, in ${streams} streams.`);
  voice.data(`size ${log.head.size}`);
  voice.data(`root ${log.head.root.toString('base64')}`);
  return VERDICT.verifies;
}

interface KnownHead {
  readonly size: bigint;
  readonly root: Buffer;
}

function knownHead({ from, root }: VerifyLogOptions): KnownHead | null {
  if (from === undefined && root === undefined) return null;
  if (from === undefined || root === undefined) {
    throw new Misuse('Name --from and --root together: a size and the root at that size.');
  }
  const size = fromDecimal(from);
  if (!size.ok) throw new Misuse(`--from: ${size.reason}.`);
  const hash = hashFromBase64(root);
  if (!hash.ok) throw new Misuse(`--root: ${hash.reason}.`);
  return { size: size.value, root: hash.value };
}

async function follow(
  { reader, head }: OpenedLog,
  known: KnownHead | null,
  progress: Progress,
): Promise<Checked<{ from: bigint; streams: number }>> {
  const from = known?.size ?? 0n;
  let hasher = new TreeHasher();
  if (known !== null) {
    const extended = await reader.extends(head, known.size, known.root);
    if (!extended.ok) return extended;
    const resumed = await reader.hasherAt(head, known.size);
    if (!resumed.ok) return resumed;
    hasher = resumed.value;
  }
  const streams = new StreamCheck(from);
  for await (const entry of reader.entries(head, hasher)) {
    if (!entry.ok) return entry;
    const leaf = streams.next(entry.value);
    if (!leaf.ok) return leaf;
    progress(hasher.size - from, head.size - from);
  }
  return { ok: true, value: { from, streams: streams.streams } };
}

/** One line per tenth, so that a log of what was done stays short however large the log is. */
function progressInTenths(voice: Voice): Progress {
  let told = 0n;
  return (done, total) => {
    const tenths = (done * 10n) / total;
    if (tenths === told) return;
    told = tenths;
    voice.note(`${tenths}0 % (${done} of ${total} leaves)`);
  };
}
