import createClient, { type Client } from 'openapi-fetch';
import { parseJwks, type ReceiptKeys } from '#verify';
import { KEYED_PATHS, type paths } from './api.generated.js';
import { lookupBatches, type ManyOptions } from './batches.js';
import { UnusableAnswer } from './errors.js';
import {
  type Identifier,
  type LookupAnswer,
  type LookupItem,
  type Question,
  readLookupAnswer,
} from './lookup-answer.js';
import { lookupPrivately, type PrivateAnswer } from './private-lookup.js';
import { type Patience, sendPatiently, type Waiting } from './repeat.js';

export interface ClientOptions {
  /** An API key or a session's token. */
  readonly token?: string | null;
  /**
   * The registry's key set, pinned: kept from before, never fetched along with an answer. With it every
   * lookup asks for a receipt, and an answer whose receipt does not verify is no answer.
   */
  readonly keys?: string | Uint8Array;
  /** For one attempt, its body included; 60,000 if unsaid. */
  readonly timeoutMs?: number;
  readonly patience?: Patience;
  readonly userAgent?: string;
  readonly fetch?: typeof fetch;
  readonly waiting?: Waiting;
}

/** A request that the generated types do not cover: a file up, lines down. */
export interface Call {
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly bytes?: { readonly content: Uint8Array; readonly type: string };
  readonly accept?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 60_000;
/** Their answers have no body, and a Response refuses to be made with one. */
const BODILESS = new Set([204, 205, 304]);

/** Speaks to one registry. It fails closed: what is not answered completely throws. */
export class RegistryClient {
  /** `http` or `https` address without a slash at the end. */
  readonly server: string;
  /** Every operation of the API by its path, typed; see {@link received}. */
  readonly api: Client<paths>;
  private readonly keys: ReceiptKeys | null;

  constructor(
    server: string,
    private readonly options: ClientOptions = {},
  ) {
    this.server = addressOf(server);
    this.keys = options.keys === undefined ? null : pinned(options.keys);
    this.api = createClient<paths>({
      baseUrl: this.server,
      headers: this.headers(),
      fetch: (request) => this.deliver(request),
    });
    this.api.use({
      onRequest({ request, schemaPath }) {
        if (request.method !== 'POST' || !KEYED_PATHS.has(schemaPath)) return;
        // One key for all attempts: a request that did arrive is not done twice.
        if (request.headers.has('idempotency-key')) return;
        request.headers.set('idempotency-key', crypto.randomUUID());
      },
    });
  }

  get isSignedIn(): boolean {
    return typeof this.options.token === 'string';
  }

  /**
   * Asks about 1 to 10,000 identifiers at one moment. With pinned keys the answer's receipt is
   * verified and single receipts can be cut from it. Throws rather than to answer in part.
   */
  async lookup(
    identifiers: readonly Identifier[],
    question: Question = {},
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<LookupAnswer> {
    const { minLogSize: _, unknownPolicy = 'deny', ...asked } = question;
    const text = await received(
      this.api.POST('/v1/lookups', {
        body: {
          ...asked,
          unknownPolicy,
          // Our own references: whatever order the answer has, each item says which it is of.
          items: identifiers.map(({ scheme, value }, ref) => ({ ref, scheme, value })),
          receipt: this.keys !== null,
        },
        parseAs: 'text',
        ...options,
      }),
    );
    return this.readAnswer(text, identifiers, question);
  }

  /**
   * An answer that was kept, read and verified as {@link lookup} does it. Throws `UnusableAnswer` where it is
   * not one to these identifiers and this question.
   */
  readAnswer(
    text: string,
    identifiers: readonly Identifier[],
    question: Question = {},
  ): LookupAnswer {
    return readLookupAnswer(text, { identifiers, question, keys: this.keys });
  }

  /**
   * Asks about any number of identifiers, in batches, some of them in flight; answers batch by batch in
   * the order of the identifiers. Takes no more of them than it has in flight.
   */
  lookupBatches<T extends Identifier>(
    identifiers: AsyncIterable<T> | Iterable<T>,
    question: Question = {},
    options: ManyOptions = {},
  ): AsyncGenerator<{ readonly asked: readonly T[]; readonly answer: LookupAnswer }> {
    const ask = (asked: readonly T[], signal: AbortSignal) =>
      this.lookup(asked, question, { signal });
    return lookupBatches(ask, identifiers, options);
  }

  /** As {@link lookupBatches}, identifier by identifier. */
  async *lookupMany<T extends Identifier>(
    identifiers: AsyncIterable<T> | Iterable<T>,
    question: Question = {},
    options: ManyOptions = {},
  ): AsyncGenerator<{ readonly asked: T; readonly item: LookupItem }> {
    for await (const { asked, answer } of this.lookupBatches(identifiers, question, options)) {
      for (const [index, one] of asked.entries()) {
        yield { asked: one, item: answer.items[index]! };
      }
    }
  }

  /**
   * Asks about one identifier without telling the registry which: see docs/specs/range.md. Sends no
   * credential. Throws as {@link lookup} does, and a `TypeError` for a question about the past or in a
   * party's name.
   */
  lookupPrivately(identifier: Identifier, question: Question = {}): Promise<PrivateAnswer> {
    const headers = { authorization: null };
    const source = {
      readBits: async () => (await received(this.api.GET('/v1/ranges', { headers }))).bits,
      readRange: (bits: number, prefix: string, query: URLSearchParams): Promise<string> => {
        const params = { path: { bits, prefix } };
        const querySerializer = () => query.toString();
        const as = { parseAs: 'text' as const, headers, params, querySerializer };
        return received(this.api.GET('/v1/ranges/{bits}/{prefix}', as));
      },
    };
    return lookupPrivately(source, identifier, question, this.keys);
  }

  /** Sends one request as it stands. Throws `RegistryProblem` for any answer that is not a success. */
  async send(path: string, call: Call = {}): Promise<Response> {
    const url = new URL(this.server + path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const method = call.method ?? 'GET';
    const headers = new Headers({ ...this.headers(), accept: call.accept ?? 'application/json' });
    if (call.bytes) headers.set('content-type', call.bytes.type);
    const init = { method, headers, body: call.bytes?.content as Uint8Array<ArrayBuffer> };
    const timeoutMs = call.timeoutMs ?? this.options.timeoutMs ?? TIMEOUT_MS;
    // A file needs no key: the same file imported again changes nothing.
    const repeatable = method === 'GET' || path === '/v1/imports';
    return this.patiently(repeatable, call.signal, () =>
      this.fetch(url, { ...init, signal: limited(timeoutMs, call.signal) }),
    );
  }

  /** For the typed calls: the body is read within the attempt, so that a lost one is asked for again. */
  private async deliver(request: Request): Promise<Response> {
    const { method, headers, signal, url } = request;
    const body = request.body === null ? undefined : await request.arrayBuffer();
    const timeoutMs = this.options.timeoutMs ?? TIMEOUT_MS;
    const path = new URL(url).pathname;
    const repeatable =
      method === 'GET' || path.endsWith('/v1/lookups') || headers.has('idempotency-key');
    return this.patiently(repeatable, signal, async () => {
      const response = await this.fetch(url, {
        ...{ method, headers, ...(body && { body }) },
        signal: limited(timeoutMs, signal),
      });
      const bytes = await response.arrayBuffer();
      const { status, statusText, headers: answered } = response;
      return new Response(BODILESS.has(status) ? null : bytes, {
        ...{ status, statusText, headers: answered },
      });
    });
  }

  private patiently(
    repeatable: boolean,
    signal: AbortSignal | undefined,
    attempt: () => Promise<Response>,
  ): Promise<Response> {
    const { patience = {}, waiting } = this.options;
    return sendPatiently(attempt, { server: this.server, repeatable, signal }, patience, waiting);
  }

  private get fetch(): typeof fetch {
    return this.options.fetch ?? fetch;
  }

  private headers(): Record<string, string> {
    const { token, userAgent = 'fermata-client' } = this.options;
    return { 'user-agent': userAgent, ...(token && { authorization: `Bearer ${token}` }) };
  }
}

/** What a typed call of `api` was answered. Throws where there is nothing. */
export async function received<T>(call: Promise<{ data?: T }>): Promise<T> {
  let data: T | undefined;
  try {
    ({ data } = await call);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UnusableAnswer('The answer is no JSON.', { cause: error });
  }
  if (data === undefined) throw new UnusableAnswer('The answer is empty.');
  return data;
}

function limited(timeoutMs: number, signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal ? AbortSignal.any([timeout, signal]) : timeout;
}

function addressOf(server: string): string {
  if (!URL.canParse(server) || !/^https?:$/.test(new URL(server).protocol)) {
    throw new TypeError(`A registry has an http or https address, not “${server}”.`);
  }
  const { origin, pathname } = new URL(server);
  return origin + pathname.replace(/\/+$/, '');
}

function pinned(file: string | Uint8Array): ReceiptKeys {
  const keys = parseJwks(file);
  if (!keys.ok) throw new TypeError(`The pinned keys: ${keys.reason}.`);
  return keys.value;
}
