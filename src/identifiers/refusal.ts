/** Why a typed value is not an identifier of its scheme. A closed list; clients may switch on it. */
export type IdentifierRefusal =
  | 'unknown_scheme'
  | 'not_text'
  | 'empty'
  | 'too_long'
  | 'unreadable_text'
  | 'wrong_length'
  | 'wrong_form'
  | 'wrong_check_digit'
  | 'out_of_range';

export interface RefusedIdentifier {
  readonly ok: false;
  readonly reason: IdentifierRefusal;
  /** One sentence in plain English that tells the person who typed it what is wrong. */
  readonly detail: string;
  /** For a wrong check digit: the digit or digits that the rest of the value calls for. */
  readonly expected?: string;
  /** For a wrong check digit: the digit or digits that were typed. */
  readonly found?: string;
}

export function refuse(reason: IdentifierRefusal, detail: string): RefusedIdentifier {
  return { ok: false, reason, detail };
}

/** The refusal for a value of the right form whose check digit does not fit the rest. */
export function refuseCheckDigit(
  name: string,
  { expected, found }: { expected: string; found: string },
): RefusedIdentifier {
  const [noun, verb, those] =
    expected.length > 1 ? ['digits', 'are', 'they are'] : ['digit', 'is', 'it is'];
  const calledFor = `The check ${noun} of this ${name} should be ${expected} but ${verb} ${found}`;
  const detail = `${calledFor}; either ${those} mistyped or another character is.`;
  return { ok: false, reason: 'wrong_check_digit', detail, expected, found };
}
