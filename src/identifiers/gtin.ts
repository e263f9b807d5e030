import { alternatingMod10 } from './check-digit.js';
import { isAllZeros, refuseZeros } from './form.js';
import { defineScheme } from './identifier.js';
import { refuse, refuseCheckDigit, type RefusedIdentifier } from './refusal.js';
import { compactUpper } from './typed-text.js';

const STORED_LENGTH = 14;
const LABEL = /^(?:GTIN|UPC|EAN|JAN):?/;

/**
 * Global Trade Item Number: UPC-A (12 digits), EAN-13, EAN-8 and GTIN-14 are one number space, so
 * they are one scheme, stored as 14 digits padded with zeros. The check digit does not move under
 * that padding.
 */
export const gtin = defineScheme({
  scheme: 'gtin',
  title: 'GTIN: UPC, EAN and other product bar codes (GS1)',
  subject: ['work'],
  example: '4006381333931',
  read(text) {
    const compact = compactUpper(text).replace(LABEL, '');
    if (!/^\d+$/.test(compact)) return refuseNonDigits(compact);
    const { length } = compact;
    if (length !== 8 && (length < 12 || length > STORED_LENGTH)) {
      const rule = 'A GTIN (UPC, EAN) has 8, 12, 13 or 14 digits';
      return refuse('wrong_length', `${rule}; this one has ${length}.`);
    }
    if (isAllZeros(compact)) return refuseZeros('EAN or UPC');
    const expected = alternatingMod10(compact.slice(0, -1));
    const found = compact.slice(-1);
    if (expected !== found) return refuseCheckDigit('GTIN', { expected, found });
    return compact.padStart(STORED_LENGTH, '0');
  },
  /** The shortest of 8, 12, 13 and 14 digits, as it is printed under the bars. */
  display(gtin) {
    const length = gtin.startsWith('000000') ? 8 : gtin.startsWith('00') ? 12 : 13;
    return gtin.startsWith('0') ? gtin.slice(-length) : gtin;
  },
});

function refuseNonDigits(compact: string): RefusedIdentifier {
  if (/^\d(?:[.,]\d{1,15})?E\+?\d{1,3}$/.test(compact)) {
    return refuse(
      'wrong_form',
      'A spreadsheet has shortened this GTIN (UPC, EAN) to powers of ten; export the column as text.',
    );
  }
  return refuse(
    'wrong_form',
    'A GTIN (UPC, EAN) consists of digits only: 8, 12, 13 or 14 of them.',
  );
}
