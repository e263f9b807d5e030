import { descendingMod11 } from './check-digit.js';
import { fitsForm, isAllZeros, refuseForm, refuseZeros } from './form.js';
import { defineScheme } from './identifier.js';
import { refuseCheckDigit } from './refusal.js';
import { compactUpper, withoutLabel } from './typed-text.js';

const FORM = '#######?';

/** International Standard Serial Number (ISO 3297): seven digits and a check digit, which may be X. */
export const issn = defineScheme({
  scheme: 'issn',
  title: 'ISSN, International Standard Serial Number (ISO 3297)',
  subject: ['work'],
  example: '0378-5955',
  read(text) {
    const compact = withoutLabel(compactUpper(text), 'ISSN');
    if (!fitsForm(FORM, compact)) {
      return refuseForm('An ISSN is seven digits and a check digit, which may be X', FORM, compact);
    }
    if (isAllZeros(compact)) return refuseZeros('ISSN');
    const expected = descendingMod11(compact.slice(0, 7));
    const found = compact.charAt(7);
    return expected === found ? compact : refuseCheckDigit('ISSN', { expected, found });
  },
  display: (issn) => `${issn.slice(0, 4)}-${issn.slice(4)}`,
});
