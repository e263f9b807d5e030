import { fitsForm, refuseForm } from './form.js';
import { defineScheme } from './identifier.js';
import { compactUpper } from './typed-text.js';

const FORM = '******';

/** Song code of the Harry Fox Agency: six letters or digits; no check is published. */
export const hfa = defineScheme({
  scheme: 'hfa',
  title: 'HFA song code (Harry Fox Agency)',
  subject: ['work'],
  example: 'B2406H',
  read(text) {
    const compact = compactUpper(text);
    return fitsForm(FORM, compact)
      ? compact
      : refuseForm('An HFA song code is six letters or digits', FORM, compact);
  },
});
