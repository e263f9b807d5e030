import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainProblem } from '#kernel';

export interface RatePolicy {
  /** Name in the RateLimit-Policy header, for example `lookups`. */
  name: string;
  /** Points in a window. */
  quota: number;
  windowSeconds: number;
}

/**
 * Limits by cost: a batch of 10,000 identifiers costs 10,000 points. Counted in this process
 * alone: with N processes behind one address a client gets up to N quotas, which is enough to keep
 * one client from starving the others.
 */
@Injectable()
export class RateLimits {
  private readonly limiters = new Map<string, RateLimiterMemory>();

  /**
   * Takes `cost` points of `client`'s quota and says in RateLimit-Policy and RateLimit what is
   * left (draft-ietf-httpapi-ratelimit-headers-10). Throws `request/rate-limited`.
   */
  async consume(
    policy: RatePolicy,
    client: string,
    cost: number,
    reply: FastifyReply,
  ): Promise<void> {
    const { name, quota, windowSeconds } = policy;
    reply.header('RateLimit-Policy', `"${name}";q=${quota};w=${windowSeconds}`);
    try {
      const left = await this.limiterOf(policy).consume(client, cost);
      const seconds = Math.ceil(left.msBeforeNext / 1000);
      reply.header('RateLimit', `"${name}";r=${left.remainingPoints};t=${seconds}`);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      reply.header('RateLimit', `"${name}";r=0;t=${seconds}`);
      throw new DomainProblem(
        'request/rate-limited',
        `The limit is ${quota} in ${windowSeconds} seconds; wait ${seconds} seconds.`,
        { retryAfterSeconds: seconds },
      );
    }
  }

  private limiterOf(policy: RatePolicy): RateLimiterMemory {
    const id = `${policy.name}:${policy.quota}:${policy.windowSeconds}`;
    let limiter = this.limiters.get(id);
    if (!limiter) {
      limiter = new RateLimiterMemory({
        keyPrefix: id,
        points: policy.quota,
        duration: policy.windowSeconds,
      });
      this.limiters.set(id, limiter);
    }
    return limiter;
  }
}
