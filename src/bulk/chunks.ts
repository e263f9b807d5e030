import type { Row } from './rows.js';

/** Bytes of input that one chunk may hold: ten thousand long rows would be much memory. */
const CHUNK_BYTES_MAX = 4 * 1024 * 1024;

/**
 * Rows in chunks of up to `max`, each to be answered at one moment. A chunk is not held back for
 * longer than `patienceMs` where the input is slow: a client may wait for its answer before it goes on.
 */
export async function* chunksOf(
  batches: AsyncGenerator<Row[], void>,
  { max, patienceMs, from = 0 }: { max: number; patienceMs: number; from?: number },
): AsyncGenerator<Row[], void> {
  let held: Row[] = [];
  let begun = from;
  let next = batches.next();
  next.catch(() => undefined);
  try {
    for (;;) {
      const got = held.length === 0 ? await next : await soon(next, patienceMs);
      if (got === null) {
        begun = held.at(-1)!.end;
        yield held;
        held = [];
        continue;
      }
      if (got.done) break;
      next = batches.next();
      next.catch(() => undefined);
      for (const row of got.value) {
        held.push(row);
        if (held.length < max && row.end - begun < CHUNK_BYTES_MAX) continue;
        begun = row.end;
        yield held;
        held = [];
      }
    }
    if (held.length > 0) yield held;
  } finally {
    // What is being read ends with its source, and need not be waited for.
    void batches.return().catch(() => undefined);
  }
}

async function soon<T>(next: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
  }
}
