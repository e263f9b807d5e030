import { NoAnswer, problemOf } from './errors.js';

/** How long a client tries. */
export interface Patience {
  /** How often a request is sent at most; 5 if unsaid. */
  readonly attemptsMax?: number;
  /** Before the second attempt, and then twice as long each time; 200 if unsaid. */
  readonly firstWaitMs?: number;
  /** A registry that asks for a longer wait than this is not waited for; 60,000 if unsaid. */
  readonly longestWaitMs?: number;
  /** Told before each wait of a second or longer. */
  readonly onWait?: (seconds: number, why: string) => void;
}

/** The clock and the chance that waiting needs; tests have their own. */
export interface Waiting {
  /** Resolves after so long, or rejects with the signal's reason. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /** Epoch ms. */
  now(): number;
  /** 0 to 1. */
  random(): number;
}

export interface Sending {
  readonly server: string;
  /** Whether doing it twice comes to the same as doing it once. */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Too many requests, or something on the way that may be over soon. */
const PASSING = new Set([429, 502, 503, 504]);
/** Nobody listens: waiting rarely helps, and whoever asks wants to know at once. */
const NOBODY = new Set(['ECONNREFUSED', 'ENOTFOUND', 'TIMEOUT']);

/**
 * Sends a request until it is answered with a success, waiting between attempts as Retry-After asks,
 * else with jittered exponential back-off. Throws `RegistryProblem` or `NoAnswer`; what may not be repeated
 * is sent once.
 */
export async function sendPatiently(
  attempt: () => Promise<Response>,
  sending: Sending,
  patience: Patience,
  waiting: Waiting = REAL,
): Promise<Response> {
  const { attemptsMax = 5, firstWaitMs = 200, longestWaitMs = 60_000, onWait } = patience;
  for (let count = 1; ; count += 1) {
    sending.signal?.throwIfAborted();
    const answer = await answerOf(attempt, sending);
    if (answer instanceof Response && answer.ok) return answer;
    const isPassing = answer instanceof NoAnswer || PASSING.has(answer.status);
    const isHopeless = answer instanceof NoAnswer && NOBODY.has(answer.code ?? '');
    const most = sending.repeatable ? (isHopeless ? Math.min(2, attemptsMax) : attemptsMax) : 1;
    const asked = answer instanceof NoAnswer ? null : askedWaitMs(answer, waiting.now());
    const waitMs = asked ?? firstWaitMs * 2 ** (count - 1) * (0.5 + waiting.random() / 2);
    if (!isPassing || count >= most || waitMs > longestWaitMs) {
      throw answer instanceof NoAnswer ? answer : await problemOf(answer);
    }
    const why =
      answer instanceof NoAnswer
        ? 'the registry did not answer'
        : `the registry answered ${answer.status}`;
    if (answer instanceof Response) await answer.body?.cancel();
    if (waitMs >= 1000) onWait?.(Math.round(waitMs / 1000), why);
    await waiting.sleep(waitMs, sending.signal);
  }
}

/** What Retry-After asks for: seconds, or an HTTP date; null where it asks for nothing readable. */
export function askedWaitMs(response: Response, now: number): number | null {
  const text = response.headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Date.parse would read a date into many a number.
  const instant = /^[A-Z]/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(instant) ? null : Math.max(0, instant - now);
}

async function answerOf(
  attempt: () => Promise<Response>,
  { server, signal }: Sending,
): Promise<Response | NoAnswer> {
  try {
    return await attempt();
  } catch (error) {
    // The caller gave up: that is nobody's failure.
    signal?.throwIfAborted();
    if ((error as Error).name === 'TimeoutError') return new NoAnswer(server, 'TIMEOUT', error);
    const code = (error as { cause?: { code?: unknown } }).cause?.code;
    return new NoAnswer(server, typeof code === 'string' ? code : null, error);
  }
}

const REAL: Waiting = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
