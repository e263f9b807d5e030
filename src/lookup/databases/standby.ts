import { Clock, DomainProblem } from '#kernel';
import { Config, Database, LookupPool } from '#platform';
import type { StandbyState, Verdict } from '../domain/standby-verdict.js';
import { EntryReader } from '../entry-reader.service.js';
import { LookupMemory } from '../lookup-memory.service.js';
import { LookupQuery } from '../lookup.query.js';
import { LookupService } from '../lookup.service.js';
import { DatabaseWatch } from './database-watch.query.js';

/** The standby can't answer this, or can't any more; another database may. */
export class StandbyUnfit extends Error {
  override name = 'StandbyUnfit';
}

/** Nobody can lock the head of the log on a standby, so what it has not settled stays open there. */
class StandbyQuery extends LookupQuery {
  override waitForAppends(): Promise<void> {
    return Promise.reject(new StandbyUnfit('a moment that later leaves may still belong to'));
  }
}

/**
 * One standby, with a reader and a memory of its own: what was read at its position is never mixed with
 * what another database said at another one.
 */
export class Standby {
  readonly watch: DatabaseWatch;
  private readonly service: LookupService;
  private readonly pool: LookupPool;
  private readonly running = new Set<(error: Error) => void>();
  private verdict: Verdict = { state: 'away', reason: 'It was not looked at yet.' };
  /** Its log as the last look or answer showed it. */
  size = 0;
  /** Whether the primary was found to have the same log. */
  wasCompared = false;
  /** The look at it that is under way. */
  looking: Promise<void> | null = null;

  constructor(
    url: string,
    { config, database, clock }: { config: Config; database: Database; clock: Clock },
  ) {
    this.watch = new DatabaseWatch(url);
    this.pool = LookupPool.toStandby(config, url);
    const query = new StandbyQuery(this.pool, database);
    const memory = new LookupMemory();
    this.service = new LookupService(this.pool, query, new EntryReader(query), memory, clock);
  }

  get state(): StandbyState {
    return this.verdict.state;
  }

  get reason(): string | null {
    return this.verdict.reason;
  }

  /** Takes it in or out; what still runs on one that is taken out fails at once. True for news. */
  settle(verdict: Verdict): boolean {
    const isNews = verdict.state !== this.verdict.state;
    this.verdict = verdict;
    if (verdict.state !== 'serving') {
      const lost = new StandbyUnfit(verdict.reason ?? '');
      for (const cut of this.running) cut(lost);
      this.running.clear();
    }
    return isNews;
  }

  /**
   * Runs a lookup here. Throws the problem that whoever asks has caused, and {@link StandbyUnfit}
   * whenever another database should be asked instead.
   */
  run<T>(work: (lookup: LookupService) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.running.add(reject);
      work(this.service)
        .then(resolve, (error: unknown) => {
          const isOwn = error instanceof DomainProblem || error instanceof StandbyUnfit;
          reject(isOwn ? error : new StandbyUnfit(String(error), { cause: error }));
        })
        .finally(() => this.running.delete(reject));
    });
  }

  async end(): Promise<void> {
    this.settle({ state: 'away', reason: 'The server is stopping.' });
    this.watch.end();
    await this.pool.end();
  }
}
