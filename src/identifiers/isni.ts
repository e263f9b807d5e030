import { mod11Radix2 } from './check-digit.js';
import { fitsForm, refuseForm } from './form.js';
import { defineScheme, type Reading } from './identifier.js';
import { refuseCheckDigit } from './refusal.js';
import { compactUpper, withoutLabel, withoutQuery } from './typed-text.js';

const FORM = '###############?';
const ISNI_ADDRESS = /^(?:https?:\/\/)?(?:www\.)?isni\.org\/(?:isni\/)?(?=\d)/i;
const ORCID_ADDRESS = /^(?:https?:\/\/)?(?:www\.)?orcid\.org\/(?=\d)/i;

/** International Standard Name Identifier (ISO 27729): a public identity of a person or group. */
export const isni = defineScheme({
  scheme: 'isni',
  title: 'ISNI, International Standard Name Identifier (ISO 27729)',
  subject: ['party'],
  example: '0000 0001 2281 955X',
  read: (text) => readSixteen('ISNI', ISNI_ADDRESS, text),
  display: (isni) => inFours(isni, ' '),
});

/**
 * ORCID iD: the same form and check as ISNI, in number blocks set aside for ORCID. The blocks are
 * not enforced, because ORCID has been given new ones before.
 */
export const orcid = defineScheme({
  scheme: 'orcid',
  title: 'ORCID iD',
  subject: ['party'],
  example: '0000-0002-1825-0097',
  read: (text) => readSixteen('ORCID', ORCID_ADDRESS, text),
  display: (orcid) => inFours(orcid, '-'),
});

function readSixteen(name: string, address: RegExp, text: string): Reading {
  const typed = address.test(text) ? withoutQuery(text.replace(address, '')) : text;
  const compact = withoutLabel(compactUpper(typed), name);
  if (!fitsForm(FORM, compact)) {
    return refuseForm(
      `An ${name} is fifteen digits and a check digit, which may be X`,
      FORM,
      compact,
    );
  }
  const expected = mod11Radix2(compact.slice(0, 15));
  const found = compact.charAt(15);
  return expected === found ? compact : refuseCheckDigit(name, { expected, found });
}

function inFours(compact: string, separator: string): string {
  return [0, 4, 8, 12].map((start) => compact.slice(start, start + 4)).join(separator);
}
