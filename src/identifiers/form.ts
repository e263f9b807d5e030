import { refuse, type RefusedIdentifier } from './refusal.js';

/**
 * A fixed-length form, one symbol a character: `@` letter, `#` digit, `*` letter or digit,
 * `?` digit or X; anything else stands for itself. Letters are upper-case ASCII.
 *
 * A form instead of a regular expression because it can say *where* a value departs from it.
 */
export type Form = string;

/** Index of the first character that departs from the form, or -1 when all of them fit. */
function departureIndex(form: Form, value: string): number {
  for (let index = 0; index < form.length; index++) {
    if (!fitsSymbol(form.charCodeAt(index), value.charCodeAt(index))) return index;
  }
  return -1;
}

function fitsSymbol(symbol: number, code: number): boolean {
  const isDigit = code >= 48 && code <= 57;
  switch (symbol) {
    case 35:
      return isDigit;
    case 64:
      return code >= 65 && code <= 90;
    case 42:
      return isDigit || (code >= 65 && code <= 90);
    case 63:
      return isDigit || code === 88;
    default:
      return symbol === code;
  }
}

export function fitsForm(form: Form, value: string): boolean {
  return value.length === form.length && departureIndex(form, value) < 0;
}

const BELONGS: Record<string, string> = {
  '@': 'a letter belongs',
  '#': 'a digit belongs',
  '*': 'a letter or digit belongs',
  '?': 'a digit or X belongs',
};

/**
 * The refusal for a value that does not fit.
 *
 * @param rule what such an identifier looks like, a clause that the detail begins with
 */
export function refuseForm(rule: string, form: Form, value: string): RefusedIdentifier {
  if (value.length !== form.length) {
    const detail = `${rule}, ${form.length} characters in all; this one has ${value.length}.`;
    return refuse('wrong_length', detail);
  }
  const index = Math.max(departureIndex(form, value), 0);
  const symbol = form[index] ?? '';
  const belongs = BELONGS[symbol] ?? `“${symbol}” belongs`;
  // By code point, so that half of a surrogate pair never enters a message.
  const found = String.fromCodePoint(value.codePointAt(index) ?? 0xfffd);
  return refuse('wrong_form', `${rule}; character ${index + 1} is “${found}”, where ${belongs}.`);
}

/** Whether a value is nothing but zeros: exports write that for "no identifier". */
export function isAllZeros(digits: string): boolean {
  return /^0+$/.test(digits);
}

/** A placeholder must not pass: it would join every work or party that has none. */
export function refuseZeros(name: string): RefusedIdentifier {
  return refuse('out_of_range', `All zeros is a placeholder for “no ${name}”, not an ${name}.`);
}
