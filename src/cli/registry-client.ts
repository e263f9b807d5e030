import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { IncompleteError } from './exit.js';

export interface Call {
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON unless `contentType` says otherwise. */
  readonly body?: unknown;
  readonly bytes?: { readonly content: Uint8Array; readonly type: string };
  readonly accept?: string;
  readonly timeoutMs?: number;
}

/** A refusal by the registry (RFC 9457), in its own words. */
export class Refusal extends Error {
  override name = 'Refusal';

  constructor(
    readonly status: number,
    readonly problem: Readonly<Record<string, unknown>>,
  ) {
    super(describe(status, problem));
  }
}

const ATTEMPTS = 5;
const RETRIED = new Set([429, 502, 503, 504]);

/** Speaks to one registry. Waits and tries again where that may help, never longer than a minute. */
export class RegistryClient {
  constructor(
    readonly server: string,
    private readonly token: string | null,
    /** Told before each wait. */
    private readonly onWait: (seconds: number, why: string) => void = () => undefined,
  ) {}

  get isSignedIn(): boolean {
    return this.token !== null;
  }

  async getJson<T>(path: string, query?: Call['query']): Promise<T> {
    return (await this.send(path, { query })).json() as Promise<T>;
  }

  async postJson<T>(path: string, body: unknown): Promise<T> {
    return (await this.send(path, { method: 'POST', body })).json() as Promise<T>;
  }

  /** Sends one request. Throws {@link Refusal} for any answer that is not a success. */
  async send(path: string, call: Call): Promise<Response> {
    const url = new URL(this.server + path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    // One key for all attempts: a request that did arrive is not done twice.
    const init = this.requestOf(call, randomUUID());
    for (let attempt = 1; ; attempt++) {
      const response = await this.attempt(
        url,
        { ...init, signal: AbortSignal.timeout(call.timeoutMs ?? 60_000) },
        attempt,
      );
      if (response?.ok) return response;
      if (response && (!RETRIED.has(response.status) || attempt >= ATTEMPTS)) {
        throw await refusalOf(response);
      }
      const seconds = secondsToWait(response, attempt);
      if (seconds > 60) throw await refusalOf(response!);
      const why = response
        ? `the registry answered ${response.status}`
        : 'the registry did not answer';
      await response?.body?.cancel();
      if (seconds >= 1) this.onWait(Math.round(seconds), why);
      await wait(seconds * 1000);
    }
  }

  /** The answer, or null where there was none and another attempt is worth it. */
  private async attempt(url: URL, init: RequestInit, attempt: number): Promise<Response | null> {
    try {
      return await fetch(url, init);
    } catch (error) {
      const cause = (error as { cause?: { code?: string } }).cause?.code;
      const name = (error as Error).name;
      if (name === 'TimeoutError') {
        throw new IncompleteError(`The registry at ${this.server} did not answer in time.`);
      }
      // Nobody listens: waiting rarely helps, and the person wants to know at once.
      if (attempt < (cause === 'ECONNREFUSED' || cause === 'ENOTFOUND' ? 2 : ATTEMPTS)) return null;
      throw new IncompleteError(
        `No registry answers at ${this.server}${cause ? ` (${cause})` : ''}. Start one with npm start, or set FERMATA_URL.`,
      );
    }
  }

  private requestOf(call: Call, idempotencyKey: string): RequestInit {
    const headers: Record<string, string> = {
      accept: call.accept ?? 'application/json',
      'user-agent': 'fermata-cli',
    };
    if (this.token) headers['authorization'] = `Bearer ${this.token}`;
    const method = call.method ?? 'GET';
    if (call.bytes) {
      // A file needs no key: the same file imported again changes nothing.
      headers['content-type'] = call.bytes.type;
      return { method, headers, body: call.bytes.content as Uint8Array<ArrayBuffer> };
    }
    if (method === 'POST') headers['idempotency-key'] = idempotencyKey;
    if (call.body === undefined) return { method, headers };
    headers['content-type'] = 'application/json';
    return { method, headers, body: JSON.stringify(call.body) };
  }
}

/** What Retry-After asks for; else twice as long each time, with jitter so that crowds spread. */
function secondsToWait(response: Response | null, attempt: number): number {
  const asked = Number(response?.headers.get('retry-after') ?? NaN);
  if (Number.isFinite(asked) && asked >= 0) return asked;
  return 0.2 * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
}

async function refusalOf(response: Response): Promise<Refusal> {
  const text = await response.text().catch(() => '');
  try {
    const problem = JSON.parse(text) as Record<string, unknown>;
    if (typeof problem === 'object' && problem !== null)
      return new Refusal(response.status, problem);
  } catch {
    // Not our registry's words; the status must do.
  }
  return new Refusal(response.status, {});
}

function describe(status: number, problem: Readonly<Record<string, unknown>>): string {
  const { detail, title, hint, errors } = problem as {
    detail?: string;
    title?: string;
    hint?: string;
    errors?: { pointer?: string; detail?: string }[];
  };
  if (Array.isArray(errors) && errors.length > 0) {
    const faults = errors
      .slice(0, 10)
      .map((fault) => `\n  ${fault.pointer || '/'}: ${fault.detail}`);
    return `The request has faults:${faults.join('')}`;
  }
  const sentence = detail ?? title ?? `The registry answered ${status}.`;
  return hint ? `${sentence} ${hint}` : sentence;
}
