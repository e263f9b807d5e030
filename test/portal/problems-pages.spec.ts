import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProblemRegistry } from '#platform';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { BROWSER_ACCEPT } from './portal-world.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});

afterAll(() => app.close());

const get = (url: string, accept?: string) =>
  app.request('GET', url, { headers: accept === undefined ? {} : { accept } });

describe('the pages of problems', () => {
  it('explain every kind that can be refused with, to people and to programs', async () => {
    const kinds = app.app.get(ProblemRegistry).list();
    expect(kinds.length).toBeGreaterThan(20);
    for (const [code, { status, title, help }] of kinds) {
      const url = `/problems/${code}`;
      const data = await get(url);
      expect(data.json()).toEqual({ type: url, code, status, title, help });
      const page = await get(url, BROWSER_ACCEPT);
      expect([code, page.statusCode]).toEqual([code, 200]);
      expect(page.body).toContain(`"type": "${url}"`);
    }
  });

  it('are listed with a link to each', async () => {
    const { problems } = (await get('/problems')).json<{ problems: { type: string }[] }>();
    const page = await get('/problems', BROWSER_ACCEPT);
    for (const { type } of problems) expect(page.body).toContain(`<a href="${type}">`);
  });

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['application/json, text/html;q=0.9', 'application/json'],
    ['text/html;q=0', 'application/json'],
    ['text/html', 'text/html'],
    [BROWSER_ACCEPT, 'text/html'],
  ])('are a page only for who asks for one: Accept %s', async (accept, type) => {
    const { headers } = await get('/problems/request/invalid', accept);
    expect(headers['content-type']).toContain(type);
    expect(headers['vary']).toBe('Accept');
  });

  it('refuse a kind that does not exist, whatever is asked for', async () => {
    for (const url of ['/problems/request/nothing', '/problems/__proto__/constructor']) {
      const { statusCode, headers } = await get(url, BROWSER_ACCEPT);
      expect([url, statusCode]).toEqual([url, 404]);
      expect(headers['content-type']).toContain('application/problem+json');
    }
  });

  it('are where the type of a real refusal leads', async () => {
    const refusal = await get('/v1/works/wrk_nothing');
    const { type } = refusal.json<{ type: string }>();
    expect((await get(type)).json()).toMatchObject({ type, status: refusal.statusCode });
  });
});
