import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Config, RateLimits } from '#platform';

const WINDOW_SECONDS = 15 * 60;

/** One address may stand for a household or a school, so it gets more than one account does. */
const ADDRESS_FACTOR = 10;

/**
 * Bounds guessing: so many passwords on one account, wherever from, and from one address, on
 * whatever account. Successes count too, because a guesser must not earn attempts with an account
 * of its own. The price: who knows your address can keep you from signing in for a while; sessions
 * and API keys that you have go on working.
 */
@Injectable()
export class SignInAttempts {
  constructor(
    private readonly config: Config,
    private readonly limits: RateLimits,
  ) {}

  /** Takes one attempt; `client` is that of the address. Throws `request/rate-limited`. */
  async take(attempt: { client: string; emailKey?: string }, reply: FastifyReply): Promise<void> {
    const quota = this.config.SIGN_IN_ATTEMPTS;
    const window = { windowSeconds: WINDOW_SECONDS };
    await this.limits.consume(
      { name: 'sign-in-address', quota: quota * ADDRESS_FACTOR, ...window },
      attempt.client,
      1,
      reply,
    );
    if (attempt.emailKey === undefined) return;
    await this.limits.consume({ name: 'sign-in', quota, ...window }, attempt.emailKey, 1, reply);
  }
}
