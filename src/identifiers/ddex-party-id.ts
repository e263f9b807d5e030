import { mod37Radix36 } from './check-digit.js';
import { fitsForm, refuseForm } from './form.js';
import { defineScheme } from './identifier.js';
import { refuseCheckDigit } from './refusal.js';
import { compactUpper, withoutLabel } from './typed-text.js';

const FORM = 'PADPIDA##########*';

/** DDEX Party Identifier: PADPIDA, ten digits, and a check character over everything before it. */
export const ddexPartyId = defineScheme({
  scheme: 'dpid',
  title: 'DDEX Party Identifier (DPID)',
  subject: ['party'],
  example: 'PA-DPIDA-2013020802-I',
  read(text) {
    const compact = withoutLabel(compactUpper(text), 'DPID:');
    if (!fitsForm(FORM, compact)) {
      const rule = 'A DDEX party id is PADPIDA, ten digits and a check character';
      return refuseForm(rule, FORM, compact);
    }
    const expected = mod37Radix36(compact.slice(0, 17));
    const found = compact.charAt(17);
    return expected === found ? compact : refuseCheckDigit('DDEX party id', { expected, found });
  },
  display: (dpid) => `PA-DPIDA-${dpid.slice(7, 17)}-${dpid.slice(17)}`,
});
