import { AsyncLocalStorage } from 'node:async_hooks';

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Enough to keep the database busy while this process works on what came back. */
const STATEMENTS_AT_ONCE = 2;
const QUESTIONS_MAX = 128;

/**
 * Puts questions that arrive together into one statement: it costs the database and this process more
 * than a question in it. Nobody is answered from a statement that was sent before the question came,
 * so what is read is as fresh as if each had asked alone.
 */
export class ReadTogether<Question, Answer> {
  private waiting: Waiting<Question, Answer>[] = [];
  private running = 0;
  private isDue = false;
  /** Questions of many requests are asked in the context of none of them. */
  private readonly outside = AsyncLocalStorage.snapshot();

  /** `read` answers each of the questions, in their order. */
  constructor(private readonly read: (questions: readonly Question[]) => Promise<Answer[]>) {}

  find(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      if (this.isDue || this.running >= STATEMENTS_AT_ONCE) return;
      this.isDue = true;
      // Requests that arrived in one turn of the event loop travel together.
      this.outside(() =>
        setImmediate(() => {
          this.isDue = false;
          if (this.running < STATEMENTS_AT_ONCE) void this.send();
        }),
      );
    });
  }

  private async send(): Promise<void> {
    const batch = this.waiting.splice(0, QUESTIONS_MAX);
    if (batch.length === 0) return;
    this.running += 1;
    try {
      const answers = await this.read(batch.map(({ question }) => question));
      batch.forEach(({ resolve }, at) => resolve(answers[at]!));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.running -= 1;
      void this.send();
    }
  }
}
