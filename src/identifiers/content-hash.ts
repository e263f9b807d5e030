import { defineScheme } from './identifier.js';
import { refuse } from './refusal.js';
import { lowerAscii } from './typed-text.js';

const SHA256 = /^(?:sha-?256:)?(?:1220(?=[0-9a-f]{64}$))?([0-9a-f]{64})$/;
const BLAKE3 = /^(?:blake3:)?(?:1e20(?=[0-9a-f]{64}$))?([0-9a-f]{64})$/;

/** SHA-256 of the exact bytes of a file: 64 hexadecimal digits; the multihash prefix 1220 is dropped. */
export const sha256 = defineScheme({
  scheme: 'sha256',
  title: 'SHA-256 of a file',
  subject: ['work'],
  example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  read: (text) =>
    SHA256.exec(lowerAscii(text))?.[1] ??
    refuse('wrong_form', 'A SHA-256 value is 64 hexadecimal digits (0-9, a-f).'),
});

/** BLAKE3 of the exact bytes of a file, stored as a multihash: 1e20 and 64 hexadecimal digits. */
export const blake3 = defineScheme({
  scheme: 'blake3',
  title: 'BLAKE3 of a file, as a multihash',
  subject: ['work'],
  example: '1e20af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262',
  read(text) {
    const digest = BLAKE3.exec(lowerAscii(text))?.[1];
    return digest === undefined
      ? refuse(
          'wrong_form',
          'A BLAKE3 value is 64 hexadecimal digits, with or without 1e20 before.',
        )
      : `1e20${digest}`;
  },
});
