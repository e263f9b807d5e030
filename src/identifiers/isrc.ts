import { fitsForm, refuseForm } from './form.js';
import { defineScheme } from './identifier.js';
import { compactUpper } from './typed-text.js';

const FORM = '@@***#######';

/**
 * International Standard Recording Code (ISO 3901): two letters, three letters or digits, the year
 * of reference (two digits) and a designation (five digits). There is no check digit.
 *
 * The first two letters are not compared with a list of countries: since the 2019 edition the
 * five-character prefix is one unit that tells no territory, and it never tells who owns anything.
 */
export const isrc = defineScheme({
  scheme: 'isrc',
  title: 'ISRC, International Standard Recording Code (ISO 3901)',
  subject: ['work'],
  example: 'AA-6Q7-20-00047',
  read(text) {
    if (fitsForm(FORM, text)) return text;
    const compact = withoutIsrcLabel(compactUpper(text));
    if (fitsForm(FORM, compact)) return compact;
    return refuseForm(
      'An ISRC is two letters, three letters or digits, and seven digits',
      FORM,
      compact,
    );
  },
  display: (isrc) => `${isrc.slice(0, 2)}-${isrc.slice(2, 5)}-${isrc.slice(5, 7)}-${isrc.slice(7)}`,
});

/** A label is only taken off what is too long without it: `ISRC1…` also opens real Icelandic codes. */
function withoutIsrcLabel(compact: string): string {
  if (compact.length <= FORM.length || !compact.startsWith('ISRC')) return compact;
  return compact.slice(compact[4] === ':' ? 5 : 4);
}
