import { Injectable } from '@nestjs/common';
import type { WorkFacts } from '#consent/domain';
import { isCountedFromRelease } from './domain/known.js';
import type { WorkStanding } from './domain/standing.js';
import { workFactsOf } from './domain/work-facts.js';
import { Gathered } from './gathered.js';
import { LookupMemory } from './lookup-memory.service.js';
import { LookupQuery, type Runner } from './lookup.query.js';

/** What the evaluation has to know of all works in one standing. */
export interface Situation {
  /** Whether works in it differ by the day of their release. */
  readonly isDated: boolean;
  /** The facts of such a work that goes by `name`, as a lookup would evaluate them. */
  facts(name: string, releasedOn: string | undefined): WorkFacts;
}

/** Reads standings by their ids, whole catalogues of them, apart from what lookups remember. */
export interface SituationReader {
  read(standingIds: readonly number[]): Promise<Map<number, Situation>>;
}

/** The facts that lookups answer from, for whoever writes all answers down. */
@Injectable()
export class Situations {
  constructor(private readonly query: LookupQuery) {}

  /** `run` must be in a REPEATABLE READ transaction that sees a log of `logSize` leaves. */
  begin(run: Runner, logSize: number): SituationReader {
    // Its own memory: a reading of everything would push out what lookups need.
    const memory = new LookupMemory();
    return { read: (standingIds) => this.read(run, logSize, memory, standingIds) };
  }

  private async read(
    run: Runner,
    logSize: number,
    memory: LookupMemory,
    standingIds: readonly number[],
  ): Promise<Map<number, Situation>> {
    const load = memory.beginLoading();
    const standings = new Map<number, WorkStanding>();
    for (const row of await this.query.listStandings(run, standingIds)) {
      standings.set(row.standingId, memory.keepStanding(load, row));
    }
    memory.endLoading(load);
    const gathered = new Gathered();
    const reading = { run, logSize, isSnapshot: true };
    await gathered.gather(standings.values(), reading, this.query, memory);
    return new Map(
      [...standings].map(([standingId, standing]) => [
        standingId,
        {
          isDated: isCountedFromRelease(standing, gathered),
          facts: (name, releasedOn) => workFactsOf({ ...standing, releasedOn }, name, gathered),
        },
      ]),
    );
  }
}
