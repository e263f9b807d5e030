import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Actor } from '../domain/actor.js';
import type { Scope } from '../domain/scopes.js';

export const ACCESS = 'fermata:access';

export type AccessRule = { kind: 'public' } | { kind: 'scope'; scope: Scope };

/** Anyone may call this route. A credential is still read when one is sent, and refused when bad. */
export const Public = () => SetMetadata(ACCESS, { kind: 'public' } satisfies AccessRule);

/** Only a credential with this scope may call this route. */
export const RequireScope = (scope: Scope) =>
  SetMetadata(ACCESS, { kind: 'scope', scope } satisfies AccessRule);

/** The actor of the request; on a public route null where no credential was sent. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor | null =>
    context.switchToHttp().getRequest<{ actor?: Actor }>().actor ?? null,
);
