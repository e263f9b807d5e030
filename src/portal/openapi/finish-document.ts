import type { OpenAPIObject } from '@nestjs/swagger';
import type { ProblemRegistry } from '#platform';
import type { Route } from './list-routes.js';
import {
  problemResponses,
  problemSchemas,
  RATE_LIMIT_HEADERS,
  SHARED_HEADERS,
  SHARED_REFUSALS,
  type SharedRefusal,
} from './problem-parts.js';
import { TAGS, tagOf } from './tags.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Parameter = Exclude<NonNullable<Operation['parameters']>[number], { $ref: string }>;
type Response = Exclude<NonNullable<Operation['responses']>[string], undefined>;

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/**
 * Adds what holds for every operation, so that no controller has to say it: who may call it,
 * refusals, the headers of limits, of idempotency and of preconditions. Changes the document.
 */
export function finishDocument(
  document: OpenAPIObject,
  routes: readonly Route[],
  problems: ProblemRegistry,
): OpenAPIObject {
  const components = (document.components ??= {});
  components.schemas = sorted({ ...components.schemas, ...problemSchemas(problems) });
  components.responses = problemResponses(problems);
  components.headers = SHARED_HEADERS;
  components.parameters = { IdempotencyKey: IDEMPOTENCY_KEY, IfMatch: IF_MATCH };
  document.paths = sorted(document.paths);
  const used = new Set<string>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      const route = routes.find((one) => one.path === path && one.method === method.toUpperCase());
      if (!route) throw new Error(`No route is served for ${method} ${path}`);
      finishOperation(operation, route);
      for (const tag of operation.tags ?? []) used.add(tag);
    }
  }
  document.tags = TAGS.filter(({ name }) => used.has(name));
  return document;
}

function finishOperation(operation: Operation, route: Route): void {
  operation.tags = (operation.tags ?? []).map(tagOf);
  if (route.access.kind === 'scope') {
    const needs = `Needs the scope \`${route.access.scope}\`.`;
    operation.description = operation.description ? `${operation.description}\n\n${needs}` : needs;
    operation.security = [{ bearer: [route.access.scope] }];
  }
  const parameters = ((operation.parameters ??= []) as Parameter[]).filter(
    (one) => !SHARED_PARAMETERS.has(one.name?.toLowerCase()),
  ) as NonNullable<Operation['parameters']>;
  operation.parameters = parameters;
  if (route.takesIfMatch) parameters.push(ref('parameters', 'IfMatch'));
  if (route.creates) parameters.push(ref('parameters', 'IdempotencyKey'));
  describeLines(operation);
  addHeaders(operation);
  const refusals = refusalsOf(operation, route);
  for (const [status, name] of refusals) {
    operation.responses[status] ??= ref('responses', name) as Response;
  }
  operation.responses = sorted(operation.responses);
}

/** By status, with every status that this operation can be refused with by the edge itself. */
function refusalsOf(operation: Operation, route: Route): [status: string, name: string][] {
  const parameters = (operation.parameters ?? []) as Parameter[];
  const names: SharedRefusal[] = ['NotSignedIn', 'RateLimited', 'Overloaded'];
  if (operation.requestBody) names.push('Invalid', 'TooLarge', 'UnsupportedMediaType');
  else if (parameters.some((one) => one.in === 'query')) names.push('Invalid');
  if (parameters.some((one) => one.in === 'path')) names.push('NotFound');
  if (route.access.kind === 'scope') names.push('NotAllowed');
  if (route.creates) names.push('InProgress', 'KeyReused');
  if (route.takesIfMatch) names.push('Changed', 'PreconditionRequired');
  return [
    ...names.map((name): [string, string] => [STATUS_OF[SHARED_REFUSALS[name]], name]),
    ['4XX', 'Problem'],
    ['5XX', 'Problem'],
  ];
}

const STATUS_OF: Readonly<Record<(typeof SHARED_REFUSALS)[SharedRefusal], string>> = {
  'request/invalid': '400',
  'accounts/not-signed-in': '401',
  'accounts/not-allowed': '403',
  'request/not-found': '404',
  'request/idempotency-in-progress': '409',
  'request/precondition-failed': '412',
  'request/too-large': '413',
  'request/unsupported-media-type': '415',
  'request/idempotency-key-reused': '422',
  'request/precondition-required': '428',
  'request/rate-limited': '429',
  'server/overloaded': '503',
};

/** A schema describes one JSON value, and NDJSON is many: what is in a line stands in words. */
function describeLines(operation: Operation): void {
  const bodies = [operation.requestBody, ...Object.values(operation.responses)];
  for (const body of bodies) {
    const content = body && 'content' in body ? body.content : undefined;
    const lines = content?.['application/x-ndjson'];
    if (lines) lines.schema = { type: 'string', description: 'One JSON object a line.' };
  }
}

function addHeaders(operation: Operation): void {
  for (const [status, response] of Object.entries(operation.responses)) {
    if (!status.startsWith('2') || !response || '$ref' in response) continue;
    const own = response as { headers?: Record<string, unknown>; description?: string };
    own.description ||= status === '201' ? 'Made.' : 'Done.';
    const requestId = ref('headers', 'RequestId');
    own.headers = { ...own.headers, ...RATE_LIMIT_HEADERS, 'X-Request-Id': requestId };
  }
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
} satisfies Parameter;

/** What a controller says about these by itself gives way to what is said here. */
const SHARED_PARAMETERS = new Set(['if-match', 'idempotency-key']);

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The ETag of the version that you read, so that nobody overwrites another’s change.',
  schema: { type: 'string', examples: ['"r3"'] } as never,
} satisfies Parameter;

function ref(kind: string, name: string): { $ref: string } {
  return { $ref: `#/components/${kind}/${name}` };
}

function sorted<T>(members: Record<string, T>): Record<string, T> {
  const entries = Object.entries(members);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
