import {
  inBatches,
  type LookupAnswer,
  NoAnswer,
  type Question as Asking,
  type RegistryClient,
  RegistryProblem,
  UnusableAnswer,
} from '#client';
import { parseIdentifier } from '#identifiers';
import type { Ask } from '#lookup/domain';
import type { Answers, Waiting } from './answers.js';
import { CheckRefused } from './check-refused.js';
import { type StandingVerdict, verdictOfItem } from './domain/index.js';
import type { KeptAnswers } from './kept-answers.js';
import { type Question, QuestionsQuery } from './questions.query.js';

const BATCH = 10_000;
const VALUES_AT_ONCE = 100_000;
/** How often answers may end before the last of them is there. */
const TURNS = 3;

/** The first and the last of something that grows. */
interface Spread {
  from: number;
  to: number;
}

/** Answers from a registry, asked in batches, each signed and kept before the next step is taken. */
export class OnlineAnswers implements Answers {
  private asOf = nowhere();
  private sizes = nowhere();
  private readonly keys = new Set<string>();
  private batches = 0;
  private identifiers = 0;

  /** `client` has the registry's keys pinned. */
  constructor(
    private readonly client: RegistryClient,
    private readonly kept: KeptAnswers,
  ) {}

  countOf(): number {
    return Infinity;
  }

  async fill(waiting: Waiting): Promise<boolean> {
    const questions = new QuestionsQuery(waiting.connection);
    await questions.prepare();
    for (const at of waiting.columns.keys()) await this.readValues(at, waiting, questions);
    this.identifiers = await questions.order();
    try {
      await this.askAll(waiting, questions);
    } catch (error) {
      throw refusalOf(error, this.kept.folder);
    }
    for (const [at, { scheme }] of waiting.columns.entries()) {
      await questions.registered(at, scheme);
    }
    return true;
  }

  /** Names the identifiers in a column, and remembers how each of its values reads. */
  private async readValues(
    at: number,
    { query, reader, columns }: Waiting,
    questions: QuestionsQuery,
  ): Promise<void> {
    const { scheme, column } = columns[at]!;
    await questions.gatherValues(at, reader, column);
    for (let from = 0; ; from += VALUES_AT_ONCE) {
      const typed = await questions.listValues(at, from, VALUES_AT_ONCE);
      const readings = typed.flatMap((one) => {
        const read = parseIdentifier(scheme, one);
        return read.ok ? [{ typed: one, canonical: read.value }] : [];
      });
      await query.keepReadings(at, readings);
      await questions.name(readings.map(({ canonical: value }) => ({ scheme, value })));
      if (typed.length < VALUES_AT_ONCE) return;
    }
  }

  /** Until there is a moment at which every answer still holds. */
  private async askAll(waiting: Waiting, questions: QuestionsQuery): Promise<void> {
    for (let turn = 0; turn < TURNS; turn += 1) {
      if ((await this.askOnce(waiting, questions)) > Date.now()) return;
      await questions.forget();
    }
    throw new CheckRefused('Answers ended before all of them were there.');
  }

  /** Returns up to when all answers hold, epoch ms. */
  private async askOnce(
    { ask, query, onProgress }: Waiting,
    questions: QuestionsQuery,
  ): Promise<number> {
    const asking = askingOf(ask);
    const numbers = new Map<string, number>();
    const verdicts = new Map<number, StandingVerdict>();
    this.asOf = nowhere();
    this.sizes = nowhere();
    let until = Infinity;
    let done = 0;
    let batch = 0;
    const answers = inBatches(
      (asked, signal) => this.answerTo(batch++, asked, asking, signal),
      this.listAll(questions),
      { batchSize: BATCH },
    );
    for await (const { asked, answer } of answers) {
      const found: (Question & { standing: number })[] = [];
      for (const [at, item] of answer.items.entries()) {
        const question = asked[at]!;
        if (item.value !== question.value) {
          throw new CheckRefused(`The registry does not read “${question.value}” as we do.`);
        }
        until = Math.min(until, endOf(item.purposes));
        if (item.result === 'not_found') continue;
        const verdict = verdictOfItem(item, ask.purposes);
        const key = `${verdict.rank} ${verdict.reasons}`;
        if (!numbers.has(key)) {
          numbers.set(key, numbers.size);
          verdicts.set(numbers.get(key)!, verdict);
        }
        found.push({ ...question, standing: numbers.get(key)! });
      }
      await questions.keep(found);
      done += asked.length;
      onProgress(done, this.identifiers, 'Asking');
    }
    await query.keepVerdicts([...verdicts]);
    this.batches = batch;
    return until;
  }

  /** The answer to a batch: that which was kept, where it is one to these and still holds. */
  private async answerTo(
    batch: number,
    asked: readonly Question[],
    asking: Asking,
    signal: AbortSignal,
  ): Promise<LookupAnswer> {
    const kept = await this.answerKept(batch, asked, asking);
    const answer = kept ?? (await this.client.lookup(asked, asking, { signal }));
    const { verified, log } = answer;
    if (verified === null) throw new UnusableAnswer('The answer is not signed.');
    if (kept === null) await this.kept.keep(batch, answer.text);
    this.keys.add(verified.kid);
    widen(this.asOf, Date.parse(answer.asOf));
    widen(this.sizes, log.size);
    return answer;
  }

  private async answerKept(
    batch: number,
    asked: readonly Question[],
    asking: Asking,
  ): Promise<LookupAnswer | null> {
    const text = await this.kept.read(batch);
    if (text === null) return null;
    try {
      const answer = this.client.readAnswer(text, asked, asking);
      const holds = answer.items.every((item) => endOf(item.purposes) > Date.now());
      return holds ? answer : null;
    } catch (error) {
      // Of another list or inquiry, or damaged.
      if (error instanceof UnusableAnswer) return null;
      throw error;
    }
  }

  private async *listAll(questions: QuestionsQuery): AsyncGenerator<Question> {
    for (let from = 0; from < this.identifiers; from += VALUES_AT_ONCE) {
      yield* await questions.list(from, VALUES_AT_ONCE);
    }
  }

  async finish(): Promise<void> {
    await this.kept.finish(this.describe());
  }

  describe(): Record<string, unknown> {
    const instant = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString() : null);
    const size = (at: number) => (Number.isFinite(at) ? at : null);
    return {
      registry: {
        address: this.client.server,
        asOf: { from: instant(this.asOf.from), to: instant(this.asOf.to) },
        logSize: { from: size(this.sizes.from), to: size(this.sizes.to) },
        identifiers: this.identifiers,
        receipts: { count: this.batches, keys: [...this.keys].sort() },
      },
    };
  }
}

function askingOf({ purposes, inquiry, unknownPolicy }: Ask): Asking {
  const stated = Object.entries(inquiry).filter(([, value]) => value !== undefined);
  return { purposes, inquiry: Object.fromEntries(stated), unknownPolicy } as unknown as Asking;
}

/** Up to when what an item says holds, epoch ms; NaN, which is before nothing, where it does not say. */
function endOf(purposes: LookupAnswer['items'][number]['purposes']): number {
  const ends = Object.values(purposes ?? {}).map(({ validUntil }) => Date.parse(validUntil ?? ''));
  return Math.min(...ends);
}

function nowhere(): Spread {
  return { from: Infinity, to: -Infinity };
}

function widen(spread: Spread, at: number): void {
  spread.from = Math.min(spread.from, at);
  spread.to = Math.max(spread.to, at);
}

/** What the person can do about it: what was answered is not lost. */
function refusalOf(error: unknown, folder: string): unknown {
  const isRegistrys =
    error instanceof NoAnswer ||
    error instanceof RegistryProblem ||
    error instanceof UnusableAnswer ||
    error instanceof CheckRefused;
  if (!isRegistrys) return error;
  return new CheckRefused(
    `${error.message} Nothing is allowed by that. What was answered is kept in ${folder}, and the same command goes on from there.`,
  );
}
