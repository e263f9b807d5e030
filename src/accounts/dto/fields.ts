import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, Matches, MaxLength, ValidateBy } from 'class-validator';
import { isEmailAddress } from '../domain/email.js';

/** A string that can be an e-mail address. */
export const IsEmailAddress = () =>
  applyDecorators(
    IsString(),
    ValidateBy({
      name: 'isEmailAddress',
      validator: {
        validate: (value) => typeof value === 'string' && isEmailAddress(value),
        defaultMessage: () => '$property must be an e-mail address',
      },
    }),
  );

/**
 * A name that people read: 1 to `max` characters on one line, without those that turn the writing
 * direction of what stands beside it.
 */
export const IsLabel = (max: number) =>
  applyDecorators(
    Transform(({ value }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    MaxLength(max),
    Matches(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+$/u, {
      message: '$property must be one line of text without control characters',
    }),
  );
