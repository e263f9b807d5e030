/** A programmer error: never expected, never shown to a client, always logged with its stack. */
export class InvariantViolation extends Error {
  override name = 'InvariantViolation';
}

/** Throws {@link InvariantViolation} when `condition` is false. For programmer errors only. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantViolation(message);
}
