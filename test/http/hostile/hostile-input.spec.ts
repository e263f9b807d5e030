import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { InjectOptions, Response } from 'light-my-request';
import {
  HOSTILE_BODIES,
  HOSTILE_HEADERS,
  HOSTILE_QUERIES,
  HOSTILE_SEGMENTS,
  replacementsOf,
} from './hostile-values.js';
import { createHostileWorld, type HostileWorld, type RouterEntry } from './hostile-world.js';

// Thousands of requests, one after the other.
jest.setTimeout(60_000);

/** Reading requests and those that act without a body: they may ignore what is sent along. */
const TAKES_NO_BODY =
  /^(?:GET|HEAD|DELETE) |\/(?:confirm|decline|revoke|withdraw|check)$|\/operator\/snapshots$/;
/** Take a file as their body; their own specs hold them to that. */
const TAKES_A_FILE = ['POST /v1/imports', 'POST /v1/lookup-jobs', 'POST /v1/lookups/stream'];

/** Operations are taken in parts, so that no test runs for long. */
const PARTS = [1, 2, 3] as const;
const partOf = <T>(all: readonly T[], part: number): T[] =>
  all.filter((_, at) => at % PARTS.length === part - 1);

const keyOf = ({ method, path }: RouterEntry) => `${method} ${path}`;

describe('whatever is sent,', () => {
  let world: HostileWorld;
  let rowsBefore: Record<string, number>;
  beforeAll(async () => {
    world = await createHostileWorld();
  });
  beforeEach(async () => {
    rowsBefore = await world.countRows();
  });
  afterAll(() => world.t.close());

  const send = (
    method: string,
    url: string,
    {
      headers = {},
      payload,
    }: Pick<InjectOptions, 'payload'> & { headers?: Record<string, string> },
  ) =>
    world.t.app.inject({
      method: method as 'POST',
      url,
      headers: { authorization: `Bearer ${world.actor}`, ...headers },
      payload,
    }) as unknown as Promise<Response>;

  const takesBody = (route: RouterEntry) =>
    !TAKES_NO_BODY.test(keyOf(route)) || keyOf(route) in world.bodies;
  /** Signing out would end the actor; nobody is signed in there, so that the guard refuses. */
  const credentials = ({ path }: RouterEntry): Record<string, string> =>
    path === '/v1/sessions/current' ? { authorization: 'Bearer none' } : {};

  it('the actor has every role, and every operation with a body is known here', () => {
    expect(world.routes.length).toBeGreaterThan(80);
    const unknown = world.routes
      .filter((route) => takesBody(route) && !TAKES_A_FILE.includes(keyOf(route)))
      .map(keyOf)
      .filter((key) => !(key in world.bodies));
    expect(unknown).toEqual([]);
  });

  it.each(HOSTILE_BODIES)(
    'a body of $name is refused with a problem by every operation',
    async ({ payload, type }) => {
      const faults: string[] = [];
      for (const route of world.routes) {
        const url = world.fill(route.path, takesBody(route) ? 'real' : 'absent');
        const headers = {
          ...(type === null ? {} : { 'content-type': type }),
          ...credentials(route),
        };
        if (route.method === 'PATCH') Object.assign(headers, { 'if-match': '"r1"' });
        const answer = await send(route.method, url, { headers, payload });
        const fault = faultOf(answer, route);
        if (fault) faults.push(`${keyOf(route)}: ${fault}`);
        else if (takesBody(route) && answer.statusCode < 400) {
          faults.push(`${keyOf(route)}: taken with ${answer.statusCode}`);
        }
      }
      expect(faults).toEqual([]);
      expect(await world.countRows()).toEqual(rowsBefore);
    },
  );

  it.each(Object.entries(HOSTILE_SEGMENTS))(
    'a path with %s leads nowhere and breaks nothing',
    async (_, segment) => {
      const faults: string[] = [];
      for (const route of world.routes.filter(({ path }) => path.includes(':'))) {
        const places = route.path.match(/:\w+/g)!;
        for (const place of places) {
          const url = world
            .fill(route.path.replace(place, '\u0001'), 'real')
            .replace('\u0001', segment);
          const payload = world.bodies[keyOf(route)];
          const headers = { 'if-match': '"r1"', ...credentials(route) };
          const answer = await send(route.method, url, { headers, payload });
          const fault = faultOf(answer, route);
          if (fault) faults.push(`${route.method} ${url.slice(0, 100)}: ${fault}`);
        }
      }
      expect(faults).toEqual([]);
      expect(await world.countRows()).toEqual(rowsBefore);
    },
  );

  it.each(HOSTILE_QUERIES.map((query) => [query.slice(0, 40), query]))(
    'a query %s is refused or ignored',
    async (_, query) => {
      const faults: string[] = [];
      for (const route of world.routes.filter(({ method }) => method === 'GET')) {
        const answer = await send('GET', `${world.fill(route.path, 'real')}?${query}`, {});
        const fault = faultOf(answer, route);
        if (fault) faults.push(`${keyOf(route)}: ${fault}`);
      }
      expect(faults).toEqual([]);
      expect(await world.countRows()).toEqual(rowsBefore);
    },
  );

  it.each(
    HOSTILE_HEADERS.map((headers) => [JSON.stringify(headers).slice(0, 60), headers] as const),
  )('headers %s break nothing', async (_, headers) => {
    const faults: string[] = [];
    for (const route of world.routes) {
      const url = world.fill(route.path, 'absent');
      const payload = takesBody(route) ? { zz: 1 } : undefined;
      const answer = await send(route.method, url, {
        headers: { ...credentials(route), ...headers },
        payload,
      });
      const fault = faultOf(answer, route);
      if (fault) faults.push(`${keyOf(route)}: ${fault}`);
    }
    expect(faults).toEqual([]);
    expect(await world.countRows()).toEqual(rowsBefore);
  });

  it.each(PARTS)(
    'a member of the wrong kind is refused and stores nothing (part %i)',
    async (part) => {
      const faults: string[] = [];
      for (const [key, body] of partOf(Object.entries(world.bodies), part)) {
        const [method, path] = key.split(' ') as [string, string];
        const url = world.fill(path, 'real');
        const headers = method === 'PATCH' ? { 'if-match': '"r1"' } : undefined;
        for (const [place, payload] of changedBodies(body, 'never')) {
          const answer = await send(method, url, { headers, payload });
          const fault = faultOf(answer, { method, path });
          if (fault) faults.push(`${key} ${place}: ${fault}`);
          else if (answer.statusCode < 300 && key !== 'POST /v1/lookups') {
            faults.push(`${key} ${place}: taken with ${answer.statusCode}`);
          }
        }
      }
      expect(faults).toEqual([]);
      expect(await world.countRows()).toEqual(rowsBefore);
    },
  );

  it('the bodies that are changed here are good ones', async () => {
    const refused: string[] = [];
    for (const [key, body] of Object.entries(world.bodies)) {
      const [method, path] = key.split(' ') as [string, string];
      const headers = method === 'PATCH' ? { 'if-match': '"r1"' } : undefined;
      const answer = await send(method, world.fill(path, 'real'), { headers, payload: body });
      if (answer.body.includes('/problems/request/invalid')) refused.push(`${key}: ${answer.body}`);
    }
    expect(refused).toEqual([]);
  });

  // Last, because some of these are taken: an odd name is a name.
  it.each(PARTS)('an odd but well-formed member breaks nothing (part %i)', async (part) => {
    const faults: string[] = [];
    for (const [key, body] of partOf(Object.entries(world.bodies), part)) {
      const [method, path] = key.split(' ') as [string, string];
      const url = world.fill(path, 'real');
      const headers = method === 'PATCH' ? { 'if-match': '"r1"' } : undefined;
      for (const [place, payload] of changedBodies(body, 'odd')) {
        const fault = faultOf(await send(method, url, { headers, payload }), { method, path });
        if (fault) faults.push(`${key} ${place}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
  });
});

/** What is wrong with an answer: a fault of the server, or a refusal that is no proper problem. */
function faultOf(answer: Response, { method }: RouterEntry): string | null {
  const { statusCode } = answer;
  if (statusCode >= 500) return `${statusCode} ${answer.body.slice(0, 200)}`;
  if (statusCode < 400 || method === 'HEAD') return null;
  const type = String(answer.headers['content-type']);
  if (!type.startsWith('application/problem+json')) return `${statusCode} as ${type}`;
  const problem = answer.json<Record<string, unknown>>();
  if (!/^\/problems\/[a-z-]+\/[a-z-]+$/.test(String(problem['type']))) return `type ${answer.body}`;
  if (typeof problem['title'] !== 'string' || typeof problem['detail'] !== 'string') {
    return `no title or detail: ${answer.body}`;
  }
  if (problem['status'] !== statusCode) return `status ${String(problem['status'])}`;
  if (!/^urn:request:\S+$/.test(String(problem['instance']))) return `instance: ${answer.body}`;
  if (problem['type'] !== '/problems/request/invalid') return null;
  const errors = problem['errors'] as { pointer: unknown; detail: unknown }[] | undefined;
  const named = errors?.every(
    ({ pointer, detail }) => /^(?:\/|$)/.test(String(pointer)) && typeof detail === 'string',
  );
  return named && errors!.length > 0 ? null : `no pointer: ${answer.body.slice(0, 200)}`;
}

/** The body with one of its members replaced, or joined by one that it does not have. */
function* changedBodies(
  body: Record<string, unknown>,
  how: 'never' | 'odd',
): Generator<[place: string, body: Record<string, unknown>]> {
  for (const path of placesOf(body)) {
    const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], body);
    for (const replacement of replacementsOf(value)[how]) {
      const shown = (JSON.stringify(replacement) ?? 'undefined').slice(0, 40);
      yield [`/${path.join('/')} = ${shown}`, replaced(body, path, replacement)];
    }
    if (how === 'never' && typeof value === 'object' && !Array.isArray(value)) {
      yield [`/${path.join('/')}/zz = 1`, replaced(body, [...path, 'zz'], 1)];
    }
  }
  if (how === 'never') yield ['/zz = 1', { ...body, zz: 1 }];
}

function placesOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const here = [...path, key];
    return [here, ...placesOf(child, here)];
  });
}

function replaced(
  body: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const copy = structuredClone(body);
  const parent = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
  parent[path.at(-1)!] = value;
  return copy;
}
