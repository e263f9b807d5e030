import { canonicalJson, sha256 } from '#kernel';
import { identifierCommitment } from '#transparency/domain';

/** The identifier behind a commitment in a leaf, with the salt that proves it. */
export interface IdentifierOpening {
  readonly index: number;
  /** Hex, as it stands in the leaf. */
  readonly commitment: string;
  /** Hex. */
  readonly salt: string;
  readonly scheme: string;
  readonly value: string;
}

/** The terms behind a digest in a leaf. */
export interface TermsOpening {
  readonly index: number;
  /** Hex, as it stands in the leaf. */
  readonly terms: string;
  readonly content: Readonly<Record<string, unknown>>;
}

export type Opening = IdentifierOpening | TermsOpening;

export type ReadOpening =
  | { readonly ok: true; readonly opening: Opening }
  | { readonly ok: false; readonly reason: string };

/** One line of an openings file, without its newline. */
export function writeOpening(opening: Opening): string {
  return canonicalJson(opening);
}

/** The opening of an identifier whose salt is kept. */
export function openingOf(
  index: number,
  { scheme, value, salt }: { scheme: string; value: string; salt: Uint8Array },
): IdentifierOpening {
  const commitment = identifierCommitment(salt, scheme, value).toString('hex');
  return { index, commitment, salt: Buffer.from(salt).toString('hex'), scheme, value };
}

const HASH = /^[0-9a-f]{64}$/;
const LINE_MAX = 256 * 1024;

/**
 * Reads a line and opens it: an opening that does not come to its own commitment or digest is
 * refused. Never throws.
 */
export function readOpening(line: string): ReadOpening {
  if (line.length > LINE_MAX) return refuse('the line is too long');
  let members: Record<string, unknown>;
  try {
    members = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return refuse('the line is not JSON');
  }
  if (typeof members !== 'object' || members === null) return refuse('the line is no object');
  if (!Number.isSafeInteger(members['index']) || (members['index'] as number) < 0) {
    return refuse('its index is no index');
  }
  const names = Object.keys(members).sort().join();
  if (names === 'commitment,index,salt,scheme,value') return openIdentifier(members);
  if (names === 'content,index,terms') return openTerms(members);
  return refuse('it opens neither an identifier nor terms');
}

function openIdentifier(members: Record<string, unknown>): ReadOpening {
  const { index, commitment, salt, scheme, value } = members as Record<string, string>;
  if (![commitment, salt].every((one) => typeof one === 'string' && HASH.test(one))) {
    return refuse('its commitment or salt is not 32 bytes of hex');
  }
  if (typeof scheme !== 'string' || typeof value !== 'string') {
    return refuse('its scheme or value is no text');
  }
  const opening = openingOf(Number(index), { scheme, value, salt: Buffer.from(salt!, 'hex') });
  if (opening.commitment !== commitment) return refuse('it does not come to its commitment');
  return { ok: true, opening };
}

function openTerms(members: Record<string, unknown>): ReadOpening {
  const { index, terms, content } = members;
  if (typeof terms !== 'string' || !HASH.test(terms)) return refuse('its digest is no digest');
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return refuse('its content is no object');
  }
  let digest: string;
  try {
    digest = sha256(canonicalJson(content)).toString('hex');
  } catch {
    return refuse('its content has no canonical form');
  }
  if (digest !== terms) return refuse('its content does not come to its digest');
  const opening = { index: index as number, terms, content: content as TermsOpening['content'] };
  return { ok: true, opening };
}

function refuse(reason: string): ReadOpening {
  return { ok: false, reason };
}
