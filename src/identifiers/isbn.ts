import { alternatingMod10, descendingMod11 } from './check-digit.js';
import { fitsForm, isAllZeros, refuseForm, refuseZeros } from './form.js';
import { defineScheme, type Reading } from './identifier.js';
import { refuse, refuseCheckDigit } from './refusal.js';
import { compactUpper } from './typed-text.js';

const FORM_10 = '#########?';
const FORM_13 = '#############';
const LABEL = /^ISBN(?:[- ]?1[03](?=[: ]))?[: ]*/i;

/** International Standard Book Number (ISO 2108), stored as 13 digits; an ISBN-10 is converted. */
export const isbn = defineScheme({
  scheme: 'isbn',
  title: 'ISBN, International Standard Book Number (ISO 2108)',
  subject: ['work'],
  example: '978-3-16-148410-0',
  read(text) {
    const compact = compactUpper(text.replace(LABEL, ''));
    return compact.length === 10 ? readTen(compact) : readThirteen(compact);
  },
});

function readTen(compact: string): Reading {
  if (!fitsForm(FORM_10, compact)) {
    return refuseForm(
      'An ISBN-10 is nine digits and a check digit, which may be X',
      FORM_10,
      compact,
    );
  }
  if (isAllZeros(compact)) return refuseZeros('ISBN');
  const body = compact.slice(0, 9);
  const expected = descendingMod11(body);
  const found = compact.charAt(9);
  if (expected !== found) return refuseCheckDigit('ISBN', { expected, found });
  return `978${body}${alternatingMod10(`978${body}`)}`;
}

function readThirteen(compact: string): Reading {
  if (!fitsForm(FORM_13, compact)) {
    return refuseForm('An ISBN is thirteen digits, or ten in the old form', FORM_13, compact);
  }
  if (compact.startsWith('9790')) {
    return refuse('wrong_form', 'A number that begins with 979-0 is an ISMN (printed music).');
  }
  if (!compact.startsWith('978') && !compact.startsWith('979')) {
    return refuse('wrong_form', 'An ISBN of thirteen digits begins with 978 or 979.');
  }
  const expected = alternatingMod10(compact.slice(0, 12));
  const found = compact.charAt(12);
  return expected === found ? compact : refuseCheckDigit('ISBN', { expected, found });
}
