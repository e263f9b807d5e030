import { describe, expect, it } from '@jest/globals';
import {
  detectScheme,
  displayIdentifier,
  parseIdentifier,
  SCHEMES,
  type SchemeName,
} from './index.js';

describe('detectScheme', () => {
  it.each<[string, SchemeName]>([
    ['USUG11904206', 'isrc'],
    ['us-ug1-19-04206', 'isrc'],
    ['ISRC US UG1 19 04206', 'isrc'],
    ['T-034.524.680-1', 'iswc'],
    ['0000 0001 2281 955X', 'isni'],
    ['000000012281955X', 'isni'],
    ['https://isni.org/isni/0000000081266409', 'isni'],
    ['0000-0002-1825-0097', 'orcid'],
    ['00017798450', 'ipi-name'],
    ['I-001068130-6', 'ipi-base'],
    ['PADPIDA2013020802I', 'dpid'],
    ['036000291452', 'gtin'],
    ['4006381333931', 'gtin'],
    ['A1-2425G-ABC1234002-M', 'grid'],
    ['978-3-16-148410-0', 'isbn'],
    ['0-19-853453-1', 'isbn'],
    ['M-2306-7118-7', 'ismn'],
    ['9790060115615', 'ismn'],
    ['0378-5955', 'issn'],
    ['10.1038/NPHYS1170', 'doi'],
    ['https://open.spotify.com/intl-de/track/7qiZfU4dY1lWllzX7mPBI3', 'spotify-track'],
    ['spotify:artist:3WrFJ7ztbogyGnTHbHJFl2', 'spotify-artist'],
    ['https://musicbrainz.org/work/10c1a66a-8166-32ec-a00f-540f111ce7a3', 'mbid-work'],
    ['https://musicbrainz.org/release/59211ea4-ffd2-4ad9-9a4e-941d3148024a', 'mbid-release'],
    ['https://www.deezer.com/track/3135556', 'deezer'],
    ['E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855', 'sha256'],
    ['iscc:eiaqaaaaaaaaaaaa', 'iscc'],
    ['GABVVC5DMJJGYKZ4ZBYVNYABFFYXG', 'iscc'],
    ['swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2', 'swhid'],
  ])('knows %s as %s', (typed, scheme) => {
    expect(detectScheme(typed)).toBe(scheme);
    expect(parseIdentifier(scheme, typed).ok).toBe(true);
  });

  it('knows a mistyped ISWC, so that the person can be told what is wrong with it', () => {
    expect(detectScheme('T-034.524.680-2')).toBe('iswc');
  });

  it.each([
    ['a bare UUID', 'b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d'],
    ['a bare Spotify id', '4uLU6hMCjMI75M1A2tKUQC'],
    ['a platform number', '3135556'],
    ['an undecorated ISBN-10', '0306406152'],
    ['eight digits', '20240101'],
    ['a span of years', '1999-2011'],
    ['twelve digits with a wrong check digit', '720642442525'],
    ['an HFA code', 'B2406H'],
    ['a sentence', 'Up all 1234567'],
    ['a word in capitals', 'RESPONSIBILITIES'],
    ['a playlist', 'spotify:playlist:37i9dQZF1DXcBWIGoYBM5M'],
    ['sixteen digits of a block shared by ISNI and ORCID', '0000000218250097'],
    ['nothing', ''],
    ['a number', 36000291452],
    ['an object', { isrc: 'USUG11904206' }],
  ])('keeps silent about %s', (_, raw) => {
    expect(detectScheme(raw)).toBeNull();
  });

  it('never takes the display form of one scheme for another', () => {
    for (const name of Object.keys(SCHEMES) as SchemeName[]) {
      const parsed = parseIdentifier(name, SCHEMES[name].example);
      const written = parsed.ok ? displayIdentifier(name, parsed.value) : '';
      expect([name, null]).toContain(detectScheme(written));
    }
  });
});
