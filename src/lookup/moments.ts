import { LRUCache } from 'lru-cache';
import { Answerer } from './domain/answerer.js';
import type { Ask } from './domain/ask.js';
import { writeComputed } from './domain/envelope-text.js';
import type { WorkStanding } from './domain/standing.js';
import { Gathered } from './gathered.js';
import type { LogHead, LogMark } from './lookup.query.js';

/** How long and how much moments serve requests that ask the same. */
export interface MomentLimits {
  readonly ms: number;
  /** How many asks have one at a time. */
  readonly asks: number;
  /** A moment that holds more standings is not used again: each may hold an answer of a kilobyte. */
  readonly standings: number;
}

/** Single lookups: moments hold little, and a hundred requests a second make up for them. */
const OF_SINGLES: MomentLimits = { ms: 100, asks: 32, standings: 30_000 };

/** Batches of the same ask follow each other, and what a moment saves is most of what they cost. */
export const OF_BATCHES: MomentLimits = { ms: 1_000, asks: 2, standings: 30_000 };

/**
 * One moment at one log, for one ask: what was worked out for a standing serves every request that
 * asks the same within a tenth of a second, or a second for batches. The answer names this moment as
 * its `asOf`, so it says exactly what it is; a change of the log begins a new one.
 */
export interface Moment {
  readonly asOf: number;
  readonly log: LogHead;
  readonly byId: Map<number, WorkStanding>;
  readonly gathered: Gathered;
  readonly answerer: Answerer;
  /** The members that are the same for every item, as `writeComputed` writes them. */
  readonly computed: string;
}

const NOBODY = new Map<string, never>();

/** The current moments, one for each ask that is remembered as an object. */
export class Moments {
  /** Few: a moment holds answers, and one that nobody comes back to must not stay. */
  private readonly current: LRUCache<Ask, { mark: LogMark; moment: Moment }>;

  constructor(private readonly limits: MomentLimits = OF_SINGLES) {
    this.current = new LRUCache({ max: limits.asks });
  }

  /** The moment for this ask at this log: the current one, or a new one at `now` (epoch ms). */
  at(ask: Ask, mark: LogMark, log: LogHead, now: number): Moment {
    const known = this.current.get(ask);
    if (known && known.mark.root === mark.root && known.mark.size === mark.size) {
      const age = now - known.moment.asOf;
      const isFull = known.moment.byId.size > this.limits.standings;
      if (age >= 0 && age < this.limits.ms && !isFull) return known.moment;
    }
    const asOf = Math.max(now, log.recordedAt);
    const byId = new Map<number, WorkStanding>();
    const gathered = new Gathered();
    const answerer = new Answerer(ask, asOf, { byId, licensed: NOBODY }, gathered);
    const computed = writeComputed(ask, { asOf, log });
    const moment = { asOf, log, byId, gathered, answerer, computed };
    this.current.set(ask, { mark, moment });
    return moment;
  }
}
