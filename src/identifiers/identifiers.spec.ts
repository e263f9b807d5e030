import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  displayIdentifier,
  isSchemeName,
  parseIdentifier,
  SCHEMES,
  type SchemeName,
} from './index.js';

interface Vectors {
  schemes: Record<string, { valid: [string, string][]; invalid: string[] }>;
}

const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/identifiers.json', import.meta.url), 'utf8'),
) as Vectors;

const vectorPairs = Object.entries(vectors.schemes).flatMap(([scheme, { valid }]) =>
  valid.map(([typed, canonical]) => ({ scheme, typed, canonical })),
);
const vectorRefusals = Object.entries(vectors.schemes).flatMap(([scheme, { invalid }]) =>
  invalid.map((typed) => ({ scheme, typed })),
);

const names = Object.keys(SCHEMES) as SchemeName[];

function accepted(scheme: string, typed: unknown): string {
  const parsed = parseIdentifier(scheme, typed);
  return parsed.ok ? parsed.value : `refused: ${parsed.detail}`;
}

describe('the published vectors', () => {
  it('cover only schemes that exist', () => {
    expect(Object.keys(vectors.schemes).filter((name) => !isSchemeName(name))).toEqual([]);
    expect(vectorPairs.length).toBeGreaterThan(30);
  });

  it.each(vectorPairs)('reads $scheme $typed as $canonical', ({ scheme, typed, canonical }) => {
    expect(parseIdentifier(scheme, typed)).toEqual({
      ok: true,
      scheme,
      value: canonical,
      repaired: typed !== canonical,
    });
  });

  it.each(vectorRefusals)('refuses $scheme $typed and says why', ({ scheme, typed }) => {
    const parsed = parseIdentifier(scheme, typed);
    expect(parsed).toMatchObject({ ok: false, detail: expect.stringMatching(/^[A-Z].+\.$/) });
  });
});

/** Further values of the reference table, each as typed and as stored. */
const TABLE: Record<string, [string, string][]> = {
  isrc: [
    ['USGF19942501', 'USGF19942501'],
    ['USUM71900764', 'USUM71900764'],
    ['USSKG1912345', 'USSKG1912345'],
    ['ISRC: US‐UG1‐19‐04206', 'USUG11904206'],
    ['ＵＳＵＧ１１９０４２０６', 'USUG11904206'],
    ['ISRC11904206', 'ISRC11904206'],
    ['\ufeffUSUG11904206', 'USUG11904206'],
  ],
  iswc: [
    ['T-010.140.236-1', 'T0101402361'],
    ['T-101.690.320-9', 'T1016903209'],
    ['T9270264874', 'T9270264874'],
    ['ISWC T3351864278', 'T3351864278'],
  ],
  isni: [
    ['0000000121707484', '0000000121707484'],
    ['000000012148628x', '000000012148628X'],
    ['ISNI:0000000114473720', '0000000114473720'],
    ['isni.org/isni/0000000081266409/?lang=en', '0000000081266409'],
  ],
  orcid: [['000000021694233X', '000000021694233X']],
  'ipi-name': [
    ['00052210040', '00052210040'],
    ['00334284961', '00334284961'],
    ['00077406269', '00077406269'],
    ['IPI 250165006', '00250165006'],
    ['199', '00000000199'],
    ['00000000297', '00000000297'],
    ['00000000395', '00000000395'],
    ['00.00.00.00.493', '00000000493'],
  ],
  'ipi-base': [['i-123456789-3', 'I1234567893']],
  gtin: [
    ['720642442524', '00720642442524'],
    ['0 74643 81122 4', '00074643811224'],
    ['190295851927', '00190295851927'],
    ['UPC: 602547288233', '00602547288233'],
    ['5099902987620', '05099902987620'],
    ['00602537347377', '00602537347377'],
  ],
  grid: [
    ['A12425G0000000001Z', 'A12425G0000000001Z'],
    ['a1-0001z-abcdefghij-s', 'A10001ZABCDEFGHIJS'],
  ],
  dpid: [
    ['PADPIDA2013020802I', 'PADPIDA2013020802I'],
    ['PA-DPIDA-2007040502-I', 'PADPIDA2007040502I'],
    ['padpida2026021501h', 'PADPIDA2026021501H'],
  ],
  isbn: [
    ['ISBN-10: 0-19-853453-1', '9780198534532'],
    ['ISBN 978 0 8044 2957 3', '9780804429573'],
  ],
  ismn: [['979-0-060-11561-5', '9790060115615']],
  issn: [
    ['2049-3630', '20493630'],
    ['ISSN 0317-8471', '03178471'],
    ['1050-124x', '1050124X'],
  ],
  doi: [
    ['doi:10.17487/RFC9309', '10.17487/rfc9309'],
    ['http://dx.doi.org/10.1000/A%3Cb%3E?x=1#y', '10.1000/a<b>'],
  ],
  mbid: [
    [
      'https://musicbrainz.org/recording/fcbcdc39-8851-4efc-a02a-ab0e13be224f?x',
      'fcbcdc39-8851-4efc-a02a-ab0e13be224f',
    ],
  ],
  'mbid-artist': [
    ['5b11f4ce-a62d-471e-81fc-a69a8278c7da', '5b11f4ce-a62d-471e-81fc-a69a8278c7da'],
    ['65f4f0c5-ef9e-490c-aee3-909e7ae6b2ab', '65f4f0c5-ef9e-490c-aee3-909e7ae6b2ab'],
  ],
  acoustid: [['9FF43B6A-4f16-427c-93c2-92307ca505e0', '9ff43b6a-4f16-427c-93c2-92307ca505e0']],
  'spotify-artist': [['spotify:artist:3WrFJ7ztbogyGnTHbHJFl2', '3WrFJ7ztbogyGnTHbHJFl2']],
  hfa: [['b2406h', 'B2406H']],
  sha256: [[`sha256:1220${'ab'.repeat(32)}`, 'ab'.repeat(32)]],
  blake3: [
    [
      'AF1349B9F5F9A1A6A0404DEA36DCC9499BCB25C9ADC112B7CC9A93CAE41F3262',
      '1e20af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262',
    ],
  ],
  swhid: [
    [
      'swh:1:CNT:94a9ed024d3859793618152ea559a168bbcbb5e2;origin=https://example.org',
      'swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2',
    ],
  ],
  discogs: [
    ['r249504', '249504'],
    ['https://www.discogs.com/de/release/249504-Title', '249504'],
  ],
  apple: [
    ['https://music.apple.com/us/album/title/1440857781?i=1440857786', '1440857786'],
    ['https://music.apple.com/us/song/title/1440857786', '1440857786'],
  ],
  deezer: [['https://www.deezer.com/en/track/3135556?utm=1', '3135556']],
  tidal: [['https://tidal.com/browse/track/77646164', '77646164']],
};

const tableRows = Object.entries(TABLE).flatMap(([scheme, pairs]) =>
  pairs.map(([typed, canonical]) => ({ scheme, typed, canonical })),
);

/** Further values that must be refused, with the reason. */
const REFUSED: [scheme: string, typed: unknown, reason: string][] = [
  ['isrc', 'USUG1190420', 'wrong_length'],
  ['isrc', 'USUG1190420O', 'wrong_form'],
  ['isrc', 'ıSUG11904206', 'wrong_form'],
  ['isrc', 'USUG11904206\nGBAHS1600463', 'unreadable_text'],
  ['isrc', 'USUG11904206\u0000', 'unreadable_text'],
  ['isrc', 'USUG1190420\ud800', 'unreadable_text'],
  ['isrc', '   ', 'empty'],
  ['isrc', '\u200b', 'empty'],
  ['isrc', 'A'.repeat(513), 'too_long'],
  ['isrc', '\ufdfa'.repeat(100), 'too_long'],
  ['isrc', 12, 'not_text'],
  ['isrc', null, 'not_text'],
  ['isrc', ['USUG11904206'], 'not_text'],
  ['isrc', new String('USUG11904206'), 'not_text'],
  ['iswc', '0345246801', 'wrong_length'],
  ['isni', '00000001228195X5', 'wrong_form'],
  ['ipi-name', '00127351134', 'wrong_check_digit'],
  ['ipi-name', '00000000000', 'out_of_range'],
  ['ipi-name', '000177984500', 'wrong_length'],
  ['gtin', '00000000000000', 'out_of_range'],
  ['gtin', '36000291452', 'wrong_length'],
  ['gtin', '8.88837E+11', 'wrong_form'],
  ['grid', 'A12425GABC1234002N', 'wrong_check_digit'],
  ['dpid', 'PADPIDA2014120301U', 'wrong_check_digit'],
  ['dpid', 'PADPIDA2025010100A', 'wrong_check_digit'],
  ['isbn', '9790060115615', 'wrong_form'],
  ['isbn', '0000000000', 'out_of_range'],
  ['issn', '0000-0000', 'out_of_range'],
  ['doi', '10.1000/a b', 'wrong_form'],
  ['doi', 'https://doi.org/10.1000/%00', 'unreadable_text'],
  ['doi', `10.1000/${'<'.repeat(400)}`, 'too_long'],
  ['mbid', 'b10bbbfc-cf9e-12e0-be17-e2c3e1d2600d', 'wrong_form'],
  ['mbid', 'https://musicbrainz.org/artist/b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d', 'wrong_form'],
  ['mbid', '00000000-0000-0000-0000-000000000000', 'wrong_form'],
  ['acoustid', '9ff43b6a4f16427c93c292307ca505e0', 'wrong_form'],
  ['spotify-track', '7N42dgm5tFLK9N8MT7fHC8', 'out_of_range'],
  ['spotify-track', 'Z'.repeat(22), 'out_of_range'],
  ['spotify-track', 'spotify:album:4uLU6hMCjMI75M1A2tKUQC', 'wrong_form'],
  ['hfa', 'B2406', 'wrong_length'],
  ['blake3', `1e21${'0'.repeat(64)}`, 'wrong_form'],
  ['swhid', 'swh:2:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2', 'wrong_form'],
  ['discogs', 'https://www.discogs.com/artist/249504', 'wrong_form'],
  ['apple', 'https://music.apple.com/us/album/title/1440857781', 'wrong_form'],
  ['deezer', 'https://www.deezer.com/album/302127', 'wrong_form'],
  ['tidal', '007', 'wrong_form'],
  ['upc', '036000291452', 'unknown_scheme'],
  ['__proto__', 'x', 'unknown_scheme'],
  ['toString', 'x', 'unknown_scheme'],
];

describe('parseIdentifier', () => {
  it.each(tableRows)('reads $scheme $typed as $canonical', ({ scheme, typed, canonical }) => {
    expect(accepted(scheme, typed)).toBe(canonical);
  });

  it.each(REFUSED)('refuses as %s the value %j because of %s', (scheme, typed, reason) => {
    expect(parseIdentifier(scheme, typed)).toMatchObject({ ok: false, reason });
  });

  it.each([
    ['iswc', 'T-034.524.680-2', '1', '2'],
    ['isni', '0000 0001 2281 9550', 'X', '0'],
    ['ipi-name', '00017798451', '50', '51'],
    ['ipi-base', 'I-001068130-7', '6', '7'],
    ['gtin', '720642442525', '4', '5'],
    ['grid', 'A12425GABC1234002Q', 'M', 'Q'],
    ['dpid', 'PADPIDA2013020802J', 'I', 'J'],
    ['isbn', '0306406153', '2', '3'],
    ['isbn', '9783161484101', '0', '1'],
    ['ismn', '9790060115616', '5', '6'],
    ['issn', '0378-5954', '5', '4'],
  ])('says of the %s %s that %s was expected and %s found', (scheme, typed, expected, found) => {
    const parsed = parseIdentifier(scheme, typed);
    expect(parsed).toMatchObject({ ok: false, reason: 'wrong_check_digit', expected, found });
    expect(parsed).toHaveProperty('detail', expect.stringContaining(`should be ${expected} but`));
  });

  it('says where a value departs from the form', () => {
    expect(parseIdentifier('isrc', 'USUG1190420O')).toHaveProperty(
      'detail',
      expect.stringContaining('character 12 is “O”, where a digit belongs'),
    );
    expect(parseIdentifier('isrc', 'USUG119042😀')).toHaveProperty(
      'detail',
      expect.stringContaining('character 11 is “😀”, where a digit belongs'),
    );
  });

  it('names the scheme that is meant by a familiar other name', () => {
    expect(parseIdentifier('upc', '036000291452')).toHaveProperty(
      'detail',
      expect.stringContaining('“gtin”'),
    );
  });

  it('never puts half of a surrogate pair into a detail', () => {
    const details = names.map((name) => parseIdentifier(name, '😀'.repeat(9)));
    expect(JSON.stringify(details)).not.toMatch(/\\ud[89a-f]/i);
    expect(details.some((parsed) => parsed.ok)).toBe(false);
  });
});

describe('SCHEMES', () => {
  it.each(names)('keys %s by its own id, with an example and a subject', (name) => {
    expect(SCHEMES[name].scheme).toBe(name);
    expect(SCHEMES[name].subject.length).toBeGreaterThan(0);
    expect(accepted(name, SCHEMES[name].example)).not.toContain('refused');
  });
});

describe('displayIdentifier', () => {
  it.each<[SchemeName, string, string]>([
    ['isrc', 'AA6Q72000047', 'AA-6Q7-20-00047'],
    ['iswc', 'T0000000010', 'T-000.000.001-0'],
    ['isni', '000000012281955X', '0000 0001 2281 955X'],
    ['orcid', '0000000218250097', '0000-0002-1825-0097'],
    ['ipi-base', 'I0010681306', 'I-001068130-6'],
    ['gtin', '00036000291452', '036000291452'],
    ['gtin', '04006381333931', '4006381333931'],
    ['gtin', '00000096385074', '96385074'],
    ['gtin', '10614141000415', '10614141000415'],
    ['grid', 'A12425GABC1234002M', 'A1-2425G-ABC1234002-M'],
    ['dpid', 'PADPIDA2013020802I', 'PA-DPIDA-2013020802-I'],
    ['issn', '2434561X', '2434-561X'],
    ['doi', '10.1000/a<b>/', 'https://doi.org/10.1000/a%3Cb%3E%2F'],
    ['spotify-album', '0ETFjACtuP2ADo6LFhL6HN', 'spotify:album:0ETFjACtuP2ADo6LFhL6HN'],
    ['iscc', 'EIAQAAAAAAAAAAAA', 'ISCC:EIAQAAAAAAAAAAAA'],
  ])('writes %s %s as %s, which reads back', (scheme, canonical, written) => {
    expect(displayIdentifier(scheme, canonical)).toBe(written);
    expect(accepted(scheme, written)).toBe(canonical);
  });
});
