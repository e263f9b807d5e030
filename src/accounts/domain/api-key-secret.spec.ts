import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { API_KEY_PREFIX, checksumOf, isApiKeySecret, newApiKeySecret } from './api-key-secret.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ascending = (size: number) => Uint8Array.from({ length: size }, (_, i) => i);

describe('checksumOf', () => {
  it('gives the last six digits of the vector in the security notes', () => {
    // The vector's own prefix; the construction is the same for ours.
    expect(checksumOf('acr_live_0123456789ABCDEFGHIJKLMNOPQRST')).toBe('2mdzPh');
  });
});

describe('newApiKeySecret', () => {
  it('writes the prefix, thirty digits and their checksum', () => {
    const secret = newApiKeySecret(ascending);
    expect(secret.slice(0, -6)).toBe(`${API_KEY_PREFIX}0123456789ABCDEFGHIJKLMNOPQRST`);
    expect(isApiKeySecret(secret)).toBe(true);
  });

  it('passes over bytes that would favour some digits', () => {
    let calls = 0;
    const secret = newApiKeySecret((size) => new Uint8Array(size).fill(calls++ === 0 ? 248 : 61));
    expect(secret.slice(API_KEY_PREFIX.length, -6)).toBe('z'.repeat(30));
  });
});

describe('isApiKeySecret', () => {
  const secrets = fc
    .uint8Array({ minLength: 30, maxLength: 30, max: 247 })
    .map((bytes) => newApiKeySecret(() => bytes));

  it('accepts every key that was made', () => {
    fc.assert(fc.property(secrets, (secret) => isApiKeySecret(secret)));
  });

  it('refuses every key with one changed character', () => {
    const changes = fc.tuple(secrets, fc.nat(), fc.nat({ max: 60 }));
    fc.assert(
      fc.property(changes, ([secret, position, step]) => {
        const at = API_KEY_PREFIX.length + (position % 36);
        const digit = ALPHABET[(ALPHABET.indexOf(secret[at]!) + 1 + step) % 62]!;
        return !isApiKeySecret(secret.slice(0, at) + digit + secret.slice(at + 1));
      }),
    );
  });

  it.each(['', 'fmt_live_', `fmt_live_${'0'.repeat(36)}`, `acr_live_${'0'.repeat(30)}2mdzPh`])(
    'refuses %p',
    (text) => {
      expect(isApiKeySecret(text)).toBe(false);
    },
  );
});
