import { type Reading } from './identifier.js';
import { refuse } from './refusal.js';
import { lowerAscii } from './typed-text.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Reads a UUID (RFC 9562) into lower-case with hyphens. Without hyphens it is refused, because 32
 * hexadecimal digits are as likely an MD5 sum.
 *
 * @param versions the UUID versions that the scheme mints, as hexadecimal digits
 */
export function readUuid(name: string, text: string, versions: string): Reading {
  const value = lowerAscii(text);
  const match = UUID.exec(value);
  if (match === null) {
    return refuse(
      'wrong_form',
      `${name} is a UUID: 32 hexadecimal digits in groups of 8-4-4-4-12, with hyphens.`,
    );
  }
  if (!versions.includes(match[1] ?? '')) {
    return refuse('wrong_form', `${name} is not a UUID of version ${match[1]}, which this one is.`);
  }
  return value;
}
