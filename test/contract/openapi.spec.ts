import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { listRoutes, type Route } from '#portal';
import { createTestApp, type TestApp } from '../support/test-app.js';

interface Operation {
  operationId: string;
  summary?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: { $ref?: string; name?: string; in?: string }[];
  responses: Record<string, { $ref?: string }>;
}

jest.setTimeout(60_000);

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = (script: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });

const document = JSON.parse(readFileSync(`${root}docs/reference/openapi.json`, 'utf8')) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>>;
};
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    ...operation,
  })),
);

let app: TestApp;
let routes: Route[];

beforeAll(async () => {
  app = await createTestApp();
  routes = listRoutes(app.app);
});

afterAll(() => app.close());

const routeOf = (name: string) => routes.find(({ method, path }) => `${method} ${path}` === name);

describe('docs/reference/openapi.json', () => {
  it('is what the code makes (npm run docs:generate)', async () => {
    // On the build: only there has the compiler's plugin described the requests and responses.
    const { stdout } = await run('dist/src/generate-docs.js', '--check');
    expect(stdout).toBe('The reference is current.\n');
  });

  it('has nothing for redocly to complain of', async () => {
    const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
    const { stderr } = await run(cli, 'lint', 'docs/reference/openapi.json');
    expect(stderr).toContain('Your API description is valid');
  });

  it('describes every route below /v1 and no page', () => {
    const served = routes.map(({ method, path }) => `${method} ${path}`);
    const api = served.filter((name) => / \/(?:v1|health|metrics)/.test(name));
    expect(operations.map(({ name }) => name).sort()).toEqual(api.sort());
  });

  it('says for every operation what it does, who may call it, and how it refuses', () => {
    for (const { name, summary, tags, security, responses } of operations) {
      expect([name, typeof summary, tags?.length]).toEqual([name, 'string', 1]);
      expect([name, Array.isArray(security)]).toEqual([name, true]);
      for (const status of ['4XX', '5XX', '401', '429']) {
        expect([name, status, responses[status]?.$ref]).toEqual([
          name,
          status,
          expect.stringContaining('#/components/responses/'),
        ]);
      }
      expect([name, Object.keys(responses).some((status) => /^2\d\d$/.test(status))]).toEqual([
        name,
        true,
      ]);
    }
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('asks for the scope that the guard asks for', () => {
    for (const { name, security } of operations) {
      const { access } = routeOf(name)!;
      const expected =
        access.kind === 'public'
          ? [{}, { bearer: [] }]
          : [{ bearer: access.kind === 'scope' ? [access.scope] : [] }];
      expect([name, security]).toEqual([name, expected]);
    }
  });

  it('names Idempotency-Key and If-Match exactly where they are honoured', () => {
    for (const { name, parameters = [] } of operations) {
      const { creates, takesIfMatch } = routeOf(name)!;
      const has = (component: string) =>
        parameters.some(({ $ref }) => $ref === `#/components/parameters/${component}`);
      expect([name, has('IdempotencyKey'), has('IfMatch')]).toEqual([name, creates, takesIfMatch]);
    }
    expect(operations.filter(({ name }) => routeOf(name)!.takesIfMatch).length).toBeGreaterThan(1);
  });

  it('honours Idempotency-Key on every POST that creates', () => {
    // Sent again, signing in opens another session: to give the first token again it would have to be kept.
    const signIn = 'POST /v1/sessions';
    for (const { name, responses } of operations) {
      if (!name.startsWith('POST') || name === signIn || !responses['201']) continue;
      expect([name, routeOf(name)!.creates]).toEqual([name, true]);
    }
  });

  it('knows the members of requests and answers, which only the build can tell', () => {
    const { LookupResponse, RegisterWorkRequest } = document.components['schemas'] as Record<
      string,
      { properties: object }
    >;
    expect(Object.keys(LookupResponse!.properties)).toContain('log');
    expect(Object.keys(RegisterWorkRequest!.properties)).toContain('identifiers');
  });
});
