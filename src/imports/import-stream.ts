import type { ImportProgress } from './imported.js';

/**
 * Lines for a client that wants to watch (NDJSON): `{"progress":…}` as often as there is news and
 * the client reads, then one last `{"report":…}` or `{"problem":…}`. Whether the client reads on or
 * not, the work itself runs to its end.
 */
export async function* importLines(
  work: (onProgress: (progress: ImportProgress) => void) => Promise<object>,
  problemOf: (error: unknown) => object,
): AsyncGenerator<string> {
  let latest: ImportProgress | null = null;
  let last: object | null = null;
  let wake: () => void = () => undefined;
  let news = new Promise<void>((resolve) => (wake = resolve));
  void work((progress) => {
    latest = progress;
    wake();
  })
    .then(
      (report) => (last = { report }),
      (error: unknown) => (last = { problem: problemOf(error) }),
    )
    .finally(() => wake());
  for (;;) {
    await news;
    news = new Promise<void>((resolve) => (wake = resolve));
    if (last !== null) break;
    yield `${JSON.stringify({ progress: latest })}\n`;
  }
  yield `${JSON.stringify(last)}\n`;
}
