import type { SchemeName } from '#identifiers';

const MBID = '[0-9a-f]{8}-[0-9a-f]{4}-[345][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
/** Ids above the greatest begin with 7 or more; those that begin with less need no comparing. */
const SPOTIFY_ID = '[0-6][0-9A-Za-z]{21}';
const NUMBER = '[1-9][0-9]{0,18}';

/**
 * Forms whose every value is canonical in its scheme: by them an engine may tell that an identifier is
 * readable and not registered. Values of another form, and schemes with a check digit, are read by
 * `parseIdentifier`. In the syntax that RE2 and JavaScript share; the whole value has to fit.
 */
export const CANONICAL_FORM: Partial<Record<SchemeName, string>> = {
  isrc: '[A-Z]{2}[A-Z0-9]{3}[0-9]{7}',
  mbid: MBID,
  'mbid-work': MBID,
  'mbid-release': MBID,
  'mbid-release-group': MBID,
  'spotify-track': SPOTIFY_ID,
  'spotify-album': SPOTIFY_ID,
  apple: NUMBER,
  deezer: NUMBER,
  discogs: NUMBER,
  tidal: NUMBER,
  sha256: '[0-9a-f]{64}',
  blake3: '1e20[0-9a-f]{64}',
};

/**
 * How ISRCs are mostly written where they are not canonical: plain letters, digits, hyphens and spaces,
 * too short to carry a label in front. Taking out the hyphens and spaces in capitals reads them as
 * `parseIdentifier` does; everything else is read by that alone.
 */
export const LOOSE_FORM: Partial<Record<SchemeName, string>> = {
  isrc: '[A-Za-z]{2}[- ]?[A-Za-z0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{5}',
};

export function isCanonical(scheme: SchemeName, value: string): boolean {
  const form = CANONICAL_FORM[scheme];
  return form !== undefined && new RegExp(`^(?:${form})$`).test(value);
}

export function isLoose(scheme: SchemeName, value: string): boolean {
  const form = LOOSE_FORM[scheme];
  return form !== undefined && new RegExp(`^(?:${form})$`).test(value);
}
