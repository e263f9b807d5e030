import type { ProblemKind, ProblemKinds } from '#kernel';

/** The kinds of refusal that the edge itself makes. Modules add their own in `*.errors.ts`. */
export const REQUEST_PROBLEMS = {
  'request/invalid': {
    status: 400,
    title: 'The request has faults',
    help: 'Each entry of `errors` names a place in the request (a JSON pointer) and what is wrong there. Mend those and send it again; nothing was stored.',
  },
  'request/malformed': {
    status: 400,
    title: 'The request could not be read',
    help: 'The body is not what its Content-Type says, for example broken JSON. Nothing was stored.',
  },
  'request/not-found': {
    status: 404,
    title: 'Nothing is here',
    help: 'The address leads to nothing, or to something that this account may not see; both look the same on purpose.',
  },
  'request/erased': {
    status: 410,
    title: 'Something that this request names was erased',
    help: 'While the request was under way, an account, party or work that it names was erased. Nothing was stored, also for the others that it names; send it again without what was erased.',
  },
  'request/method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    help: 'See /docs for the methods of each address.',
  },
  'request/timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    help: 'Send the whole request within 30 seconds.',
  },
  'request/too-large': {
    status: 413,
    title: 'The request is too large',
    help: 'Bodies are limited to 1 MiB, lookups to 2 MiB and 10,000 items, imports to 64 MiB, lookup jobs to what the registry has set. Send it in parts, or as a stream.',
  },
  'request/unsupported-media-type': {
    status: 415,
    title: 'This kind of body is not understood here',
    help: 'Send the Content-Type that /docs names for this operation, mostly application/json.',
  },
  'request/precondition-required': {
    status: 428,
    title: 'Say which version you are changing',
    help: 'Read the resource first and send its ETag in If-Match, so that nobody overwrites what somebody else changed meanwhile.',
  },
  'request/precondition-failed': {
    status: 412,
    title: 'It has changed since you read it',
    help: 'Read the resource again, apply your change to the new version and send its ETag in If-Match.',
  },
  'request/idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key was used for another request',
    help: 'A key belongs to one request: the same method, path and body. Take a new key for a new request.',
  },
  'request/idempotency-in-progress': {
    status: 409,
    title: 'The first request with this Idempotency-Key is still running',
    help: 'Wait a moment and send the same request again: you will get the first answer.',
  },
  'request/rate-limited': {
    status: 429,
    title: 'Too many requests',
    help: 'Wait as many seconds as Retry-After says. An API key raises the limits of lookups; the headers RateLimit-Policy and RateLimit say what is left.',
  },
  'request/too-many-streams': {
    status: 429,
    title: 'Too many answers are open at the same time',
    help: 'Streamed lookups, long polls and event streams stay open, and only so many may be open at once. End those that nobody reads, or wait as many seconds as Retry-After says.',
  },
  'server/fault': {
    status: 500,
    title: 'Something went wrong on our side',
    help: 'It has been logged under the request id in `instance`. Nothing half done was stored; sending the request again with the same Idempotency-Key is safe.',
  },
  'server/overloaded': {
    status: 503,
    title: 'The registry is too busy or is stopping',
    help: 'Wait as many seconds as Retry-After says and send the request again.',
  },
} as const satisfies ProblemKinds;

/** code → status, title and help, over all modules: the one table the edge and the docs read. */
export class ProblemRegistry {
  private readonly kinds: ReadonlyMap<string, ProblemKind>;

  constructor(...lists: ProblemKinds[]) {
    const entries = lists.flatMap((list) => Object.entries(list));
    const kinds = new Map(entries);
    if (kinds.size !== entries.length) throw new Error('two modules define one problem code');
    this.kinds = kinds;
  }

  find(code: string): ProblemKind | null {
    return this.kinds.get(code) ?? null;
  }

  list(): [code: string, kind: ProblemKind][] {
    return [...this.kinds].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
