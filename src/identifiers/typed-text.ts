import { refuse, type RefusedIdentifier } from './refusal.js';

/** Longest text that is looked at; the longest real identifiers (DOIs, addresses) stay far below. */
export const TYPED_LENGTH_MAX = 512;

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const CONTROL = /\p{Control}/u;
/** Zero-width and direction marks, soft hyphen, byte order mark: they come along with copy and paste. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+/g;

/** Spaces, the hyphen and its typographic relatives. */
export const DASHES_AND_SPACES = /[\s\-\u2010-\u2015\u2212]+/g;
export const DASHES_SPACES_AND_DOTS = /[\s.\-\u2010-\u2015\u2212]+/g;

/**
 * Lets text in: a string of at most 512 UTF-16 units, trimmed and in NFKC, without control
 * characters, lone surrogates or invisible marks. Refuses everything else before any pattern of a
 * scheme sees it.
 */
export function admitText(raw: unknown): string | RefusedIdentifier {
  if (typeof raw !== 'string') return refuse('not_text', 'An identifier must be given as text.');
  if (raw.length > TYPED_LENGTH_MAX) return tooLong();
  // Nearly every value is plain ASCII, for which NFKC is the identity.
  const text = PRINTABLE_ASCII.test(raw) ? raw.trim() : admitUnicode(raw);
  if (text === '') return refuse('empty', 'No identifier was given: the text is empty.');
  return text;
}

function admitUnicode(raw: string): string | RefusedIdentifier {
  const trimmed = raw.trim();
  if (CONTROL.test(trimmed) || LONE_SURROGATE.test(trimmed)) {
    return refuse(
      'unreadable_text',
      'The text contains control characters or broken Unicode, so it is not read.',
    );
  }
  const text = trimmed.replace(INVISIBLE, '').normalize('NFKC').trim();
  // A few characters grow many times longer under NFKC.
  return text.length > TYPED_LENGTH_MAX ? tooLong() : text;
}

export function tooLong(): RefusedIdentifier {
  return refuse(
    'too_long',
    `The text is longer than ${TYPED_LENGTH_MAX} characters; no identifier is.`,
  );
}

/**
 * Upper-case text without the separators. Letters outside ASCII stay as they are: upper-casing would
 * turn a dotless i into an I, and look-alikes are never repaired.
 */
export function compactUpper(text: string, separators: RegExp = DASHES_AND_SPACES): string {
  const compact = text.replace(separators, '');
  return PRINTABLE_ASCII.test(compact) ? compact.toUpperCase() : compact;
}

/** Lower-case where the text is ASCII, unchanged otherwise (see `compactUpper`). */
export function lowerAscii(text: string): string {
  return PRINTABLE_ASCII.test(text) ? text.toLowerCase() : text;
}

/** Takes a written label such as `ISWC` or `GRID:` off the front of upper-case compact text. */
export function withoutLabel(compact: string, label: string): string {
  if (!compact.startsWith(label)) return compact;
  const start = label.length;
  return compact.slice(compact[start] === ':' ? start + 1 : start);
}

/** The part of an address that can name something: without query, fragment and closing slashes. */
export function withoutQuery(address: string): string {
  const end = address.search(/[?#]/);
  const path = end < 0 ? address : address.slice(0, end);
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
