import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { invariant } from './assert.js';

/** SHA-256 of bytes or UTF-8 text, 32 bytes. */
export function sha256(data: Uint8Array | string): Buffer {
  return createHash('sha256').update(data).digest();
}

/** The canonical JSON text of a plain value (RFC 8785). Equal values give equal text. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  invariant(text !== undefined, 'a value without a JSON form has no canonical form');
  return text;
}
