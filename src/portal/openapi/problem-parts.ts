import type { OpenAPIObject } from '@nestjs/swagger';
import type { ProblemRegistry } from '#platform';

type Components = NonNullable<OpenAPIObject['components']>;

const PROBLEM_TYPE = 'application/problem+json';

/** The refusals that many operations share, by the name of their component. */
export const SHARED_REFUSALS = {
  Invalid: 'request/invalid',
  NotSignedIn: 'accounts/not-signed-in',
  NotAllowed: 'accounts/not-allowed',
  NotFound: 'request/not-found',
  InProgress: 'request/idempotency-in-progress',
  Changed: 'request/precondition-failed',
  TooLarge: 'request/too-large',
  UnsupportedMediaType: 'request/unsupported-media-type',
  KeyReused: 'request/idempotency-key-reused',
  PreconditionRequired: 'request/precondition-required',
  RateLimited: 'request/rate-limited',
  Overloaded: 'server/overloaded',
} as const;

export type SharedRefusal = keyof typeof SHARED_REFUSALS;

/** Schemas of what a refusal looks like (RFC 9457), with the closed list of its types. */
export function problemSchemas(problems: ProblemRegistry): NonNullable<Components['schemas']> {
  const types = problems.list().map(([code]) => `/problems/${code}`);
  return {
    ProblemDetails: {
      type: 'object',
      description:
        'A refusal (RFC 9457). `type` is stable and leads to a page that explains it; some types carry further members.',
      required: ['type', 'title', 'status', 'detail', 'instance'],
      properties: {
        type: { $ref: '#/components/schemas/ProblemType' },
        title: { type: 'string', description: 'The same for every refusal of this type.' },
        status: { type: 'integer', minimum: 400, maximum: 599 },
        detail: { type: 'string', description: 'What is wrong this time and what to do.' },
        instance: {
          type: 'string',
          description: 'The request, as the logs and X-Request-Id name it.',
        },
        errors: {
          type: 'array',
          description: 'For faults in the request: each place and what is wrong there.',
          items: { $ref: '#/components/schemas/FieldFault' },
        },
        retryAfterSeconds: {
          type: 'integer',
          description: 'How long to wait; Retry-After says the same.',
        },
      },
      additionalProperties: true,
    },
    ProblemType: {
      type: 'string',
      format: 'uri-reference',
      description:
        'Relative to this registry. The list is of this version; a later one may know more.',
      'x-extensible-enum': types,
    } as never,
    FieldFault: {
      type: 'object',
      required: ['pointer', 'detail'],
      properties: {
        pointer: { type: 'string', description: 'JSON pointer into the request (RFC 6901).' },
        detail: { type: 'string' },
      },
    },
  };
}

/** The shared refusals as responses with an example each, and one for all the rest. */
export function problemResponses(problems: ProblemRegistry): NonNullable<Components['responses']> {
  const shared = Object.entries(SHARED_REFUSALS).map(([name, code]) => {
    const kind = problems.find(code)!;
    const isAboutPlaces = code === 'request/invalid';
    const example = {
      type: `/problems/${code}`,
      title: kind.title,
      status: kind.status,
      detail: isAboutPlaces ? '/title: title must be a string' : kind.help,
      instance: 'urn:request:0f0c2a7e-6d0e-4a52-9f6e-3d3c7a1d9b42',
      ...(isAboutPlaces
        ? { errors: [{ pointer: '/title', detail: 'title must be a string' }] }
        : {}),
      ...(code === 'request/rate-limited' ? { retryAfterSeconds: 12 } : {}),
    };
    return [
      name,
      { ...headersOf(kind.status), ...problem(`${kind.title}. ${kind.help}`, example) },
    ];
  });
  const rest = problem('Refused; `type` says which of the kinds at /problems it is.');
  return { ...Object.fromEntries(shared), Problem: rest };
}

function problem(description: string, example?: unknown) {
  const schema = { $ref: '#/components/schemas/ProblemDetails' };
  const media = example === undefined ? { schema } : { schema, example };
  return { description, content: { [PROBLEM_TYPE]: media } };
}

function headersOf(status: number) {
  const wait = { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } };
  if (status === 429) return { headers: { ...wait, ...RATE_LIMIT_HEADERS } };
  return status === 503 || status === 409 ? { headers: wait } : {};
}

/** What every answer says about the limit that it was counted under. */
export const RATE_LIMIT_HEADERS = {
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
  RateLimit: { $ref: '#/components/headers/RateLimit' },
};

export const SHARED_HEADERS: NonNullable<Components['headers']> = {
  RateLimitPolicy: {
    description: 'The limit: its name, the quota `q` and the window `w` in seconds.',
    schema: { type: 'string', examples: ['"requests";q=1200;w=60'] } as never,
  },
  RateLimit: {
    description: 'What is left of it: `r` remaining, renewed in `t` seconds.',
    schema: { type: 'string', examples: ['"requests";r=1199;t=60'] } as never,
  },
  RetryAfter: {
    description: 'Seconds to wait before sending it again.',
    schema: { type: 'integer' },
  },
  RequestId: {
    description: 'Names this request in our logs; one that you sent is kept.',
    schema: { type: 'string' },
  },
};
