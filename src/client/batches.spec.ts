import { describe, expect, it } from '@jest/globals';
import { lookupBatches } from './batches.js';

/** Answers later the earlier it was asked, and keeps count of what is under way. */
function slowRegistry() {
  const seen = { most: 0, now: 0, taken: 0, aborted: 0 };
  async function* numbers(count: number) {
    for (let at = 0; at < count; at += 1) {
      seen.taken += 1;
      yield at;
    }
  }
  const ask = async (asked: readonly number[], signal: AbortSignal) => {
    signal.addEventListener('abort', () => (seen.aborted += 1));
    seen.most = Math.max(seen.most, (seen.now += 1));
    await new Promise((resolve) => setTimeout(resolve, asked[0]! % 2 === 0 ? 4 : 1));
    seen.now -= 1;
    if (asked.includes(13)) throw new Error('lost');
    return asked.map((one) => one * 2);
  };
  return { seen, numbers, ask };
}

describe('lookupBatches', () => {
  it('keeps the order and never asks more batches at a time than it may', async () => {
    const { seen, numbers, ask } = slowRegistry();
    const answers: number[] = [];
    for await (const { answer } of lookupBatches(ask, numbers(11), { batchSize: 3, inFlight: 2 })) {
      answers.push(...answer);
    }
    expect(answers).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
    expect(seen.most).toBe(2);
  });

  it('takes no more than it asks', async () => {
    const { seen, numbers, ask } = slowRegistry();
    const all = lookupBatches(ask, numbers(1_000_000), { batchSize: 5, inFlight: 2 });
    await all.next();
    expect(seen.taken).toBe(10);
    await all.return(undefined);
    expect(seen.aborted).toBeGreaterThan(0);
  });

  it('ends with the failure of a batch, after the answers before it', async () => {
    const { numbers, ask } = slowRegistry();
    const given: number[][] = [];
    const run = async () => {
      const all = lookupBatches(ask, numbers(30), { batchSize: 5, inFlight: 3 });
      for await (const { answer } of all) given.push(answer);
    };
    await expect(run()).rejects.toThrow('lost');
    expect(given.flat()).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
  });

  it.each([{ batchSize: 0 }, { batchSize: 10_001 }, { batchSize: 1.5 }, { inFlight: 0 }])(
    'refuses %j',
    async (options) => {
      const { numbers, ask } = slowRegistry();
      await expect(lookupBatches(ask, numbers(1), options).next()).rejects.toThrow(RangeError);
    },
  );
});
