import { isISO8601, ValidateBy, type ValidationOptions } from 'class-validator';

/** A time of a day of the calendar with its offset; no weeks, no ordinal days. */
const FORM = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * The member is an instant that every machine reads alike: `2027-01-01T00:00:00Z`. A time without an
 * offset and a day alone are refused: they would mean another moment in another place. What passes,
 * `Date.parse` reads.
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
