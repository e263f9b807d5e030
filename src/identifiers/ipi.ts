import { ascendingMod10, descendingMod101 } from './check-digit.js';
import { fitsForm, isAllZeros, refuseForm, refuseZeros } from './form.js';
import { defineScheme } from './identifier.js';
import { refuse, refuseCheckDigit } from './refusal.js';
import { compactUpper, DASHES_SPACES_AND_DOTS, withoutLabel } from './typed-text.js';

const NAME_LENGTH = 11;
const BASE_FORM = 'I##########';

/**
 * IPI name number (formerly CAE): one name of a party, nine digits and two check digits. Exports
 * drop the leading zeros, so a shorter number is padded on the left.
 */
export const ipiName = defineScheme({
  scheme: 'ipi-name',
  title: 'IPI name number (CISAC)',
  subject: ['party'],
  example: '00017798450',
  read(text) {
    const compact = withoutLabel(compactUpper(text, DASHES_SPACES_AND_DOTS), 'IPI');
    if (compact.length > NAME_LENGTH) {
      const rule = 'An IPI name number has at most 11 digits';
      return refuse('wrong_length', `${rule}; this one has ${compact.length} characters.`);
    }
    if (!/^\d+$/.test(compact)) {
      return refuse('wrong_form', 'An IPI name number consists of digits only, up to 11 of them.');
    }
    if (isAllZeros(compact)) return refuseZeros('IPI name number');
    const value = compact.padStart(NAME_LENGTH, '0');
    const expected = descendingMod101(value.slice(0, 9));
    const found = value.slice(9);
    return expected === found ? value : refuseCheckDigit('IPI name number', { expected, found });
  },
});

/** IPI base number: the party behind one or more names; I, nine digits, one check digit. */
export const ipiBase = defineScheme({
  scheme: 'ipi-base',
  title: 'IPI base number (CISAC)',
  subject: ['party'],
  example: 'I-001068130-6',
  read(text) {
    const compact = withoutLabel(compactUpper(text, DASHES_SPACES_AND_DOTS), 'IPI');
    if (!fitsForm(BASE_FORM, compact)) {
      return refuseForm('An IPI base number is the letter I and ten digits', BASE_FORM, compact);
    }
    const expected = ascendingMod10(compact.slice(1, 10), 2);
    const found = compact.charAt(10);
    return expected === found ? compact : refuseCheckDigit('IPI base number', { expected, found });
  },
  display: (ipi) => `I-${ipi.slice(1, 10)}-${ipi.slice(10)}`,
});
