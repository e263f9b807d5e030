import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessMarkdown, listRoutes, type Route } from '#portal';
import { createTestApp, type TestApp, type TestRequest } from '../support/test-app.js';

let app: TestApp;
let routes: Route[];

beforeAll(async () => {
  app = await createTestApp();
  routes = listRoutes(app.app);
});

afterAll(() => app.close());

/** Calls a route with parameters that lead to nothing. */
function call({ method, path }: Route, options: TestRequest = {}) {
  const url = path.replaceAll(/\{\w+\}/g, 'nothing');
  const body = method === 'GET' || method === 'DELETE' ? undefined : {};
  return app.request(method as 'GET', url, { body, ...options });
}

describe('access', () => {
  it('is for every route what docs/reference/access.md says (npm run docs:generate)', () => {
    const stored = readFileSync(new URL('../../docs/reference/access.md', import.meta.url), 'utf8');
    expect(stored).toBe(accessMarkdown(routes));
  });

  it('is refused without a credential wherever anyone but everyone may call', async () => {
    const closed = routes.filter(({ access }) => access.kind !== 'public');
    expect(closed.length).toBeGreaterThan(20);
    for (const route of closed) {
      const { statusCode } = await call(route);
      expect([route.method, route.path, statusCode]).toEqual([route.method, route.path, 401]);
    }
  });

  it('is refused with a credential that lacks the scope', async () => {
    const auditor = await app.signUp('auditor');
    const beyond = ['works:write', 'claims:write', 'consent:declare', 'operator:decide'];
    const closed = routes.filter(
      ({ access }) => access.kind === 'scope' && beyond.includes(access.scope),
    );
    expect(closed.length).toBeGreaterThan(10);
    for (const route of closed) {
      const { statusCode } = await call(route, { as: auditor });
      expect([route.method, route.path, statusCode]).toEqual([route.method, route.path, 403]);
    }
  });

  it('to public routes needs no credential', async () => {
    for (const route of routes.filter(({ access }) => access.kind === 'public')) {
      const { statusCode } = await call(route);
      expect([route.method, route.path, [401, 403].includes(statusCode)]).toEqual([
        route.method,
        route.path,
        false,
      ]);
    }
  });
});
