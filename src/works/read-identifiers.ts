import { type AcceptedIdentifier, parseIdentifier, SCHEMES } from '#identifiers';
import type { FieldFault } from '#kernel';
import { invalid } from '#platform';

export type TypedIdentifier = AcceptedIdentifier & { typed: string };

/** Reads one identifier of a work as typed; faults are those of {@link readIdentifiers}. */
export function readIdentifier(typed: { scheme: string; value: string }): TypedIdentifier {
  return readAll([typed], () => '')[0]!;
}

/**
 * Reads identifiers of a work as typed. Throws `request/invalid` naming each one that is wrong, with
 * the digit that was expected where a check digit is.
 */
export function readIdentifiers(
  typed: readonly { scheme: string; value: string }[],
  pointer = '/identifiers',
): TypedIdentifier[] {
  return readAll(typed, (at) => `${pointer}/${at}`);
}

function readAll(
  typed: readonly { scheme: string; value: string }[],
  pointerOf: (at: number) => string,
): TypedIdentifier[] {
  const faults: FieldFault[] = [];
  const read: TypedIdentifier[] = [];
  typed.forEach(({ scheme, value }, at) => {
    const parsed = parseIdentifier(scheme, value);
    if (!parsed.ok) {
      const place = parsed.reason === 'unknown_scheme' ? 'scheme' : 'value';
      faults.push({ pointer: `${pointerOf(at)}/${place}`, detail: parsed.detail });
    } else if (!SCHEMES[parsed.scheme].subject.includes('work')) {
      const detail = `${SCHEMES[parsed.scheme].title} identifies people and organisations, not works`;
      faults.push({ pointer: `${pointerOf(at)}/scheme`, detail });
    } else if (!read.some((r) => r.scheme === parsed.scheme && r.value === parsed.value)) {
      read.push({ ...parsed, typed: value });
    }
  });
  if (faults.length > 0) throw invalid(faults);
  return read;
}
