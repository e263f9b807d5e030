import { describe, expect, it } from '@jest/globals';
import { findColumns, schemeOfName } from './find-columns.js';

describe('schemeOfName', () => {
  it.each([
    ['ISRC', 'isrc'],
    ['track_isrc', 'isrc'],
    ['Track ISRC Code', 'isrc'],
    ['isrcCode', 'isrc'],
    ['mbid-work', 'mbid-work'],
    ['recording_mbid', 'mbid'],
    ['UPC', 'gtin'],
    ['spotify_track_id', 'spotify-track'],
    ['title', null],
    ['__proto__', null],
    ['', null],
  ])('%s speaks of %s', (name, scheme) => {
    expect(schemeOfName(name)).toBe(scheme);
  });
});

describe('findColumns', () => {
  const isrcs = ['USUG11900000', 'GB-AYE-60-00001'];

  it('believes a name that the values bear out', () => {
    expect(findColumns([{ column: 'isrc', values: isrcs }])).toEqual([
      { column: 'isrc', scheme: 'isrc' },
    ]);
  });
  it.each([
    ['one value bears it out', ['N/A', 'unknown', 'USUG11900000']],
    ['nothing speaks against it', []],
  ])('believes a name where %s: what is passed over is not checked', (_, values) => {
    expect(findColumns([{ column: 'isrc', values }])).toEqual([{ column: 'isrc', scheme: 'isrc' }]);
  });
  it('does not believe a name that every value speaks against', () => {
    expect(findColumns([{ column: 'isrc', values: ['yes', 'no'] }])).toEqual([]);
  });
  it('knows values that can be of one scheme only, whatever the column is called', () => {
    expect(findColumns([{ column: 'code', values: isrcs }])).toEqual([
      { column: 'code', scheme: 'isrc' },
    ]);
  });
  it('leaves columns alone that are mixed, or name people', () => {
    const isni = ['0000000121032683', '000000012146438X'];
    expect(
      findColumns([
        { column: 'note', values: ['USUG11900000', 'see below', 'n/a'] },
        { column: 'isni', values: isni },
        { column: 'title', values: [] },
      ]),
    ).toEqual([]);
  });
});
