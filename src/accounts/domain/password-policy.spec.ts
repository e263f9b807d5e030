import { describe, expect, it } from '@jest/globals';
import { judgePassword } from './password-policy.js';

const MARA = { email: 'Mara.Lind@example.org', displayName: 'Mara Lind' };

describe('judgePassword', () => {
  it.each([
    'tin roof, cold tea, loud harbour',
    'aksjdhqpwoeizmx',
    'ಮಳೆಯ ಹಾಡು ಕೇಳುತ್ತಿದೆ',
    '🎻🥁🎺🎷🪕🎸🎹🪗🪘🎤🎧📯🔔🎼🪈',
    'x'.repeat(100) + 'y'.repeat(156),
  ])('accepts %p', (password) => {
    expect(judgePassword(password, MARA)).toBe('acceptable');
  });

  it('counts characters, not their bytes or code units', () => {
    expect(judgePassword('🎻🥁🎺🎷🪕🎸🎹🪗🪘🎤🎧📯🔔🎼', MARA)).toBe('too_short');
    expect(judgePassword('é'.normalize('NFD').repeat(14), MARA)).toBe('too_short');
  });

  it('refuses fourteen characters and 257', () => {
    expect(judgePassword('aksjdhqpwoeizm', MARA)).toBe('too_short');
    expect(judgePassword('ab'.repeat(128) + 'c', MARA)).toBe('too_long');
  });

  it('refuses a megabyte without reading it', () => {
    expect(judgePassword('ab'.repeat(500_000), MARA)).toBe('too_long');
  });

  it.each([
    'mara.lind@example.org',
    'I am MARA.LIND today',
    'hello mara lind hello',
    'MARA LIND 1987 1987',
    // Full-width letters are the same letters.
    'ｍａｒａ ｌｉｎｄ was here first',
  ])('refuses %p, which names its account', (password) => {
    expect(judgePassword(password, MARA)).toBe('names_the_account');
  });

  it('lets very short names be part of a password', () => {
    const ann = { email: 'ann@example.org', displayName: 'Ann' };
    expect(judgePassword('plannedtheharbour', ann)).toBe('acceptable');
  });

  it.each([
    'aaaaaaaaaaaaaaa',
    'abababababababab',
    '123456789012345',
    '098765432109876',
    'abcdefghijklmnop',
    'qwertyuiopasdfgh',
    'lkjhgfdsapoiuytrewq',
    'passwordpassword',
    'PASSWORD-PASSWORD',
    'letmein letmein letmein',
    'this is a password',
    'fermatafermatafermata',
    '1qaz2wsx3edc4rfv',
    '               ',
  ])('refuses %p, which everybody tries first', (password) => {
    expect(judgePassword(password, MARA)).toBe('commonplace');
  });
});
