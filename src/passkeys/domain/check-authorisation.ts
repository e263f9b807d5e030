import { createHash, verify } from 'node:crypto';
import { assertionDigest, credentialCommitment, statementChallenge } from './commitments.js';
import { readCredentialKey } from './cose-key.js';

/** What `GET /v1/declarations/{id}/authorisation` answers; everything here comes from outside. */
export interface AuthorisationDocument {
  readonly statement: string;
  /** The rest is base64url without padding. */
  readonly nonce: string;
  readonly publicKey: string;
  readonly salt: string;
  readonly authenticatorData: string;
  readonly clientDataJSON: string;
  readonly signature: string;
}

/** Against what an authorisation is checked, all of it from the log or pinned by the checker. */
export interface AuthorisationEvidence {
  /** The entry of the declaration's leaf. */
  readonly leaf: unknown;
  /** The entry of the leaf that bound the key to the party. */
  readonly keyLeaf: unknown;
  /** Where the registry's pages live, e.g. `https://registry.example`. */
  readonly origin: string;
  /** The host name that passkeys are bound to. */
  readonly rpId: string;
}

export type AuthorisationCheck =
  { readonly ok: true } | { readonly ok: false; readonly reason: string };

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;

/**
 * Whether a declaration was signed with the party's own passkey. Needs no registry: only the
 * document, the two leaves from a verified log, and node:crypto. Never throws; says what failed.
 *
 * It does not ask whether the key had been revoked before: look for a later leaf of the key's
 * stream with a lower index than the declaration's.
 */
export function checkAuthorisation(
  document: unknown,
  evidence: AuthorisationEvidence,
): AuthorisationCheck {
  const given = readDocument(document);
  if (given === null) return no('the document lacks a member, or one is not what it should be');
  const leaf = objectOf(evidence.leaf);
  const keyLeaf = objectOf(evidence.keyLeaf);
  if (leaf === null || keyLeaf === null) return no('a leaf is no JSON object');
  const auth = objectOf(leaf['auth']);
  if (auth?.['m'] !== 'webauthn') return no('the leaf does not say that it was signed');

  const commitment = credentialCommitment(given.salt, given.publicKey).toString('hex');
  if (auth['c'] !== commitment) return no('the leaf commits to another key');
  const isBinding =
    keyLeaf['type'] === 'key' && keyLeaf['state'] === 'added' && keyLeaf['use'] === 'declare';
  if (!isBinding || keyLeaf['digest'] !== commitment) {
    return no('the key’s own leaf does not bind this key');
  }
  if (typeof leaf['party'] !== 'string' || keyLeaf['party'] !== leaf['party']) {
    return no('the key is bound to another party');
  }
  if (auth['h'] !== assertionDigest(given).toString('hex')) {
    return no('the leaf names another assertion');
  }
  return (
    checkClientData(given, evidence.origin) ??
    checkAuthenticatorData(given, evidence.rpId) ??
    checkSignature(given) ??
    checkStatement(given.statement, leaf) ?? { ok: true }
  );
}

interface Given {
  readonly statement: string;
  readonly nonce: Buffer;
  readonly publicKey: Buffer;
  readonly salt: Buffer;
  readonly authenticatorData: Buffer;
  readonly clientData: Buffer;
  readonly signature: Buffer;
}

function readDocument(document: unknown): Given | null {
  const object = objectOf(document);
  if (object === null || typeof object['statement'] !== 'string') return null;
  const names = {
    nonce: 'nonce',
    publicKey: 'publicKey',
    salt: 'salt',
    authenticatorData: 'authenticatorData',
    clientData: 'clientDataJSON',
    signature: 'signature',
  };
  const read: Record<string, Buffer> = {};
  for (const [name, member] of Object.entries(names)) {
    const bytes = bytesOf(object[member]);
    if (bytes === null) return null;
    read[name] = bytes;
  }
  const given = { statement: object['statement'], ...read } as unknown as Given;
  return given.nonce.length === 32 && given.salt.length === 32 ? given : null;
}

function checkClientData(given: Given, origin: string): AuthorisationCheck | null {
  const client = objectOf(parse(given.clientData.toString('utf8')));
  if (client === null) return no('the client data is no JSON object');
  if (client['type'] !== 'webauthn.get') return no('the client data is not about a signature');
  const challenge = statementChallenge(given.nonce, given.statement).toString('base64url');
  if (client['challenge'] !== challenge) return no('another statement was signed');
  if (client['origin'] !== origin) return no('it was signed on another site');
  return client['crossOrigin'] === true ? no('it was signed inside of another site') : null;
}

function checkAuthenticatorData(
  { authenticatorData }: Given,
  rpId: string,
): AuthorisationCheck | null {
  if (authenticatorData.length < 37) return no('the authenticator data is cut short');
  const expected = createHash('sha256').update(rpId, 'utf8').digest();
  if (!authenticatorData.subarray(0, 32).equals(expected)) return no('it is for another site');
  const flags = authenticatorData[32]!;
  if (!(flags & USER_PRESENT)) return no('nobody was present');
  return flags & USER_VERIFIED ? null : no('nobody proved who they are to the authenticator');
}

function checkSignature(given: Given): AuthorisationCheck | null {
  const credential = readCredentialKey(given.publicKey);
  if (credential === null) return no('the public key is of no kind that is accepted');
  const signed = Buffer.concat([
    given.authenticatorData,
    createHash('sha256').update(given.clientData).digest(),
  ]);
  try {
    if (verify(credential.digest, signed, credential.key, given.signature)) return null;
  } catch {
    // A signature that is no signature.
  }
  return no('the signature does not hold');
}

/** Whether the statement says what the leaf says. */
function checkStatement(text: string, leaf: Record<string, unknown>): AuthorisationCheck | null {
  const stated = objectOf(parse(text));
  // What was read is what was signed: no member twice, no other spelling.
  if (stated === null || JSON.stringify(stated) !== text) {
    return no('the statement is not in canonical form');
  }
  if (leaf['type'] !== 'declaration') return no('the leaf is no declaration');
  if (stated['v'] !== 1) return no('the statement is of another version');
  if (stated['act'] !== (leaf['withdraws'] === null ? 'declare' : 'withdraw')) {
    return no('another act was signed');
  }
  for (const name of ['party', 'effectiveFrom', 'effectiveUntil', 'withdraws']) {
    if (stated[name] !== leaf[name]) return no(`the leaf says another ${name}`);
  }
  const streams = Array.isArray(stated['streams']) ? stated['streams'].map(objectOf) : [];
  const isCovered = streams.some(
    (one) =>
      one?.['layer'] === leaf['layer'] &&
      one?.['subjectKind'] === leaf['subjectKind'] &&
      one?.['subject'] === leaf['subject'],
  );
  if (!isCovered) return no('the statement does not cover the layer and subject of the leaf');
  const terms = objectOf(stated['terms']);
  const digest = createHash('sha256').update(JSON.stringify(terms), 'utf8').digest('hex');
  return terms !== null && leaf['terms'] === digest ? null : no('the leaf holds other terms');
}

function no(reason: string): AuthorisationCheck {
  return { ok: false, reason };
}

function objectOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Base64url in its one spelling, at most 8 KiB of it. */
function bytesOf(value: unknown): Buffer | null {
  if (typeof value !== 'string' || value.length > 11_000) return null;
  const bytes = Buffer.from(value, 'base64url');
  return bytes.toString('base64url') === value ? bytes : null;
}
