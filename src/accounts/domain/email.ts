/** The longest address that a mail server takes (RFC 5321 §4.5.3.1.3, less the angle brackets). */
const ADDRESS_MAX = 254;

const ADDRESS = /^[^\s@\p{C}]{1,64}@[^\s@.\p{C}]{1,63}(?:\.[^\s@.\p{C}]{1,63})*$/u;

/**
 * The form under which an e-mail address is unique: trimmed, NFKC, lower case. What was typed is
 * kept beside it and shown. Lower-casing the local part is against the letter of RFC 5321 §2.4 and
 * what every mail service does; two accounts that differ by it would only help an impostor.
 */
export function emailKey(typed: string): string {
  return typed.trim().normalize('NFKC').toLowerCase();
}

/** True if the text can be an e-mail address. Whether anybody reads it, only a mail can tell. */
export function isEmailAddress(typed: string): boolean {
  // The limit comes first, so that no length of input costs more than a comparison.
  if (typed.length > ADDRESS_MAX) return false;
  const key = emailKey(typed);
  return key.length <= ADDRESS_MAX && ADDRESS.test(key);
}
