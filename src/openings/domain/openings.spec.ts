import { describe, expect, it } from '@jest/globals';
import { canonicalJson, sha256 } from '#kernel';
import { openingOf, openingsPath, readOpening, readOpeningsPath, writeOpening } from './index.js';

const SALT = Buffer.alloc(32, 0x22);
const OPENING = openingOf(7, { scheme: 'isrc', value: 'USRC17607839', salt: SALT });

describe('an opening', () => {
  it('comes to the published commitment and back', () => {
    expect(OPENING.commitment).toMatch(/^04f72776ef23b9f9/);
    expect(readOpening(writeOpening(OPENING))).toEqual({ ok: true, opening: OPENING });
  });

  it('opens terms by their digest, whatever the order of their members', () => {
    const content = { terms: [{ purpose: 'ai', effect: 'deny' }], territory: { include: ['DE'] } };
    const terms = sha256(canonicalJson(content)).toString('hex');
    const line = JSON.stringify({ terms, index: 3, content });
    expect(readOpening(line)).toEqual({ ok: true, opening: { index: 3, terms, content } });
  });

  it.each([
    ['another value', { ...OPENING, value: 'USRC17607840' }, 'it does not come to its commitment'],
    ['another salt', { ...OPENING, salt: 'ab'.repeat(32) }, 'it does not come to its commitment'],
    [
      'another content',
      { index: 1, terms: 'ab'.repeat(32), content: {} },
      'its content does not come to its digest',
    ],
    ['a member besides', { ...OPENING, note: 'x' }, 'it opens neither an identifier nor terms'],
    ['an index below zero', { ...OPENING, index: -1 }, 'its index is no index'],
    ['a list', [], 'its index is no index'],
    ['nothing', null, 'the line is no object'],
    [
      'a list for content',
      { index: 1, terms: 'ab'.repeat(32), content: [] },
      'its content is no object',
    ],
  ])('is refused with %s', (_, line, reason) => {
    expect(readOpening(JSON.stringify(line))).toEqual({ ok: false, reason });
  });

  it('is refused when it is no JSON', () => {
    expect(readOpening('{"index":1')).toEqual({ ok: false, reason: 'the line is not JSON' });
  });
});

describe('the path of openings', () => {
  it.each([
    [0, 256, 'openings/000'],
    [1_234_067, 256, 'openings/x001/x234/067'],
    [1_000, 112, 'openings/x001/000.p/112'],
  ])('of bundle %i, width %i is %s', (n, width, path) => {
    expect(openingsPath(n, width)).toBe(path);
    const range = { first: n * 256, width };
    expect(readOpeningsPath(path.slice('openings/'.length))).toEqual(range);
  });

  it.each(['', '0', 'x000/001', '001.p/256', '001.p/0', '001.p/01', '../000', '000/', '999999'])(
    'is refused as %s',
    (path) => expect(readOpeningsPath(path)).toBeNull(),
  );
});
