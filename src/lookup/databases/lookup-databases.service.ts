import { setTimeout as sleep } from 'node:timers/promises';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Clock, DomainProblem } from '#kernel';
import { Config, Database } from '#platform';
import { judgeStandby, LagFloor, type StandbyState } from '../domain/standby-verdict.js';
import { type Computed, LookupService } from '../lookup.service.js';
import { DatabaseWatch } from './database-watch.query.js';
import { Standby, StandbyUnfit } from './standby.js';

/** How often every database is looked at. */
const WATCH_MS = 500;
/** How long an answer waits for a standby to catch up with what the client has seen. */
const WAIT_MS = 300;
const WAIT_STEP_MS = 10;

/** How a standby is, for whoever watches the registry. */
export interface StandbyHealth {
  readonly state: StandbyState;
  readonly reason: string | null;
  readonly size: number;
}

/**
 * Chooses the database that a lookup is read from: a standby that is new enough, in turn, or else the
 * primary. Nothing is ever decided by what a standby said, apart from the answer that names its log.
 */
@Injectable()
export class LookupDatabases implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Standbys');
  private readonly standbys: readonly Standby[];
  private readonly primary: DatabaseWatch;
  private readonly floor: LagFloor;
  private isPrimaryReached = true;
  private turn = 0;
  private readonly end = new AbortController();
  private watching: Promise<void> = Promise.resolve();

  constructor(
    private readonly service: LookupService,
    config: Config,
    database: Database,
    clock: Clock,
  ) {
    const urls = config.LOOKUP_DATABASE_URLS?.split(',') ?? [];
    this.standbys = urls.map((url) => new Standby(url, { config, database, clock }));
    this.primary = new DatabaseWatch(config.DATABASE_URL!);
    this.floor = new LagFloor(config.LOOKUP_LAG_MAX_MS);
  }

  /** Standbys are compared with the primary before the first lookup may be read from one. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.standbys.length === 0) return;
    await this.look();
    this.watching = this.watch();
  }

  async onApplicationShutdown(): Promise<void> {
    this.end.abort();
    await this.watching;
    this.primary.end();
    await Promise.all(this.standbys.map((one) => one.end()));
  }

  /** The standbys in the order of the setting. */
  get health(): readonly StandbyHealth[] {
    return this.standbys.map(({ state, reason, size }) => ({ state, reason, size }));
  }

  /** Whether lookups are answered even without the primary. */
  get isServedByStandbys(): boolean {
    return this.standbys.some(({ state }) => state === 'serving');
  }

  /**
   * Runs a lookup on a database whose log has at least `minSize` leaves. A database that fails meanwhile
   * is left and the next is asked. Throws `lookup/log-not-reached` where nobody has seen that log.
   */
  async read<T extends Computed>(
    minSize: number,
    work: (lookup: LookupService) => Promise<T>,
  ): Promise<T> {
    for (const standby of this.inTurn()) {
      const least = Math.max(minSize, this.floor.at(performance.now()));
      if (!(await this.reaches(standby, minSize))) continue;
      try {
        const answer = await standby.run(work);
        standby.size = Math.max(standby.size, answer.log.size);
        if (answer.log.size >= least) return answer;
      } catch (error) {
        if (!(error instanceof StandbyUnfit)) throw error;
        if (isLost(error)) this.take(standby, 'away', 'It does not answer.');
      }
    }
    const answer = await work(this.service);
    if (answer.log.size < minSize) throw notReached(minSize, answer.log.size);
    return answer;
  }

  /** Leaves of the log in the database that is written to; 0 where no other could be read from. */
  async newestSize(): Promise<number> {
    if (this.standbys.length === 0) return 0;
    return (await this.primary.seePrimary(0)).size;
  }

  /** Those that serve, beginning with another one each time. */
  private inTurn(): Standby[] {
    const serving = this.standbys.filter(({ state }) => state === 'serving');
    if (serving.length < 2) return serving;
    this.turn = (this.turn + 1) % serving.length;
    return [...serving.slice(this.turn), ...serving.slice(0, this.turn)];
  }

  /** Waits shortly for a standby that has not caught up with `size`, as most have in no time. */
  private async reaches(standby: Standby, size: number): Promise<boolean> {
    const until = performance.now() + WAIT_MS;
    while (standby.size < size) {
      if (performance.now() > until || standby.state !== 'serving') return false;
      await this.lookAt(standby);
      if (standby.size < size) await sleep(WAIT_STEP_MS);
    }
    return true;
  }

  private async watch(): Promise<void> {
    const { signal } = this.end;
    while (!signal.aborted) {
      await sleep(WATCH_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.look();
    }
  }

  private async look(): Promise<void> {
    const primary = await this.primary.seePrimary(0).catch(() => null);
    this.isPrimaryReached = primary !== null;
    if (primary) this.floor.see(primary.size, performance.now());
    await Promise.all(this.standbys.map((one) => this.lookAt(one)));
  }

  private lookAt(standby: Standby): Promise<void> {
    return (standby.looking ??= this.compare(standby).finally(() => (standby.looking = null)));
  }

  /** The standby first: a primary that is looked at later has everything that the standby had. */
  private async compare(standby: Standby): Promise<void> {
    try {
      const sight = await standby.watch.seeStandby();
      const beside = this.isPrimaryReached
        ? await this.primary.seePrimary(sight.size).catch(() => null)
        : null;
      const floor = this.floor.at(performance.now());
      const { wasCompared } = standby;
      const { state, reason } = judgeStandby(sight, beside, { floor, wasCompared });
      if (beside) standby.wasCompared = state !== 'refused';
      standby.size = sight.size;
      this.take(standby, state, reason);
    } catch {
      this.take(standby, 'away', 'It does not answer.');
    }
  }

  private take(standby: Standby, state: StandbyState, reason: string | null): void {
    if (this.end.signal.aborted || !standby.settle({ state, reason })) return;
    const number = this.standbys.indexOf(standby) + 1;
    if (state === 'refused') this.logger.error(`Standby ${number} is refused: ${reason}`);
    else this.logger.warn(`Standby ${number} is ${state}${reason ? `: ${reason}` : ''}`);
  }
}

/** Whether the server itself is gone, and not only this statement. */
function isLost({ cause }: StandbyUnfit): boolean {
  const { code, message } = (cause ?? {}) as { code?: string; message?: string };
  // All connections are in use: that alone is no reason to cut what they do.
  if (cause === undefined || message?.startsWith('timeout exceeded when trying')) return false;
  // A state of five characters comes from a server that answers; 57P is one that is going.
  return !/^(?!E)[0-9A-Z]{5}$/.test(code ?? '') || code!.startsWith('57P');
}

function notReached(wanted: number, size: number): DomainProblem {
  return new DomainProblem(
    'lookup/log-not-reached',
    `The log has ${size} leaves here, and the answer is to be from ${wanted} or more.`,
    { size, retryAfterSeconds: 1 },
  );
}
