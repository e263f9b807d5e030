import { describe, expect, it } from '@jest/globals';
import { emailKey, isEmailAddress } from './email.js';

describe('emailKey', () => {
  it('is the same however the address is spaced, capitalised or composed', () => {
    for (const typed of ['mara@example.org', '  MARA@Example.ORG ', 'ｍａｒａ＠example.org']) {
      expect(emailKey(typed)).toBe('mara@example.org');
    }
  });
});

describe('isEmailAddress', () => {
  it.each(['mara@example.org', 'a+b@localhost', 'jürgen@müller.example', ' x@y.z '])(
    'accepts %p',
    (typed) => {
      expect(isEmailAddress(typed)).toBe(true);
    },
  );

  it.each([
    '',
    '@',
    'mara',
    'mara@',
    '@example.org',
    'a@b@c',
    'a b@example.org',
    'mara@example..org',
    'mara@.org',
    'ma\0ra@example.org',
    'ma\u200Bra@example.org',
    'mara@example.org\r\nBcc: x@y.z',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(250)}.org`,
    'a@' + 'b.'.repeat(500_000),
  ])('refuses %p', (typed) => {
    expect(isEmailAddress(typed)).toBe(false);
  });
});
