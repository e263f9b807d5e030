import { mod37Radix36 } from './check-digit.js';
import { fitsForm, refuseForm } from './form.js';
import { defineScheme } from './identifier.js';
import { refuseCheckDigit } from './refusal.js';
import { compactUpper, withoutLabel } from './typed-text.js';

const FORM = 'A1****************';

/** Global Release Identifier (IFPI): A1, issuer (5), release number (10), check character. */
export const grid = defineScheme({
  scheme: 'grid',
  title: 'GRid, Global Release Identifier (IFPI)',
  subject: ['work'],
  example: 'A1-2425G-ABC1234002-M',
  read(text) {
    const compact = withoutLabel(compactUpper(text), 'GRID');
    if (!fitsForm(FORM, compact)) {
      return refuseForm('A GRid is A1 and sixteen letters or digits', FORM, compact);
    }
    const expected = mod37Radix36(compact.slice(0, 17));
    const found = compact.charAt(17);
    return expected === found ? compact : refuseCheckDigit('GRid', { expected, found });
  },
  display: (grid) => `A1-${grid.slice(2, 7)}-${grid.slice(7, 17)}-${grid.slice(17)}`,
});
