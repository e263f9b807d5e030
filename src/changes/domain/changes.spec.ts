import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { decodePosition, encodePosition, positionAt, scopeOf, subjectOf } from './index.js';

const work = newId('work');
const party = newId('party');
const catalogue = newId('catalogue');

describe('scopeOf', () => {
  const about = (subjectKind: string, subject: string) => ({ subjectKind, subject, party });
  it.each([
    [
      { type: 'work', stream: work },
      { kind: 'work', id: work },
    ],
    [
      { type: 'claim', stream: newId('claim'), work, party },
      { kind: 'work', id: work },
    ],
    [
      { type: 'declaration', ...about('work', work) },
      { kind: 'work', id: work },
    ],
    [
      { type: 'declaration', ...about('release', work) },
      { kind: 'work', id: work },
    ],
    [
      { type: 'declaration', ...about('party', party) },
      { kind: 'party', id: party },
    ],
    [
      { type: 'declaration', ...about('catalogue', catalogue) },
      { kind: 'catalogue', id: catalogue },
    ],
    [
      { type: 'erasure', ...about('work', work), stream: work },
      { kind: 'work', id: work },
    ],
    [
      { type: 'unheard-of', stream: 'x', work },
      { kind: 'work', id: work },
    ],
    [{ type: 'key', stream: newId('passkey'), party }, { kind: 'nothing' }],
    [{ type: 'mandate', stream: newId('mandate') }, { kind: 'nothing' }],
    [{ type: 'vocabulary', stream: 'vocabulary', n: 1 }, { kind: 'nothing' }],
    [{ type: 'vocabulary', stream: 'vocabulary', n: 2 }, { kind: 'everything' }],
  ])('of %j', (leaf, scope) => {
    expect(scopeOf(leaf)).toEqual(scope);
  });

  it('names what a leaf is about', () => {
    expect(subjectOf({ type: 'declaration', ...about('party', party) })).toEqual({
      ...{ kind: 'party', id: party },
    });
    expect(subjectOf({ type: 'claim', stream: 'clm', work })).toEqual({ kind: 'work', id: work });
    expect(subjectOf({ type: 'key', stream: 'k' })).toEqual({ kind: 'key', id: 'k' });
  });
});

describe('a position', () => {
  it.each([positionAt(0), { index: 7, root: newId('claim'), work }, { index: 7, root: '', work }])(
    'is the same when it comes back: %j',
    (position) => {
      expect(decodePosition(encodePosition(position))).toEqual(position);
    },
  );

  it.each([
    '',
    'AAAA',
    '_____w',
    encodePosition({ index: -1, root: '', work: '' }),
    'x'.repeat(99),
  ])('is not read from %j', (text) => {
    expect(decodePosition(text)).toBeNull();
  });
});
