import { defineScheme, type Reading } from './identifier.js';
import { refuse } from './refusal.js';
import { admitText, tooLong, TYPED_LENGTH_MAX, withoutQuery } from './typed-text.js';

const ADDRESS = /^(?:https?:\/\/)?(?:www\.|dx\.)?doi\.org\//i;
const LABEL = /^doi:\s*/i;
/** Registrant codes may be divided by further dots (10.1000.10/…). */
const DOI = /^10\.\d{4,9}(?:\.\d+)*\/\S+$/;
/** Characters that an address would read as something else than part of its path. */
const UNSAFE_IN_ADDRESS = /[%?#<>"\\^`{|}]|\/$/g;

/**
 * Digital Object Identifier (ISO 26324). Case does not count, but only for ASCII letters, so only
 * those are lower-cased. In an address the DOI is percent-encoded and is decoded here.
 */
export const doi = defineScheme({
  scheme: 'doi',
  title: 'DOI, Digital Object Identifier (ISO 26324)',
  subject: ['work'],
  example: 'https://doi.org/10.1000/182',
  read(text) {
    if (!ADDRESS.test(text)) return readDoi(text.replace(LABEL, ''));
    const decoded = admitText(percentDecoded(withoutQuery(text.replace(ADDRESS, ''))));
    return typeof decoded === 'string' ? readDoi(decoded) : decoded;
  },
  display: displayDoi,
});

function readDoi(text: string): Reading {
  const lower = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  // Some lower-case letters have a composed form where the capital has none.
  const value = lower.normalize('NFKC');
  if (!DOI.test(value)) {
    return refuse(
      'wrong_form',
      'A DOI is 10., a number of four to nine digits, a slash and a name without spaces (10.1000/182).',
    );
  }
  return displayDoi(value).length > TYPED_LENGTH_MAX ? tooLong() : value;
}

function displayDoi(doi: string): string {
  return `https://doi.org/${doi.replace(UNSAFE_IN_ADDRESS, percentEncoded)}`;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Leaves text whose percent signs do not encode anything as it is. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
