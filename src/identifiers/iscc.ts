import { defineScheme } from './identifier.js';
import { refuse, type RefusedIdentifier } from './refusal.js';
import { compactUpper } from './typed-text.js';

const ALPHABET_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** Two header bytes and a composite body of five 64-bit units. */
const CODE_LENGTH_MAX = 68;

const MAIN_TYPES = [
  'META',
  'SEMANTIC',
  'CONTENT',
  'DATA',
  'INSTANCE',
  'ISCC',
  'ID',
  'FLAKE',
] as const;
const MEDIA = ['TEXT', 'IMAGE', 'AUDIO', 'VIDEO', 'MIXED'] as const;
const COMPOSITES = [...MEDIA, 'SUM', 'NONE', 'WIDE'] as const;

export type IsccMainType = (typeof MAIN_TYPES)[number];
export type IsccSubType = (typeof COMPOSITES)[number];

/** What the code says about itself (ISO 24138:2024). */
export interface IsccStructure {
  mainType: IsccMainType;
  /** NONE where the main type has no sub types; the network number of an ID is not interpreted. */
  subType: IsccSubType;
  version: number;
  bodyLengthBits: number;
  /** For a composite (main type ISCC) the units in it, in order of their bodies; otherwise one. */
  units: IsccMainType[];
  body: Uint8Array;
}

/** International Standard Content Code (ISO 24138), stored without the `ISCC:` in front. */
export const iscc = defineScheme({
  scheme: 'iscc',
  title: 'ISCC, International Standard Content Code (ISO 24138)',
  subject: ['work'],
  example: 'ISCC:KACYPXW445FTYNJ3CYSXHAFJMA2HUWULUNRFE3BLHRSCXYH2M5AEGQY',
  read(text) {
    const upper = compactUpper(text, /^\s*ISCC:\s*/i);
    const structure = decodeIscc(upper);
    return 'ok' in structure ? structure : upper;
  },
  display: (iscc) => `ISCC:${iscc}`,
});

/**
 * Decodes an upper-case code without prefix. Refuses what is not base32 without padding, header
 * values that the standard does not define, and a body of another length than the header states.
 */
export function decodeIscc(code: string): IsccStructure | RefusedIdentifier {
  const bytes = code.length > CODE_LENGTH_MAX ? null : base32Decoded(code);
  if (bytes === null || bytes.length < 2) {
    return refuse(
      'wrong_form',
      'An ISCC is base32 text: letters A to Z and digits 2 to 7, at most 68 of them.',
    );
  }
  const header = readHeader(bytes[0] ?? 0, bytes[1] ?? 0);
  if ('ok' in header) return header;
  const body = bytes.subarray(2);
  const statedBytes = header.bodyLengthBits / 8;
  if (body.length !== statedBytes) {
    return refuse(
      'wrong_length',
      `The header of this ISCC announces ${statedBytes} bytes after it, but ${body.length} follow.`,
    );
  }
  return { ...header, body };
}

/**
 * The four header values. Their encoding could stretch over more nibbles, but every value that the
 * standard defines is below 8 and takes exactly one, so a header is always two bytes.
 */
function readHeader(
  first: number,
  second: number,
): Omit<IsccStructure, 'body'> | RefusedIdentifier {
  const mainType = MAIN_TYPES[first >> 4];
  const version = second >> 4;
  const lengthField = second & 15;
  const subType = mainType === undefined ? undefined : readSubType(mainType, first & 15);
  const versionMax = mainType === 'ID' ? 1 : 0;
  if (mainType === undefined || subType === undefined || version > versionMax || lengthField > 7) {
    return refuse(
      'wrong_form',
      'The header of this ISCC names a type that ISO 24138 does not define.',
    );
  }
  const isBare = subType === 'SUM' || subType === 'WIDE';
  if (mainType === 'ISCC' && isBare && lengthField !== 0) {
    return refuse(
      'wrong_form',
      `An ISCC of type ${subType} contains Data and Instance units only.`,
    );
  }
  const units = mainType === 'ISCC' ? unitsOf(lengthField) : [mainType];
  const bodyLengthBits = bodyLength(mainType, subType, lengthField);
  return { mainType, subType, version, bodyLengthBits, units };
}

function readSubType(mainType: IsccMainType, field: number): IsccSubType | undefined {
  switch (mainType) {
    case 'SEMANTIC':
    case 'CONTENT':
      return MEDIA[field];
    case 'ISCC':
      return COMPOSITES[field];
    case 'ID':
      return field < 8 ? 'NONE' : undefined;
    default:
      return field === 0 ? 'NONE' : undefined;
  }
}

/** In a composite the length field is a set of flags for the units besides Data and Instance. */
function unitsOf(flags: number): IsccMainType[] {
  const units: IsccMainType[] = [];
  if (flags & 4) units.push('META');
  if (flags & 2) units.push('SEMANTIC');
  if (flags & 1) units.push('CONTENT');
  return [...units, 'DATA', 'INSTANCE'];
}

function bodyLength(mainType: IsccMainType, subType: IsccSubType, lengthField: number): number {
  if (mainType === 'ISCC') return subType === 'WIDE' ? 256 : unitsOf(lengthField).length * 64;
  if (mainType === 'ID') return 64 + lengthField * 8;
  return (lengthField + 1) * 32;
}

/** RFC 4648 base32 without padding; null unless the text is the one spelling of its bytes. */
function base32Decoded(code: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((code.length * 5) / 8));
  let pending = 0;
  let pendingBits = 0;
  let length = 0;
  for (let index = 0; index < code.length; index++) {
    const digit = ALPHABET_32.indexOf(code.charAt(index));
    if (digit < 0) return null;
    pending = (pending << 5) | digit;
    pendingBits += 5;
    if (pendingBits >= 8) {
      pendingBits -= 8;
      bytes[length++] = pending >> pendingBits;
      pending &= (1 << pendingBits) - 1;
    }
  }
  // Left-over bits must be zero and fewer than a character, or two spellings would mean one code.
  return pendingBits < 5 && pending === 0 ? bytes : null;
}
