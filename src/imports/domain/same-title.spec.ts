import { describe, expect, it } from '@jest/globals';
import { looselySameTitle } from './same-title.js';

describe('looselySameTitle', () => {
  it.each([
    ['Harbour Lights', 'HARBOUR LIGHTS'],
    ['Déjà vu', 'Deja Vu'],
    ['BAND4BAND (feat. Lil Baby)', 'Band4Band'],
    ['One Thing - Remastered 2011', 'One thing'],
    ['Rock & Roll', 'Rock and Roll'],
    ['夜の歌', '夜の歌'],
    ['(…)', '(…)'],
  ])('sees one title in %s and %s', (one, other) => {
    expect(looselySameTitle(one, other)).toBe(true);
  });

  it.each([
    ['Harbour Lights', 'Harbour'],
    ['夜の歌', '春の歌'],
    ['!!!', '???'],
    ['(One)', '(Two)'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(looselySameTitle(one, other)).toBe(false);
  });
});
