import type { FastifyRequest } from 'fastify';
import type { Actor } from '../domain/actor.js';

/** A request after the access guard. */
export interface AccessRequest extends FastifyRequest {
  /** Who asks; absent on a public route without a credential. */
  actor?: Actor;
  /** By whom limits count: `account:<id>`, or `address:<ip>` without a credential. */
  clientId?: string;
}
