import { isSchemeName, type SchemeName } from '#identifiers';

/** Fields that describe; all others are identifier schemes by their own name. */
export const TEXT_FIELDS = ['title', 'artist', 'album', 'composer', 'release-date'] as const;

export type TextField = (typeof TEXT_FIELDS)[number];
export type Field = TextField | SchemeName;

/** Which work of a row an identifier belongs to. A UPC on a track's line is the album's. */
export const SCHEME_HOME: Readonly<
  Partial<Record<SchemeName, 'recording' | 'release' | 'composition'>>
> = {
  isrc: 'recording',
  'spotify-track': 'recording',
  mbid: 'recording',
  acoustid: 'recording',
  apple: 'recording',
  deezer: 'recording',
  tidal: 'recording',
  iscc: 'recording',
  sha256: 'recording',
  blake3: 'recording',
  iswc: 'composition',
  'mbid-work': 'composition',
  hfa: 'composition',
  gtin: 'release',
  grid: 'release',
  'spotify-album': 'release',
  'mbid-release': 'release',
  'mbid-release-group': 'release',
  discogs: 'release',
};

/**
 * Headers found in the wild, in lower case without spaces and signs, and the field they mean. Of
 * two columns for one field the earlier synonym wins, so the more telling ones come first.
 */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  title: [
    'title',
    'track',
    'tracktitle',
    'trackname',
    'songtitle',
    'songname',
    'song',
    'recordingtitle',
    'recordingname',
    'recording',
    'worktitle',
    'name',
    'titel',
    'titre',
    'titulo',
    'titolo',
  ],
  artist: [
    'trackartist',
    'trackartists',
    'artist',
    'artists',
    'artistname',
    'artistnames',
    'recordingartist',
    'mainartist',
    'primaryartist',
    'performer',
    'performers',
    'displayartist',
    'artistdisplayname',
    'band',
    'albumartist',
    'interpret',
    'kunstler',
    'artiste',
    'artista',
  ],
  album: [
    'album',
    'albumname',
    'albumtitle',
    'release',
    'releasename',
    'releasetitle',
    'producttitle',
  ],
  composer: [
    'composer',
    'composers',
    'songwriter',
    'songwriters',
    'writer',
    'writers',
    'author',
    'authors',
    'komponist',
    'compositeur',
    'compositor',
  ],
  'release-date': [
    'releasedate',
    'releaseddate',
    'released',
    'originalreleasedate',
    'albumreleasedate',
    'datereleased',
    'veroffentlichungsdatum',
    'erscheinungsdatum',
    'datedesortie',
    'fechadelanzamiento',
  ],
  isrc: ['isrc', 'isrccode', 'isrcnumber', 'trackisrc', 'recordingisrc'],
  iswc: ['iswc', 'iswccode', 'iswcnumber', 'workiswc'],
  gtin: [
    'upc',
    'ean',
    'gtin',
    'barcode',
    'upccode',
    'upcean',
    'eanupc',
    'ean13',
    'albumupc',
    'releaseupc',
    'icpn',
  ],
  grid: ['grid', 'gridnumber'],
  'spotify-track': ['spotifytrackid', 'spotifyid', 'spotifyuri', 'spotifytrackuri', 'spotifyurl'],
  'spotify-album': ['spotifyalbumid', 'spotifyalbumuri'],
  mbid: [
    'mbid',
    'recordingmbid',
    'musicbrainzrecordingid',
    'musicbrainztrackid',
    'musicbrainzid',
    'mbrecordingid',
  ],
  'mbid-work': ['workmbid', 'musicbrainzworkid'],
  'mbid-release': ['releasembid', 'musicbrainzreleaseid', 'musicbrainzalbumid'],
  'mbid-release-group': ['releasegroupmbid', 'musicbrainzreleasegroupid'],
  acoustid: ['acoustid', 'acoustidid'],
  apple: ['appleid', 'applemusicid', 'appletrackid', 'itunesid'],
  deezer: ['deezerid', 'deezertrackid'],
  tidal: ['tidalid', 'tidaltrackid'],
  discogs: ['discogsid', 'discogsreleaseid'],
  hfa: ['hfa', 'hfacode', 'hfasongcode', 'mlcsongcode'],
  iscc: ['iscc', 'iscccode'],
  sha256: ['sha256', 'filesha256'],
  blake3: ['blake3'],
};

/** The rank says how telling the synonym is: 0 is best. */
const BY_HEADER: ReadonlyMap<string, { field: Field; rank: number }> = new Map(
  Object.entries(SYNONYMS).flatMap(([field, names]) =>
    names.map((name, rank) => [name, { field: field as Field, rank }] as const),
  ),
);

/** A header without what people vary: case, accents, spaces, signs. */
export function headerKey(header: string): string {
  return header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The field that a header names, or null. */
export function fieldOfHeader(header: string): { field: Field; rank: number } | null {
  return BY_HEADER.get(headerKey(header)) ?? null;
}

/** True for the name of a field that a catalogue of works may hold. */
export function isField(name: string): name is Field {
  return (
    (TEXT_FIELDS as readonly string[]).includes(name) ||
    (isSchemeName(name) && SCHEME_HOME[name] !== undefined)
  );
}

/** The field that a person means in `--map upc=…`: its own name or one of the synonyms. */
export function fieldNamed(name: string): Field | null {
  const trimmed = name.trim().toLowerCase();
  return isField(trimmed) ? trimmed : (fieldOfHeader(name)?.field ?? null);
}
