import { describe, expect, it } from '@jest/globals';
import { NoAnswer, RegistryProblem } from './errors.js';
import { sendPatiently, type Sending } from './repeat.js';

const NOW = Date.parse('2026-11-28T03:00:00Z');

/** Sends what is answered in turn (a status, or an error of the network), and tells how long was waited. */
async function sent(
  answers: readonly (number | Error | { status: number; retryAfter: string })[],
  sending: Partial<Sending> = {},
) {
  const waits: number[] = [];
  let count = 0;
  const attempt = () => {
    const answer = answers[count++] ?? 200;
    if (answer instanceof Error) return Promise.reject(answer);
    const { status, retryAfter } =
      typeof answer === 'number' ? { status: answer, retryAfter: null } : answer;
    const headers = retryAfter === null ? undefined : { 'retry-after': retryAfter };
    return Promise.resolve(new Response(null, { status, headers }));
  };
  const waiting = {
    now: () => NOW,
    random: () => 1,
    sleep: (ms: number, signal: AbortSignal | undefined) => {
      waits.push(ms);
      return signal?.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve();
    },
  };
  const whole = { server: 'http://registry.example', repeatable: true, ...sending };
  const outcome = await sendPatiently(attempt, whole, {}, waiting).then(
    (response) => response.status,
    (error: unknown) => error,
  );
  return { outcome, waits, count };
}

const lost = (code: string) =>
  Object.assign(new TypeError('fetch failed'), { cause: { code } }) as Error;

describe('sendPatiently', () => {
  it.each([429, 502, 503, 504])('tries again after %i, twice as late each time', async (status) => {
    const { outcome, waits } = await sent([status, status, status, status, 200]);
    expect([outcome, waits]).toEqual([200, [200, 400, 800, 1600]]);
  });

  it('tries again after a lost connection', async () => {
    expect((await sent([lost('ECONNRESET'), lost('UND_ERR_SOCKET')])).outcome).toBe(200);
  });

  it('gives up after five attempts, with what it was last told', async () => {
    const { outcome, count } = await sent([503, 503, 503, 503, 503]);
    expect([count, outcome]).toEqual([5, expect.any(RegistryProblem)]);
    const gone = await sent(Array.from({ length: 5 }, () => lost('ECONNRESET')));
    expect([gone.count, gone.outcome]).toEqual([5, expect.any(NoAnswer)]);
  });

  it.each([
    ['7', 7_000],
    ['0', 0],
    ['Sat, 28 Nov 2026 03:00:30 GMT', 30_000],
    ['Sat, 28 Nov 2026 02:00:00 GMT', 0],
    ['soon', 200],
    ['-5', 200],
  ])('waits as Retry-After: %s asks', async (retryAfter, ms) => {
    const { outcome, waits } = await sent([{ status: 429, retryAfter }]);
    expect([outcome, waits]).toEqual([200, [ms]]);
  });

  it('does not wait for a registry that asks for more than a minute', async () => {
    const { outcome, count } = await sent([{ status: 503, retryAfter: '61' }]);
    expect([count, (outcome as RegistryProblem).status]).toEqual([1, 503]);
  });

  it.each([400, 401, 404, 422, 500])('does not ask again after %i', async (status) => {
    expect((await sent([status])).count).toBe(1);
  });

  it('sends once what may not be done twice', async () => {
    expect((await sent([503], { repeatable: false })).count).toBe(1);
    expect((await sent([lost('ECONNRESET')], { repeatable: false })).count).toBe(1);
  });

  it('tells soon that nobody listens', async () => {
    const refused = await sent([lost('ECONNREFUSED'), lost('ECONNREFUSED'), 200]);
    expect([refused.count, refused.outcome]).toMatchObject([2, { code: 'ECONNREFUSED' }]);
  });

  it('stops when the caller gives up, with the caller’s reason', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const { outcome, count } = await sent([503], { signal });
    expect([count, outcome]).toEqual([0, new Error('enough')]);
  });
});
