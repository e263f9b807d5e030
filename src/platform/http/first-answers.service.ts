import { Injectable } from '@nestjs/common';
import { Clock, DomainProblem } from '#kernel';
import type { Transaction } from '../database/database.js';
import {
  type FirstAnswer,
  type IdempotentCall,
  IdempotencyRecords,
} from './idempotency.repository.js';

/** One request under its key. */
export interface KeyedCall extends IdempotentCall {
  /** SHA-256 of the request. */
  readonly digest: Buffer;
}

/** A call, and what its request is answered once it is carried out: that is kept with it. */
export interface Keyed<Result> extends KeyedCall {
  readonly answerOf: (result: Result) => { headers: Record<string, string>; body: unknown };
}

/** Ends a request that was answered before; the interceptor gives that answer again. */
export class AnsweredBefore extends Error {
  override name = 'AnsweredBefore';

  constructor(readonly first: FirstAnswer) {
    super('This request was answered before.');
  }
}

/** Sees to it that what comes under one key is carried out once, across all processes. */
@Injectable()
export class FirstAnswers {
  constructor(
    private readonly records: IdempotencyRecords,
    private readonly clock: Clock,
  ) {}

  /**
   * Carries out commands, with a key or without, in the caller's transaction. `work` gets those that
   * are new and gives an outcome for each, in their order; of each new result under a key a record
   * is written. A command whose key was used before, or is at work elsewhere, has the outcome that
   * {@link settled} or `request/idempotency-in-progress` says, and touches no other.
   */
  async carryOut<Result, Command extends { readonly keyed?: Keyed<Result> | undefined }>(
    tx: Transaction,
    commands: readonly Command[],
    work: (fresh: readonly Command[]) => Promise<readonly (Result | Error)[]>,
  ): Promise<(Result | Error)[]> {
    const told = await this.tellApart(
      tx,
      commands.flatMap(({ keyed }) => keyed ?? []),
    );
    const fresh = commands.filter(({ keyed }) => !keyed || !told.has(keyed));
    const outcomes = fresh.length > 0 ? await work(fresh) : [];
    const records = fresh.flatMap(({ keyed }, at) => {
      const outcome = outcomes[at]!;
      return keyed && !(outcome instanceof Error) ? [recordOf(keyed, outcome)] : [];
    });
    if (records.length > 0) await this.records.append(tx, records, new Date(this.clock.now()));
    const done = new Map(fresh.map((command, at) => [command, outcomes[at]!]));
    return commands.map(
      (command) => (command.keyed && told.get(command.keyed)) ?? done.get(command)!,
    );
  }

  /** The calls that are not to be carried out, and what they are told. */
  private async tellApart(
    tx: Transaction,
    calls: readonly KeyedCall[],
  ): Promise<Map<KeyedCall, Error>> {
    const told = new Map<KeyedCall, Error>();
    if (calls.length === 0) return told;
    const locked = await this.records.lock(tx, calls);
    // A statement of its own: what the key's last holder committed was not yet there for the other.
    const firsts = await this.records.find(tx.manager, calls);
    calls.forEach((call, at) => {
      const first = firsts[at];
      if (!locked[at]) told.set(call, inProgress());
      else if (first) told.set(call, settled(call, first));
    });
    return told;
  }
}

/** What a request is told under a key that has been answered. */
export function settled({ digest }: KeyedCall, first: FirstAnswer): Error {
  if (digest.equals(first.digest)) return new AnsweredBefore(first);
  return new DomainProblem(
    'request/idempotency-key-reused',
    'This key was sent before with another method, path or body.',
  );
}

export function inProgress(): DomainProblem {
  return new DomainProblem('request/idempotency-in-progress', 'Try again in a moment.', {
    retryAfterSeconds: 1,
  });
}

function recordOf<Result>(keyed: Keyed<Result>, result: Result): IdempotentCall & FirstAnswer {
  const { clientId, key, digest } = keyed;
  const { headers, body } = keyed.answerOf(result);
  return { clientId, key, digest, headers, body: JSON.stringify(replayOf(body) ?? null) };
}

function replayOf(body: unknown): unknown {
  const { toReplay } = (body ?? {}) as { toReplay?: unknown };
  return typeof toReplay === 'function' ? toReplay.call(body) : body;
}
