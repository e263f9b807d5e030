import { parseIdentifier, type SchemeName } from './schemes.js';
import { admitText } from './typed-text.js';

/** A label or an address names the scheme outright, so it is believed even if the value is bad. */
const ANNOUNCED: readonly (readonly [RegExp, SchemeName])[] = [
  [/^ISRC[: ] *\S/i, 'isrc'],
  [/^ISWC[: ] *\S/i, 'iswc'],
  [/^ISNI[: ] *\d/i, 'isni'],
  [/^(?:https?:\/\/)?(?:www\.)?isni\.org\//i, 'isni'],
  [/^ORCID[: ] *\d/i, 'orcid'],
  [/^(?:https?:\/\/)?(?:www\.)?orcid\.org\//i, 'orcid'],
  [/^IPI[: ] *\d/i, 'ipi-name'],
  [/^IPI[: ] *I-?\d/i, 'ipi-base'],
  [/^PA-?DPIDA-?\d/i, 'dpid'],
  [/^(?:GTIN|UPC|EAN)[: ] *\d/i, 'gtin'],
  [/^GRid: *A1/i, 'grid'],
  [/^ISBN(?:-?1[03])?[: ] *\d/i, 'isbn'],
  [/^ISMN[: ] *[9M]/i, 'ismn'],
  [/^ISSN[: ] *\d/i, 'issn'],
  [/^(?:doi: *)?10\.\d{4,9}(?:\.\d+)*\//i, 'doi'],
  [/^(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\//i, 'doi'],
  [/^(?:https?:\/\/)?(?:beta\.|www\.)?musicbrainz\.org\/recording\//i, 'mbid'],
  [/^(?:https?:\/\/)?(?:beta\.|www\.)?musicbrainz\.org\/work\//i, 'mbid-work'],
  [/^(?:https?:\/\/)?(?:beta\.|www\.)?musicbrainz\.org\/release\//i, 'mbid-release'],
  [/^(?:https?:\/\/)?(?:beta\.|www\.)?musicbrainz\.org\/release-group\//i, 'mbid-release-group'],
  [/^(?:https?:\/\/)?(?:beta\.|www\.)?musicbrainz\.org\/artist\//i, 'mbid-artist'],
  [/^(?:https?:\/\/)?(?:www\.)?acoustid\.org\/track\//i, 'acoustid'],
  [/^(?:https?:\/\/)?(?:geo\.)?(?:music|itunes)\.apple\.com\//i, 'apple'],
  [/^(?:https?:\/\/)?(?:www\.)?deezer\.com\//i, 'deezer'],
  [/^(?:https?:\/\/)?(?:www\.)?discogs\.com\//i, 'discogs'],
  [/^(?:https?:\/\/)?(?:www\.|listen\.)?tidal\.com\//i, 'tidal'],
  [/^ISCC:/i, 'iscc'],
  [/^sha-?256:/i, 'sha256'],
  [/^blake3:/i, 'blake3'],
  [/^(?:https?:\/\/archive\.softwareheritage\.org\/)?swh:1:/i, 'swhid'],
];

const SPOTIFY =
  /^(?:spotify:|(?:https?:\/\/)?open\.spotify\.com\/(?:intl-[a-z-]+\/)?(?:embed\/)?)(track|album|artist)[:/]/i;

/** Forms so peculiar to one scheme that a bad check digit is worth telling the person about. */
const PECULIAR: readonly (readonly [RegExp, SchemeName])[] = [
  [/^[A-Z]{2}-?[A-Z0-9]{3}-?\d{2}-?\d{5}$/i, 'isrc'],
  [/^T-?\d{3}\.?\d{3}\.?\d{3}-?\d$/i, 'iswc'],
];

/**
 * Forms that other numbers share: believed only when the value parses, check digit included. Sixteen
 * digits are an ISNI or an ORCID iD by the blocks that ISNI has set aside for ORCID.
 */
const CHECKED: readonly (readonly [RegExp, SchemeName])[] = [
  [/^I-?\d{9}-?\d$/i, 'ipi-base'],
  [/^0\d{10}$/, 'ipi-name'],
  [/^\d{4} \d{4} \d{4} \d{3}[\dX]$/i, 'isni'],
  [/^(?!00000001[5-9]|00000002|00000003[0-5]|0009)\d{15}[\dX]$/i, 'isni'],
  [/^(?:0000-000(?:1-[5-9]|2-\d|3-[0-5])|0009-00)[\d-]+[\dX]$/i, 'orcid'],
  [/^A1-?[A-Z0-9]{5}-?[A-Z0-9]{10}-?[A-Z0-9]$/i, 'grid'],
  [/^(?:979[- ]?0|M)[- \d]+$/i, 'ismn'],
  [/^97[89][- \d]+$/, 'isbn'],
  [/^\d{1,5}-\d{1,7}-\d{1,6}-[\dX]$/i, 'isbn'],
  [/^(?!(?:1[5-9]|20)\d\d-(?:1[5-9]|20)\d\d)\d{4}-\d{3}[\dX]$/i, 'issn'],
  [/^\d{12,14}$/, 'gtin'],
  [/^[0-9a-f]{64}$/i, 'sha256'],
  [/^1e20[0-9a-f]{64}$/i, 'blake3'],
  [/^(?=.*[2-7])[A-Z2-7]{16,68}$/, 'iscc'],
];

/**
 * Guesses the scheme of a value that a person typed or that stands in a column of a file. Answers
 * only where no other scheme is plausible; null in doubt. A bare UUID, a bare Spotify id, a plain
 * number of a platform, an HFA code and an undecorated ISBN-10 are always in doubt.
 *
 * The value may still be refused by `parseIdentifier`, whose reason is then the thing to show.
 */
export function detectScheme(raw: unknown): SchemeName | null {
  const text = admitText(raw);
  if (typeof text !== 'string') return null;
  const typed = text.replace(/[\u2010-\u2015\u2212]/g, '-');

  const spotify = SPOTIFY.exec(typed)?.[1]?.toLowerCase();
  if (spotify !== undefined) return `spotify-${spotify as 'track' | 'album' | 'artist'}`;
  return (
    schemeOfFirst(ANNOUNCED, typed) ??
    schemeOfFirst(PECULIAR, typed) ??
    CHECKED.find(([form, scheme]) => form.test(typed) && parseIdentifier(scheme, typed).ok)?.[1] ??
    null
  );
}

function schemeOfFirst(
  table: readonly (readonly [RegExp, SchemeName])[],
  typed: string,
): SchemeName | undefined {
  return table.find(([form]) => form.test(typed))?.[1];
}
