import { canonicalJson } from '#kernel';
import { contentFault, LEAF_TYPES } from '#transparency/domain';

export type LeafType = (typeof LEAF_TYPES)[number];

/** A leaf as it stands in the log, every field of it known. */
export interface Leaf {
  readonly index: number;
  readonly type: LeafType;
  readonly stream: string;
  readonly n: number;
  readonly prev: number | null;
  /** Epoch ms. */
  readonly t: number;
  readonly content: Readonly<Record<string, unknown>>;
  /** Signed with a passkey; absent: the registry alone vouches. */
  readonly isSigned?: true;
}

/** Why the log can't be replayed: at which leaf, what kind of fault, and in one sentence what. */
export class ReplayFault extends Error {
  override name = 'ReplayFault';

  constructor(
    readonly kind: FaultKind,
    readonly index: number,
    readonly reason: string,
  ) {
    super(`leaf ${index}: ${reason}`);
  }
}

export type FaultKind = 'form' | 'stream' | 'order' | 'content' | 'opening';

const ENTRY_BYTES_MAX = 16_384;
const HASH = /^[0-9a-f]{64}$/;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the bytes of an entry. One spelling alone is taken (RFC 8785), so that no other reader can
 * see another leaf in the same bytes. Throws {@link ReplayFault}.
 */
export function readLeaf(index: number, entry: Uint8Array): Leaf {
  const refuse = (reason: string): never => {
    throw new ReplayFault('form', index, reason);
  };
  if (entry.byteLength > ENTRY_BYTES_MAX) refuse(`it has more than ${ENTRY_BYTES_MAX} bytes`);
  const members = parse(entry) ?? refuse('it is no JSON object in canonical form');
  const { v, type, stream, n, prev, t, auth, ...content } = members;
  if (v !== 1) refuse(`its version is ${JSON.stringify(v)}, and this program reads version 1`);
  if (!(LEAF_TYPES as readonly unknown[]).includes(type)) {
    refuse(`there is no leaf type ${JSON.stringify(type)}`);
  }
  if (typeof stream !== 'string' || stream === '' || stream.length > 160)
    refuse('it has no stream');
  if (!isCount(n) || n === 0) refuse('n is no place in a stream');
  if (prev !== null && !isCount(prev)) refuse('prev is no index');
  if (!isCount(t)) refuse('t is no time');
  const authFault = faultOfAuth(auth);
  if (authFault !== null) refuse(authFault);
  const fault = contentFault(type as LeafType, content);
  if (fault !== null) refuse(fault);
  const isSigned = (auth as { m: string }).m === 'webauthn';
  return { index, type, stream, n, prev, t, content, ...(isSigned && { isSigned }) } as Leaf;
}

function parse(entry: Uint8Array): Record<string, unknown> | null {
  try {
    const text = UTF8.decode(entry);
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return canonicalJson(value) === text ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function faultOfAuth(auth: unknown): string | null {
  if (typeof auth !== 'object' || auth === null) return 'it does not say how it was authorised';
  const { m, c, h, ...rest } = auth as Record<string, unknown>;
  if (Object.keys(rest).length > 0) return 'auth has a member that is not known';
  if (m === 'registry') return c === undefined && h === undefined ? null : 'auth says too much';
  if (m !== 'webauthn') return `there is no authorisation ${JSON.stringify(m)}`;
  const isSigned = [c, h].every((one) => typeof one === 'string' && HASH.test(one));
  return isSigned ? null : 'auth names no credential or no assertion';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
