import { isSchemeName, parseIdentifier, SCHEMES, type SchemeName } from '#identifiers';
import { DomainProblem, type FieldFault } from '#kernel';

/** The schemes that name people and organisations, not works. */
export const PARTY_SCHEMES: readonly SchemeName[] = Object.values(SCHEMES)
  .filter(({ subject }) => subject.includes('party'))
  .map(({ scheme }) => scheme);

export interface PartyIdentifier {
  readonly scheme: SchemeName;
  /** The canonical form. */
  readonly value: string;
  /** What was given, to the letter. */
  readonly typed: string;
}

/** Reads identifiers as typed; all faults together are `parties/identifier-invalid`. */
export function readPartyIdentifiers(
  given: readonly { scheme: string; value: string }[],
  pointerOf: (index: number) => string,
): PartyIdentifier[] {
  const read = new Map<string, PartyIdentifier>();
  const faults: FieldFault[] = [];
  given.forEach(({ scheme, value }, index) => {
    const parsed = parseIdentifier(scheme, value);
    if (!parsed.ok) {
      faults.push({ pointer: pointerOf(index), detail: parsed.detail });
    } else if (!isPartyScheme(parsed.scheme)) {
      faults.push({
        pointer: pointerOf(index),
        detail: `${scheme} names works; a party has identifiers of ${PARTY_SCHEMES.join(', ')}`,
      });
    } else {
      const key = `${parsed.scheme} ${parsed.value}`;
      if (!read.has(key)) read.set(key, { ...parsed, typed: value });
    }
  });
  if (faults.length > 0) {
    throw new DomainProblem('parties/identifier-invalid', faults[0]!.detail, { errors: faults });
  }
  return [...read.values()];
}

function isPartyScheme(scheme: unknown): boolean {
  return isSchemeName(scheme) && PARTY_SCHEMES.includes(scheme);
}
