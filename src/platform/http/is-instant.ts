import { isISO8601, ValidateBy, type ValidationOptions } from 'class-validator';

/** A day of the calendar, or a time of one with its offset; no weeks, no ordinal days. */
const FORM = /^(?!0000)\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

/**
 * The member is an instant that every machine reads alike: `2027-01-01T00:00:00Z`, or a day for its
 * first moment in UTC. A time without an offset is refused, because it would mean another moment in
 * another place. What passes, `Date.parse` reads.
 */
export function IsInstant(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isInstant',
      validator: {
        validate: isInstant,
        defaultMessage: () => '$property must be an instant such as 2027-01-01T00:00:00Z',
      },
    },
    options,
  );
}

function isInstant(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    FORM.test(value) &&
    isISO8601(value, { strict: true, strictSeparator: true }) &&
    !Number.isNaN(Date.parse(value))
  );
}
