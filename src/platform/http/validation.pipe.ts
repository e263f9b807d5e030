import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import { ARRAY_MAX_SIZE, getMetadataStorage, type ValidationError } from 'class-validator';
import { DomainProblem, type FieldFault } from '#kernel';

/**
 * Looks no further into a list of the body than it takes to see that it is too long: all of its elements
 * would be copied and checked before it is refused, a second for 10,000 contributors.
 */
class BoundedValidationPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const isBody = metadata.type === 'body' && typeof value === 'object' && value !== null;
    if (isBody && metadata.metatype) {
      cutLists(value as Record<string, unknown>, metadata.metatype);
    }
    return super.transform(value, metadata);
  }
}

function cutLists(body: Record<string, unknown>, dto: NonNullable<ArgumentMetadata['metatype']>) {
  for (const rule of getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false)) {
    if (rule.name !== ARRAY_MAX_SIZE) continue;
    const list = body[rule.propertyName];
    const max = rule.constraints[0] as number;
    if (Array.isArray(list) && list.length > max) list.length = max + 1;
  }
}

/** Bodies and queries must be exactly their DTO: unknown members are refused, with pointers. */
export function validationPipe(): ValidationPipe {
  return new BoundedValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: false,
    exceptionFactory: (errors) => invalid(errors.flatMap((error) => faultsOf(error, ''))),
  });
}

/** The refusal of a request with faults: at most 100 are named. */
export function invalid(faults: readonly FieldFault[]): DomainProblem {
  const first = faults[0];
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return new DomainProblem(
    'request/invalid',
    first ? `${first.pointer || '/'}: ${first.detail}${more}` : 'The request has faults.',
    { errors: faults.slice(0, 100) },
  );
}

function faultsOf(error: ValidationError, parent: string): FieldFault[] {
  // A value that is no object at all has no property to name.
  const pointer = error.property ? `${parent}/${escapePointer(error.property)}` : parent;
  const own = Object.values(error.constraints ?? {}).map((detail) => ({ pointer, detail }));
  return own.concat((error.children ?? []).flatMap((child) => faultsOf(child, pointer)));
}

/** One reference token of a JSON pointer (RFC 6901 §3). */
export function escapePointer(token: string): string {
  return token.slice(0, 128).replaceAll('~', '~0').replaceAll('/', '~1');
}
