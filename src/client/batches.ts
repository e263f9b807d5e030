export interface ManyOptions {
  /** 1 to 10,000; 10,000 if unsaid. */
  readonly batchSize?: number;
  /** How many batches are asked at a time; 2 if unsaid. */
  readonly inFlight?: number;
  readonly signal?: AbortSignal;
}

const BATCH_MAX = 10_000;

/**
 * Asks in batches with `inFlight` of them under way, and gives them out in the order of what was asked.
 * Holds no more than `inFlight` batches. The first that fails ends it: the rest is abandoned.
 */
export async function* lookupBatches<T, Answer>(
  ask: (asked: readonly T[], signal: AbortSignal) => Promise<Answer>,
  identifiers: AsyncIterable<T> | Iterable<T>,
  { batchSize = BATCH_MAX, inFlight = 2, signal }: ManyOptions = {},
): AsyncGenerator<{ readonly asked: readonly T[]; readonly answer: Answer }> {
  if (!isCount(batchSize) || batchSize > BATCH_MAX) {
    throw new RangeError(`A batch has 1 to ${BATCH_MAX} identifiers, not ${batchSize}.`);
  }
  if (!isCount(inFlight)) throw new RangeError('At least one batch has to be in flight.');
  const ending = new AbortController();
  const either = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal;
  const running: Promise<{ asked: readonly T[]; answer: Answer }>[] = [];
  try {
    for await (const asked of cut(identifiers, batchSize)) {
      const answered = ask(asked, either).then((answer) => ({ asked, answer }));
      // Its turn may come after another has failed; nobody would listen then.
      answered.catch(() => undefined);
      running.push(answered);
      if (running.length >= inFlight) yield await running.shift()!;
    }
    while (running.length > 0) yield await running.shift()!;
  } finally {
    ending.abort();
  }
}

async function* cut<T>(all: AsyncIterable<T> | Iterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const one of all) {
    batch.push(one);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}
