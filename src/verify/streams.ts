import { type Checked, pass, quoted, refuse } from './checked.js';
import { sameBytes } from './encoding.js';
import { canonicalJson, isJsonObject, type JsonObject, parseJson } from './json.js';
import type { LogEntry } from './log-reader.js';

/** No entry of our log is longer; the format of bundles would allow four times that. */
const ENTRY_BYTES_MAX = 16 * 1024;

/** What every leaf of our log says beside its content. */
export interface LeafFrame {
  readonly type: string;
  readonly stream: string;
  /** Place in the stream, from 1. */
  readonly n: number;
  /** Index of the stream's leaf before. */
  readonly prev: number | null;
  /** Epoch milliseconds. */
  readonly t: number;
  /** All members, these among them. */
  readonly content: JsonObject;
}

/** The frame of one entry: canonical JSON of an object with all that a leaf must say. */
export function readLeaf(entry: Uint8Array): Checked<LeafFrame> {
  const parsed = parseJson(entry, ENTRY_BYTES_MAX);
  if (!parsed.ok) return parsed;
  if (!isJsonObject(parsed.value)) return refuse('it is no object');
  const canonical = canonicalJson(parsed.value);
  if (!canonical.ok || !sameBytes(Buffer.from(canonical.value), entry)) {
    return refuse('it is not in canonical form');
  }
  const { v, type, stream, n, prev, t } = parsed.value;
  if (v !== 1) return refuse('it is not of version 1');
  if (typeof type !== 'string' || typeof stream !== 'string') {
    return refuse('it has no type or no stream');
  }
  if (!isWhole(n) || n === 0) return refuse('its n is no place in a stream');
  if (prev !== null && !isWhole(prev)) return refuse('its prev is no index');
  if (!isWhole(t)) return refuse('its t is no time');
  return pass({ type, stream, n, prev, t, content: parsed.value });
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/**
 * Follows a log leaf by leaf: each stream counts 1, 2, 3 … and each of its leaves names the one
 * before; time never goes back. `from` is the first index that it will see: of streams that began
 * before, it takes the first leaf's word.
 */
export class StreamCheck {
  private readonly last = new Map<string, { readonly n: number; readonly index: number }>();
  private time = 0;

  constructor(private readonly from = 0n) {}

  get streams(): number {
    return this.last.size;
  }

  /** Time of the last leaf, epoch milliseconds. */
  get lastTime(): number {
    return this.time;
  }

  next({ index, bytes }: Pick<LogEntry, 'index' | 'bytes'>): Checked<LeafFrame> {
    const leaf = readLeaf(bytes);
    if (!leaf.ok) return refuse(`leaf ${index}: ${leaf.reason}`);
    const { stream, n, prev, t } = leaf.value;
    const before = this.last.get(stream);
    const fault = before === undefined ? this.faultOfFirst(n, prev) : faultOfNext(before, n, prev);
    if (fault !== null) return refuse(`leaf ${index} of the stream ${quoted(stream)} ${fault}`);
    if (t < this.time) return refuse(`leaf ${index} is of an earlier time than the leaf before it`);
    this.last.set(stream, { n, index: Number(index) });
    this.time = t;
    return leaf;
  }

  private faultOfFirst(n: number, prev: number | null): string | null {
    if ((n === 1) !== (prev === null)) return `has n ${n} and prev ${prev}`;
    if (n === 1 || BigInt(prev!) < this.from) return null;
    return `has n ${n} and is the first of its stream`;
  }
}

function faultOfNext(
  before: { readonly n: number; readonly index: number },
  n: number,
  prev: number | null,
): string | null {
  if (n === before.n + 1 && prev === before.index) return null;
  return `has n ${n} and prev ${prev} after n ${before.n} at leaf ${before.index}`;
}
