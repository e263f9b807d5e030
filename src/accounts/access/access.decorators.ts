import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import type { Actor } from '../domain/actor.js';
import type { Scope } from '../domain/scopes.js';

export const ACCESS = 'fermata:access';
export const OWN_RATE_LIMIT = 'fermata:own-rate-limit';

/** The name of our one security scheme in the OpenAPI document. */
const BEARER = 'bearer';

export type AccessRule =
  { kind: 'public' } | { kind: 'signed-in' } | { kind: 'scope'; scope: Scope };

const declare = (rule: AccessRule) => SetMetadata(ACCESS, rule);

/**
 * Anyone may call this route. An Authorization header is still read when one is sent, and refused
 * when bad; a stale session cookie is taken back and otherwise ignored.
 */
export const Public = () =>
  applyDecorators(declare({ kind: 'public' }), ApiSecurity({}), ApiSecurity(BEARER));

/** Any good credential may call this route, whatever its scopes. */
export const RequireSignIn = () =>
  applyDecorators(declare({ kind: 'signed-in' }), ApiSecurity(BEARER));

/** Only a credential with this scope may call this route. */
export const RequireScope = (scope: Scope) =>
  applyDecorators(declare({ kind: 'scope', scope }), ApiSecurity(BEARER));

/** The route counts its own limit (by cost), so the general one leaves it alone. */
export const OwnRateLimit = () => SetMetadata(OWN_RATE_LIMIT, true);

/** The actor of the request; on a public route null where no credential was sent. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor | null =>
    context.switchToHttp().getRequest<{ actor?: Actor }>().actor ?? null,
);
