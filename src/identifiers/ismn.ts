import { alternatingMod10 } from './check-digit.js';
import { fitsForm, refuseForm } from './form.js';
import { defineScheme } from './identifier.js';
import { refuseCheckDigit } from './refusal.js';
import { compactUpper, withoutLabel } from './typed-text.js';

const FORM = '9790#########';

/** International Standard Music Number (ISO 10957): 979-0 and nine digits; the old M means 979-0. */
export const ismn = defineScheme({
  scheme: 'ismn',
  title: 'ISMN, International Standard Music Number (ISO 10957)',
  subject: ['work'],
  example: '979-0-2306-7118-7',
  read(text) {
    const unlabelled = withoutLabel(compactUpper(text), 'ISMN');
    const compact = unlabelled.startsWith('M') ? `9790${unlabelled.slice(1)}` : unlabelled;
    if (!fitsForm(FORM, compact)) {
      return refuseForm('An ISMN is 979-0 (formerly M) and nine digits', FORM, compact);
    }
    const expected = alternatingMod10(compact.slice(0, 12));
    const found = compact.charAt(12);
    return expected === found ? compact : refuseCheckDigit('ISMN', { expected, found });
  },
});
