import { ascendingMod10 } from './check-digit.js';
import { fitsForm, refuseForm } from './form.js';
import { defineScheme } from './identifier.js';
import { refuseCheckDigit } from './refusal.js';
import { compactUpper, DASHES_SPACES_AND_DOTS, withoutLabel } from './typed-text.js';

const FORM = 'T##########';

/** International Standard Musical Work Code (ISO 15707): T, nine digits, one check digit. */
export const iswc = defineScheme({
  scheme: 'iswc',
  title: 'ISWC, International Standard Musical Work Code (ISO 15707)',
  subject: ['work'],
  example: 'T-034.524.680-1',
  read(text) {
    const compact = withoutLabel(compactUpper(text, DASHES_SPACES_AND_DOTS), 'ISWC');
    if (!fitsForm(FORM, compact)) {
      return refuseForm('An ISWC is the letter T and ten digits', FORM, compact);
    }
    const expected = ascendingMod10(compact.slice(1, 10), 1);
    const found = compact.charAt(10);
    return expected === found ? compact : refuseCheckDigit('ISWC', { expected, found });
  },
  display: (iswc) =>
    `T-${iswc.slice(1, 4)}.${iswc.slice(4, 7)}.${iswc.slice(7, 10)}-${iswc.slice(10)}`,
});
