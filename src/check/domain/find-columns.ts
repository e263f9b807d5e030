import {
  detectScheme,
  isSchemeName,
  parseIdentifier,
  type SchemeName,
  SCHEMES,
} from '#identifiers';

/** A column of the manifest and the scheme of the identifiers in it. */
export interface IdentifierColumn {
  readonly column: string;
  readonly scheme: SchemeName;
}

/** A column with some of its values, empty ones left out. */
export interface ColumnSample {
  readonly column: string;
  readonly values: readonly string[];
}

/** How many of a column's values have to announce a scheme where its name tells none. */
const SHARE_READ = 0.5;

/** Names of columns that are no scheme's own name. */
const ALSO_CALLED: ReadonlyMap<string, SchemeName> = new Map([
  ['upc', 'gtin'],
  ['ean', 'gtin'],
  ['ean13', 'gtin'],
  ['barcode', 'gtin'],
  ['musicbrainzid', 'mbid'],
  ['recordingmbid', 'mbid'],
  ['workmbid', 'mbid-work'],
  ['releasembid', 'mbid-release'],
  ['spotifyid', 'spotify-track'],
  ['spotifytrackid', 'spotify-track'],
  ['trackuri', 'spotify-track'],
  ['spotifyuri', 'spotify-track'],
  ['deezerid', 'deezer'],
  ['tidalid', 'tidal'],
  ['sha256sum', 'sha256'],
]);

/**
 * Finds the identifier columns: by name (`ISRC`, `track_isrc`, `isrc_code`) unless there are sampled
 * values and none reads under that scheme, else by values of which most announce one and the same scheme.
 * A column that is passed over is not checked, so in doubt a name is believed. Schemes that name a
 * person or organisation are passed over: a party is no work.
 */
export function findColumns(samples: readonly ColumnSample[]): IdentifierColumn[] {
  const found: IdentifierColumn[] = [];
  for (const { column, values } of samples) {
    const named = schemeOfName(column);
    const isBorneOut =
      values.length === 0 || values.some((value) => parseIdentifier(named, value).ok);
    const scheme = named !== null && isBorneOut ? named : schemeOfValues(values);
    if (scheme !== null && SCHEMES[scheme].subject.includes('work')) found.push({ column, scheme });
  }
  return found;
}

/** The scheme that a column's name speaks of; the longest name where one contains another. */
export function schemeOfName(column: string): SchemeName | null {
  const words = column
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  for (let length = Math.min(words.length, 3); length > 0; length -= 1) {
    for (let at = 0; at + length <= words.length; at += 1) {
      const part = words.slice(at, at + length);
      const scheme = part.join('-');
      if (isSchemeName(scheme)) return scheme;
      const alias = ALSO_CALLED.get(part.join(''));
      if (alias !== undefined) return alias;
    }
  }
  return null;
}

function schemeOfValues(values: readonly string[]): SchemeName | null {
  const first = values.map(detectScheme).find((scheme) => scheme !== null);
  if (first === undefined) return null;
  const share = shareOf(
    values,
    (value) => detectScheme(value) === first && parseIdentifier(first, value).ok,
  );
  return share > SHARE_READ ? first : null;
}

function shareOf(values: readonly string[], holds: (value: string) => boolean): number {
  return values.filter(holds).length / values.length;
}
