import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { RememberedAnswers } from './domain/answerer.js';
import type { Ask } from './domain/ask.js';
import type { Known } from './domain/known.js';
import type { LastingAnswer } from './domain/lasting-answer.js';
import { decodeStanding, type Shape, type WorkStanding } from './domain/standing.js';
import type { SubjectKey, TermSet } from './domain/statements.js';
import type { SubjectStatements } from './domain/subject-statements.js';
import { subjectKeysOf } from './domain/work-facts.js';
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

/** What is remembered of a subject, for as long as it is; then null, so that no answer keeps it alive. */
interface RememberedSubject {
  about: SubjectStatements | null;
}

interface StoredAnswer {
  readonly answer: LastingAnswer;
  /** It holds while all of these are remembered. */
  readonly restsOn: readonly RememberedSubject[];
}

/** A load that is under way: what was declared meanwhile must not be remembered from it. */
interface Loading {
  /** Whether it sees an older log than the known one. */
  readonly isBehind: boolean;
  readonly changed: Set<string>;
  forgotten: boolean;
}

/** About 20 MB of standings and 70 MB of statements when full. */
const STANDINGS_MAX = 120_000;
const SUBJECTS_MAX = 100_000;
const SHAPES_MAX = 10_000;
const TERM_SETS_MAX = 20_000;
/** Of answers, in characters; each takes about so many bytes beside them. */
const ANSWERS_SIZE_MAX = 64 * 1024 * 1024;
const ANSWER_OVERHEAD = 400;
const ASKS_MAX = 1_000;
/** Numbers of standings are below this. */
const STANDING_SPAN = 2 ** 32;
/** With a number of an ask up to here, a key is a safe integer: beyond, two standings would share one. */
const ASK_NUMBER_MAX = 2 ** 21 - 1;

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
  private readonly subjects = new LRUCache<SubjectKey, RememberedSubject>({
    max: SUBJECTS_MAX,
    dispose: (subject) => (subject.about = null),
  });
  /** By ask and standing. */
  private readonly answers = new LRUCache<number, StoredAnswer>({
    maxSize: ANSWERS_SIZE_MAX,
    sizeCalculation: ({ answer }) => answer.length + ANSWER_OVERHEAD,
  });
  private readonly asks = new LRUCache<string, number>({ max: ASKS_MAX });
  /** The last number that an ask was given. */
  private lastAsk = 0;
  /** How often answers were forgotten: who began before neither keeps one nor is given one. */
  private forgettings = 0;
  /** Size of the log at which everything was last forgotten: nothing seen before may be remembered. */
  private forgottenAt = 0;
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
    const { size: knownSize } = this.known.head;
    if (mark.size === asked.mark.size) {
      return mark.root === asked.mark.root && asked.head.size <= knownSize;
    }
    const size = Number(mark.size);
    return size > asked.head.size && size <= knownSize;
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
      const { known } = this;
      this.forget();
      // Others may have seen a later log meanwhile and answer at it: nothing older may be remembered.
      this.known = known === asked || known.head.size < head.size ? grown : known;
      this.forgottenAt = this.known.head.size;
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
    // What they say of standings and terms is forgotten as well.
    this.forgetAnswers();
    for (const load of this.loading) load.forgotten = true;
  }

  private forgetAnswers(): void {
    this.forgettings += 1;
    this.answers.clear();
    this.asks.clear();
    this.lastAsk = 0;
  }

  /**
   * Marks the begin of loads whose results may be remembered, until {@link endLoading}. `seenSize` is the log
   * that they see; absent for "the latest". What a snapshot of before an erasure still has is not kept.
   */
  beginLoading(seenSize?: number): Loading {
    const forgotten = seenSize !== undefined && seenSize < this.forgottenAt;
    const isBehind = seenSize !== undefined && seenSize < this.known.head.size;
    const load = { isBehind, changed: new Set<string>(), forgotten };
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
    const about = this.subjects.get(key)?.about;
    // A later statement may have pushed out one that counted then.
    return about && about.lastIndex < size ? about : undefined;
  }

  /**
   * Remembers what was declared about a subject, unless something was declared while it was being
   * read, or the log that the reading saw is behind.
   */
  keepAbout(load: Loading, key: SubjectKey, about: SubjectStatements): void {
    if (load.forgotten || load.changed.has(key) || load.isBehind) return;
    this.subjects.set(key, { about });
  }

  /**
   * The answers to an ask about the present that hold at log size `size`: what every lookup brings
   * of the log before it uses them takes those out that it changes. `known` is what new ones are worked
   * out from.
   */
  answersTo(ask: Ask, known: Known, size: number): RememberedAnswers {
    const asked = this.numberOf(ask) * STANDING_SPAN;
    const { forgettings } = this;
    const isBehind = size < this.forgottenAt;
    const isHeld = ({ about }: RememberedSubject) => about !== null && about.lastIndex < size;
    return {
      answer: (standingId) => {
        if (isBehind || this.forgettings !== forgettings) return undefined;
        const stored = this.answers.get(asked + standingId);
        return stored?.restsOn.every(isHeld) ? stored.answer : undefined;
      },
      keep: (standingId, standing, answer) => {
        // It rests on standings and terms that may be gone by now.
        if (isBehind || this.forgettings !== forgettings) return;
        const restsOn: RememberedSubject[] = [];
        for (const key of subjectKeysOf(standing)) {
          const subject = this.subjects.get(key);
          // Worked out from what is not, or no longer, remembered: nobody would take it out.
          if (subject === undefined || subject.about !== known.subject(key)) return;
          restsOn.push(subject);
        }
        this.answers.set(asked + standingId, { answer, restsOn });
      },
    };
  }

  /** Asks that ask the same have one number, and no others have it until answers are forgotten. */
  private numberOf({ purposes, inquiry, unknownPolicy }: Ask): number {
    const text = JSON.stringify([purposes, inquiry, unknownPolicy]);
    let number = this.asks.get(text);
    if (number === undefined) {
      if (this.lastAsk === ASK_NUMBER_MAX) this.forgetAnswers();
      number = this.lastAsk += 1;
      this.asks.set(text, number);
    }
    return number;
  }
}
