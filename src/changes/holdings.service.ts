import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { JobFiles, LookupJobsService, readRows } from '#bulk';
import { Clock, DomainProblem, isId, newId } from '#kernel';
import { type Item, readIdentified } from '#lookup';
import { WebhooksService } from '#notices';
import { Config, Database, invalid, type Transaction } from '#platform';
import { ChangesQuery } from './changes.query.js';
import { encodePosition, type Position, positionAt } from './domain/index.js';
import { HoldingEntity } from './entities/holding.entity.js';
import { HoldingChanges, type HoldingPage } from './holding-changes.service.js';
import { type HeldIdentifier, HoldingsRepository } from './holdings.repository.js';

const HOLDINGS_MAX = 100;

export interface NewHolding {
  /** Either these or those of a finished lookup job. */
  readonly identifiers?: readonly HeldIdentifier[];
  readonly job?: string;
  readonly webhook?: string;
  /** Log size from which on changes count; what the job was answered at, or now, where it is not said. */
  readonly since?: number;
}

/** What an account holds and wants to know the changes of. */
@Injectable()
export class HoldingsService {
  constructor(
    private readonly database: Database,
    private readonly holdings: HoldingsRepository,
    private readonly changes: HoldingChanges,
    private readonly query: ChangesQuery,
    private readonly jobs: LookupJobsService,
    private readonly files: JobFiles,
    private readonly webhooks: WebhooksService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Has these identifiers watched. All of them are taken in or none. */
  async create(actor: Actor, wanted: NewHolding): Promise<HoldingEntity> {
    const { batches, since: from } = await this.source(actor, wanted);
    const webhookId = wanted.webhook ?? null;
    if (webhookId !== null) await this.webhooks.getOwn(actor, webhookId);
    const since = wanted.since ?? from;
    const holding: HoldingEntity = Object.assign(new HoldingEntity(), {
      ...{ holdingId: newId('holding'), accountId: actor.accountId, webhookId, identifiers: 0 },
      ...{ since: String(since), told: encodePosition(positionAt(since)), toldUpTo: String(since) },
      ...{ state: 'active' as const, failures: 0, retryAt: null, leasedUntil: null },
      createdAt: new Date(this.clock.now()),
    });
    await this.database.transaction(async (tx) => {
      const own = await this.holdings.lockOfAccount(tx, actor.accountId);
      if (own.length >= HOLDINGS_MAX) throw tooMuch(`The account has ${own.length} holdings.`);
      const room = own.reduce(
        (left, one) => left - one.identifiers,
        this.config.HELD_IDENTIFIERS_MAX,
      );
      await this.holdings.insert(tx, holding);
      holding.identifiers = await this.fill(tx, holding.holdingId, batches, room);
      await this.holdings.setCount(tx, holding.holdingId, holding.identifiers);
    });
    if (webhookId !== null) await this.holdings.queuePending(holding.holdingId);
    return holding;
  }

  list(actor: Actor): Promise<HoldingEntity[]> {
    return this.holdings.listOf(actor.accountId);
  }

  async get(actor: Actor, holdingId: string): Promise<HoldingEntity> {
    const holding = isId('holding', holdingId)
      ? await this.holdings.findOf(actor.accountId, holdingId)
      : null;
    if (!holding) {
      const detail = 'This account has no holding of this id.';
      throw new DomainProblem('changes/holding-not-found', detail);
    }
    return holding;
  }

  /** What of it changed from a position on; from where it begins, if none is said. */
  async read(
    actor: Actor,
    holdingId: string,
    from: Position | null,
    limit: number,
  ): Promise<HoldingPage & { from: Position }> {
    const holding = await this.get(actor, holdingId);
    const position = from ?? positionAt(Number(holding.since));
    return { from: position, ...(await this.changes.read(holdingId, position, limit)) };
  }

  /** Goes on telling where that was given up, or tries again now. */
  async resume(actor: Actor, holdingId: string): Promise<HoldingEntity> {
    await this.get(actor, holdingId);
    await this.database.transaction((tx) => this.holdings.resume(tx, holdingId));
    await this.holdings.queuePending(holdingId);
    return this.get(actor, holdingId);
  }

  async delete(actor: Actor, holdingId: string): Promise<void> {
    await this.get(actor, holdingId);
    await this.database.transaction((tx) => this.holdings.delete(tx, holdingId));
  }

  /** Where the identifiers come from, and the log size that their answers are known at. */
  private async source(
    actor: Actor,
    { identifiers, job }: NewHolding,
  ): Promise<{ batches: AsyncIterable<HeldIdentifier[]>; since: number }> {
    // JSON's null says nothing either.
    const [list, wantedJob] = [identifiers ?? null, job ?? null];
    if ((list === null) === (wantedJob === null)) {
      throw invalid([{ pointer: '/identifiers', detail: 'say either "identifiers" or "job"' }]);
    }
    if (list !== null) {
      const all = readAll(list);
      return { batches: only(all), since: await this.query.publishedSize() };
    }
    const { jobId, format, firstLogSize } = await this.jobs.getFinished(actor, wantedJob!);
    const rows = readRows(format, this.files.input(jobId, 0));
    // Nothing of it was answered where no row was there.
    const since = firstLogSize === null ? await this.query.publishedSize() : Number(firstLogSize);
    return { batches: readable(rows.batches), since };
  }

  private async fill(
    tx: Transaction,
    holdingId: string,
    batches: AsyncIterable<HeldIdentifier[]>,
    room: number,
  ): Promise<number> {
    let count = 0;
    for await (const items of batches) {
      count += await this.holdings.addItems(tx, holdingId, items);
      if (count > room) throw tooMuch(`There is room for ${room} more identifiers.`);
    }
    if (count > 0) return count;
    throw new DomainProblem('changes/nothing-held', 'No identifier was found that could be read.');
  }
}

/** The identifiers in their canonical form. Throws `request/invalid` with all that are none. */
function readAll(identifiers: readonly HeldIdentifier[]): HeldIdentifier[] {
  const items = identifiers.map(({ scheme, value }) => readIdentified(scheme, value));
  const faults = items.flatMap((item, at) =>
    item.result === 'invalid_identifier'
      ? [{ pointer: `/identifiers/${at}/value`, detail: item.refusal.detail }]
      : [],
  );
  if (faults.length > 0) throw invalid(faults.slice(0, 100));
  return items.flatMap(heldOf);
}

function heldOf(item: Item): HeldIdentifier[] {
  if (item.result !== 'readable') return [];
  const { scheme, value } = item.identifier;
  return [{ scheme, value }];
}

async function* only<T>(batch: T): AsyncGenerator<T, void> {
  yield batch;
}

async function* readable(
  batches: AsyncIterable<{ item: Item }[]>,
): AsyncGenerator<HeldIdentifier[], void> {
  for await (const rows of batches) yield rows.flatMap(({ item }) => heldOf(item));
}

function tooMuch(detail: string): DomainProblem {
  return new DomainProblem('changes/too-much-held', detail);
}
