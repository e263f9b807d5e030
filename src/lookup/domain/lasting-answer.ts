import type { PurposeAnswer } from '#consent/domain';
import type { WorkKind } from '#vocabulary';
import { instant, writePurposes } from './answer-text.js';
import type { Answered } from './answered.js';

/** No JSON text holds it, so it parts a text where an instant belongs. */
const GAP = '\0';

/** When an answer's validity ends: at a known change, or so many ms after it was given. */
interface End {
  readonly changesAt: number;
  readonly lastsMs: number;
}

/**
 * What all works in one standing come to from a moment on, until something known changes it or
 * something new is recorded. Only the ends of its validity move with the moment that it is given at.
 */
export class LastingAnswer {
  /** From this moment on, and until before that one; epoch ms. */
  readonly from: number;
  readonly until: number;
  /** UTF-16 units of its text. */
  readonly length: number;
  private readonly parts: readonly string[];
  private readonly ends: readonly End[];

  /** `answers` were worked out for the moment `from`, for works that go by no name. */
  constructor(
    readonly kind: WorkKind,
    readonly result: Answered['result'],
    answers: readonly PurposeAnswer[],
    from: number,
  ) {
    const ends: End[] = [];
    const text = writePurposes(answers, '', ({ changesAt, validUntil }) => {
      ends.push({ changesAt, lastsMs: changesAt > validUntil ? validUntil - from : Infinity });
      return GAP;
    });
    this.from = from;
    this.until = Math.min(...answers.map(({ changesAt }) => changesAt));
    this.length = text.length;
    this.parts = text.split(GAP);
    this.ends = ends;
  }

  /** As it is given at a moment (epoch ms) from {@link from} on and before {@link until}. */
  at(asOf: number): Answered {
    let purposes = this.parts[0]!;
    for (let at = 0; at < this.ends.length; at += 1) {
      const { changesAt, lastsMs } = this.ends[at]!;
      purposes += instant(Math.min(changesAt, asOf + lastsMs)) + this.parts[at + 1]!;
    }
    return { result: this.result, purposes };
  }
}
