import { acoustid } from './acoustid.js';
import { blake3, sha256 } from './content-hash.js';
import { ddexPartyId } from './ddex-party-id.js';
import { doi } from './doi.js';
import { grid } from './grid.js';
import { gtin } from './gtin.js';
import { hfa } from './hfa.js';
import { type ParsedIdentifier, type Scheme } from './identifier.js';
import { refuse } from './refusal.js';
import { ipiBase, ipiName } from './ipi.js';
import { isbn } from './isbn.js';
import { iscc } from './iscc.js';
import { ismn } from './ismn.js';
import { isni, orcid } from './isni.js';
import { isrc } from './isrc.js';
import { issn } from './issn.js';
import { iswc } from './iswc.js';
import { mbid, mbidArtist, mbidRelease, mbidReleaseGroup, mbidWork } from './musicbrainz.js';
import { apple, deezer, discogs, tidal } from './platform-id.js';
import { spotifyAlbum, spotifyArtist, spotifyTrack } from './spotify.js';
import { swhid } from './swhid.js';

/** Every identifier scheme that Fermata reads: a closed list, keyed by its stable id. */
export const SCHEMES = Object.freeze({
  isrc,
  iswc,
  isni,
  orcid,
  'ipi-name': ipiName,
  'ipi-base': ipiBase,
  dpid: ddexPartyId,
  gtin,
  grid,
  isbn,
  ismn,
  issn,
  doi,
  mbid,
  'mbid-work': mbidWork,
  'mbid-release': mbidRelease,
  'mbid-release-group': mbidReleaseGroup,
  'mbid-artist': mbidArtist,
  acoustid,
  'spotify-track': spotifyTrack,
  'spotify-album': spotifyAlbum,
  'spotify-artist': spotifyArtist,
  apple,
  deezer,
  discogs,
  tidal,
  hfa,
  iscc,
  sha256,
  blake3,
  swhid,
}) satisfies { readonly [Name in string]: Scheme<Name> };

export type SchemeName = keyof typeof SCHEMES;

/** A map, because a name from outside such as `__proto__` would be found on an object. */
const BY_NAME: ReadonlyMap<unknown, Scheme<SchemeName>> = new Map(Object.entries(SCHEMES));

/** Names that people use for a scheme that goes by another id here. */
const KNOWN_AS: ReadonlyMap<unknown, SchemeName> = new Map([
  ['upc', 'gtin'],
  ['ean', 'gtin'],
  ['ean13', 'gtin'],
  ['barcode', 'gtin'],
  ['ipi', 'ipi-name'],
  ['cae', 'ipi-name'],
  ['spotify', 'spotify-track'],
  ['mbid-recording', 'mbid'],
  ['sha-256', 'sha256'],
]);

export function isSchemeName(name: unknown): name is SchemeName {
  return BY_NAME.has(name);
}

/**
 * Reads an identifier as typed into its canonical form, or says in one sentence why it cannot be.
 * Never throws, whatever the arguments are. The canonical form, given again, yields itself.
 */
export function parseIdentifier(scheme: unknown, raw: unknown): ParsedIdentifier<SchemeName> {
  const known = BY_NAME.get(scheme);
  if (known !== undefined) return known.parse(raw);
  const meant = KNOWN_AS.get(scheme);
  return refuse(
    'unknown_scheme',
    meant === undefined
      ? 'There is no identifier scheme of this name.'
      : `There is no identifier scheme of this name; use “${meant}”.`,
  );
}

/** A canonical value as people of the field write it; `parseIdentifier` reads it back. */
export function displayIdentifier(scheme: SchemeName, value: string): string {
  return SCHEMES[scheme].display(value);
}
