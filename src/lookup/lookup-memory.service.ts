import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { decodeStanding, type Shape, type WorkStanding } from './domain/standing.js';
import type { SubjectKey, TermSet } from './domain/statements.js';
import type { SubjectStatements } from './domain/subject-statements.js';
import {
  headOf,
  type KnownLog,
  type LogHead,
  type LogMark,
  type LogNews,
  type StandingRow,
} from './lookup.query.js';

interface StoredStanding {
  readonly shape: Shape;
  readonly refs: string;
}

/** A load that is under way: what was declared meanwhile must not be remembered from it. */
interface Loading {
  readonly since: number;
  readonly changed: Set<string>;
  forgotten: boolean;
}

/** About 20 MB of standings and 70 MB of statements when full. */
const STANDINGS_MAX = 120_000;
const SUBJECTS_MAX = 100_000;
const SHAPES_MAX = 10_000;
const TERM_SETS_MAX = 20_000;

const NOTHING_KNOWN: KnownLog = {
  head: { size: -1, root: '', recordedAt: 0 },
  mark: { size: '', root: '', recordedAtMs: '' },
  tip: '',
};

/**
 * What this process remembers between lookups. Standings and shapes never change, and term sets
 * only by an erasure, which is news that makes it forget everything.
 * Statements do: they are remembered as true at {@link known}, and every lookup brings the log
 * that it saw, with what was declared in between, before anything here is used. So there is no
 * time during which an answer can be older than the log it names.
 */
@Injectable()
export class LookupMemory {
  private known: KnownLog = NOTHING_KNOWN;
  private readonly standings = new LRUCache<number, StoredStanding>({ max: STANDINGS_MAX });
  private readonly shapes = new LRUCache<string, Shape>({ max: SHAPES_MAX });
  private readonly termSets = new LRUCache<number, TermSet>({ max: TERM_SETS_MAX });
  private readonly subjects = new LRUCache<SubjectKey, SubjectStatements>({ max: SUBJECTS_MAX });
  private readonly loading = new Set<Loading>();

  /** The log to ask for news about; hand it back with them. */
  get knownLog(): KnownLog {
    return this.known;
  }

  /**
   * Whether what is remembered covers the log that a statement saw: no later than the known one.
   * `asked` is the log known when it was sent; a log that stands behind that one went back.
   */
  covers(asked: KnownLog, mark: LogMark): boolean {
    if (mark.size === asked.mark.size) return mark.root === asked.mark.root;
    const size = Number(mark.size);
    return size > asked.head.size && size <= this.known.head.size;
  }

  /**
   * Takes in what a statement saw: `news` are relative to `asked`, the log known when it was sent.
   * A log that went back, or whose last known leaf is another one, was restored from a backup:
   * then nothing remembered is true any more.
   */
  observe(asked: KnownLog, { mark, news }: { mark: LogMark; news: LogNews }): LogHead {
    const head = headOf(mark);
    const grown: KnownLog = { head, mark, tip: news.tip };
    if (news.tie !== asked.tip || head.size < asked.head.size || news.changed === null) {
      this.forget();
      this.known = grown;
      return head;
    }
    for (const key of news.changed) {
      this.subjects.delete(key as SubjectKey);
      for (const load of this.loading) load.changed.add(key);
    }
    const { size } = this.known.head;
    if (asked.head.size <= size && size < head.size) this.known = grown;
    return head;
  }

  private forget(): void {
    this.known = NOTHING_KNOWN;
    this.standings.clear();
    this.termSets.clear();
    this.subjects.clear();
    for (const load of this.loading) load.forgotten = true;
  }

  /** Marks the begin of loads whose results may be remembered; call the result when they are in. */
  beginLoading(): Loading {
    const load = { since: this.known.head.size, changed: new Set<string>(), forgotten: false };
    this.loading.add(load);
    return load;
  }

  endLoading(load: Loading): void {
    this.loading.delete(load);
  }

  standing(standingId: number): WorkStanding | undefined {
    const stored = this.standings.get(standingId);
    return stored && decodeStanding(stored.shape, stored.refs.split('\n'));
  }

  keepStanding(load: Loading, { standingId, shape, refs }: StandingRow): WorkStanding {
    let known = this.shapes.get(shape);
    if (known === undefined) {
      known = JSON.parse(shape) as Shape;
      this.shapes.set(shape, known);
    }
    if (!load.forgotten) this.standings.set(standingId, { shape: known, refs });
    return decodeStanding(known, refs.split('\n'));
  }

  termSet(termSetId: number): TermSet | undefined {
    return this.termSets.get(termSetId);
  }

  keepTermSet(load: Loading, termSetId: number, termSet: TermSet): void {
    if (!load.forgotten) this.termSets.set(termSetId, termSet);
  }

  /** Statements about a subject as they were at log size `size`, if they are remembered. */
  about(key: SubjectKey, size: number): SubjectStatements | undefined {
    const known = this.subjects.get(key);
    // A later statement may have pushed out one that counted then.
    return known !== undefined && known.lastIndex < size ? known : undefined;
  }

  /**
   * Remembers what was declared about a subject, unless something was declared while it was being
   * read, or `seenSize` (the log that the reading saw; absent for "the latest") is behind.
   */
  keepAbout(load: Loading, key: SubjectKey, about: SubjectStatements, seenSize?: number): void {
    const isBehind = seenSize !== undefined && seenSize < load.since;
    if (load.forgotten || load.changed.has(key) || isBehind) return;
    this.subjects.set(key, about);
  }
}
