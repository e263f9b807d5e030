import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#accounts';
import { Config, RateLimits, type RatePolicy } from '#platform';
import { ITEMS_MAX } from './domain/items.js';

/** Limits of lookups by the number of identifiers, higher for whoever says who they are. */
@Injectable()
export class LookupLimits {
  private readonly anonymous: RatePolicy;
  private readonly keyed: RatePolicy;

  constructor(
    private readonly limits: RateLimits,
    config: Config,
  ) {
    const policy = (quota: number): RatePolicy => ({ name: 'lookups', quota, windowSeconds: 60 });
    this.anonymous = policy(config.ANONYMOUS_LOOKUPS_PER_MINUTE);
    this.keyed = policy(config.KEYED_LOOKUPS_PER_MINUTE);
  }

  /** Identifiers that may be taken at once: a batch, or all of the quota where that is less. */
  most(actor: Actor | null): number {
    return Math.min(ITEMS_MAX, (actor ? this.keyed : this.anonymous).quota);
  }

  /** Takes the cost of `items` identifiers; throws `request/rate-limited`. */
  consume(
    request: FastifyRequest & { clientId?: string },
    actor: Actor | null,
    items: number,
    reply: FastifyReply,
  ): Promise<void> {
    const client = request.clientId ?? `address:${request.ip}`;
    return this.limits.consume(actor ? this.keyed : this.anonymous, client, items, reply);
  }
}
