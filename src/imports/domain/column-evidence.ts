import { detectScheme, parseIdentifier, type SchemeName } from '#identifiers';
import { type DateColumn, NO_DATES, weighDate } from './dates.js';
import { headerKey, SCHEME_HOME } from './fields.js';
import { saysNothing } from './tidy-text.js';

/** Cells of a column whose schemes are looked at; dates are weighed over the whole column. */
const SAMPLE = 2_000;

/** Schemes whose values could be another number by chance: one or two cells prove nothing. */
const PROVEN_BY_MANY: ReadonlySet<string> = new Set(['gtin', 'iscc', 'spotify-track']);

/** What the values of one column tell, gathered cell by cell. */
export class ColumnEvidence {
  private looked = 0;
  private readonly schemes = new Map<SchemeName, number>();
  private readonly distinct = new Set<string>();
  dates: DateColumn = NO_DATES;

  add(text: string): void {
    if (saysNothing(text)) return;
    this.dates = weighDate(this.dates, text);
    if (this.looked >= SAMPLE) return;
    this.looked += 1;
    this.distinct.add(text);
    const scheme = detectScheme(text) ?? bareSpotifyId(text);
    if (scheme !== null) this.schemes.set(scheme, (this.schemes.get(scheme) ?? 0) + 1);
  }

  /**
   * The scheme that nine in ten of the values belong to, or null in doubt. A bare Spotify id is 22
   * letters and digits that may name a track, an album or an artist: taken for a track only where
   * the header says nothing else and hardly a value comes twice.
   */
  schemeUnder(header: string): SchemeName | null {
    for (const [scheme, count] of this.schemes) {
      const home = SCHEME_HOME[scheme];
      if (home === undefined || count < this.looked * 0.9) continue;
      if (PROVEN_BY_MANY.has(scheme) && count < 3) continue;
      if (home === 'recording' && this.distinct.size < this.looked * 0.9) continue;
      const named = /album|release|artist|playlist|user|owner|label/.test(headerKey(header));
      if (scheme === 'spotify-track' && named) continue;
      return scheme;
    }
    return null;
  }
}

function bareSpotifyId(text: string): SchemeName | null {
  // At least one digit and one letter of each case: plain words and plain numbers are no ids.
  const mixed = /[0-9]/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text);
  return mixed && parseIdentifier('spotify-track', text).ok && text.length === 22
    ? 'spotify-track'
    : null;
}
