/**
 * Check digits. Each function takes the body of an identifier, already known to have the right
 * characters, and returns the check character or characters that belong after it.
 */

const ZERO = 48;
const ALPHABET_36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** ISWC (ISO 15707, start 1) and IPI base number (start 2): weights 1 to 9, modulo 10. */
export function ascendingMod10(body: string, start: number): string {
  let total = start;
  for (let index = 0; index < body.length; index++) {
    total += (index + 1) * (body.charCodeAt(index) - ZERO);
  }
  return String((10 - (total % 10)) % 10);
}

/** GTIN, ISBN-13 and ISMN-13 (GS1 General Specifications): 3, 1, 3, 1 … from the right, modulo 10. */
export function alternatingMod10(body: string): string {
  let total = 0;
  for (let index = body.length - 1, weight = 3; index >= 0; index--, weight = 4 - weight) {
    total += weight * (body.charCodeAt(index) - ZERO);
  }
  return String((10 - (total % 10)) % 10);
}

/** ISBN-10 (body of 9) and ISSN (ISO 3297, body of 7): weights descending to 2, modulo 11, X is 10. */
export function descendingMod11(body: string): string {
  let total = 0;
  for (let index = 0; index < body.length; index++) {
    total += (body.length + 1 - index) * (body.charCodeAt(index) - ZERO);
  }
  const check = (11 - (total % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

/** ISNI and ORCID: ISO 7064 MOD 11-2. */
export function mod11Radix2(body: string): string {
  let remainder = 0;
  for (let index = 0; index < body.length; index++) {
    remainder = ((remainder + body.charCodeAt(index) - ZERO) * 2) % 11;
  }
  const check = (12 - remainder) % 11;
  return check === 10 ? 'X' : String(check);
}

/** IPI name number: weights 10 to 2, modulo 101, two digits; remainders 0 and 1 both give 00. */
export function descendingMod101(body: string): string {
  let total = 0;
  for (let index = 0; index < body.length; index++) {
    total += (10 - index) * (body.charCodeAt(index) - ZERO);
  }
  const remainder = total % 101;
  const check = remainder === 0 ? 0 : (101 - remainder) % 100;
  return String(check).padStart(2, '0');
}

/** GRid and DDEX party id: ISO 7064 MOD 37,36 over digits and letters. */
export function mod37Radix36(body: string): string {
  let product = 36;
  for (let index = 0; index < body.length; index++) {
    const sum = (product + ALPHABET_36.indexOf(body.charAt(index))) % 36;
    product = ((sum || 36) * 2) % 37;
  }
  return ALPHABET_36.charAt((37 - product) % 36);
}
