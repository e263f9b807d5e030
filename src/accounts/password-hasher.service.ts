import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hash, type Options, verify } from '@node-rs/argon2';
import { DomainProblem } from '#kernel';
import { normalizePassword } from './domain/password-policy.js';

/** Argon2id at OWASP's minimum: 19 MiB, two passes, one lane. */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Each hash takes a core for some 40 ms; the rest of the machine belongs to lookups. */
const RUNNING_MAX = 2;

/** Beyond this the wait would be longer than people have patience for. */
const WAITING_MAX = 32;

/** Hashes passwords, few at a time; refuses with `server/overloaded` when too many wait. */
@Injectable()
export class PasswordHasher implements OnModuleInit {
  /** Tests, which hash hundreds of passwords that protect nothing, lower it. */
  cost = COST;
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy: string;

  async onModuleInit(): Promise<void> {
    this.decoy = await this.hash(randomBytes(32).toString('hex'));
  }

  /** The PHC text of a password. */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalizePassword(password), this.cost));
  }

  /**
   * True if the password is the hashed one. For `null` (no such account) the same work is done on
   * a decoy, so that the time of the answer doesn't tell which addresses have an account.
   */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    const right = await this.inTurn(() =>
      verify(passwordHash ?? this.decoy, normalizePassword(password)),
    );
    return right && passwordHash !== null;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < RUNNING_MAX) this.running += 1;
    else await this.turn();
    try {
      return await work();
    } finally {
      // The place is handed on rather than freed, so that a newcomer can't take it from the queue.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= WAITING_MAX) {
      throw new DomainProblem('server/overloaded', 'Too many people are signing in right now.', {
        retryAfterSeconds: 2,
      });
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
