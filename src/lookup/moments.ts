import { LRUCache } from 'lru-cache';
import { Answerer } from './domain/answerer.js';
import type { Ask } from './domain/ask.js';
import { writeComputed } from './domain/envelope-text.js';
import type { WorkStanding } from './domain/standing.js';
import { Gathered } from './gathered.js';
import type { LookupMemory } from './lookup-memory.service.js';
import type { LogHead, LogMark } from './lookup.query.js';

/** How long one moment serves requests that ask the same. */
const MOMENT_MS = 100;

/**
 * One moment at one log, for one ask: what was worked out for a standing serves every request that
 * asks the same within a tenth of a second. The answer names this moment as its `asOf`, so it says
 * exactly what it is; a change of the log begins a new one.
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
  private readonly current = new LRUCache<Ask, { mark: LogMark; moment: Moment }>({ max: 32 });

  constructor(private readonly memory: LookupMemory) {}

  /** The moment for this ask at this log: the current one, or a new one at `now` (epoch ms). */
  at(ask: Ask, mark: LogMark, log: LogHead, now: number): Moment {
    const known = this.current.get(ask);
    if (known && known.mark.root === mark.root && known.mark.size === mark.size) {
      const age = now - known.moment.asOf;
      if (age >= 0 && age < MOMENT_MS) return known.moment;
    }
    const asOf = Math.max(now, log.recordedAt);
    const byId = new Map<number, WorkStanding>();
    const gathered = new Gathered();
    const standings = { byId, licensed: NOBODY };
    const remembered = this.memory.answersTo(ask, gathered, log.size);
    const answerer = new Answerer(ask, asOf, standings, gathered, remembered);
    const computed = writeComputed(ask, { asOf, log });
    const moment = { asOf, log, byId, gathered, answerer, computed };
    this.current.set(ask, { mark, moment });
    return moment;
  }
}
