import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, FixedClock, type TestApp } from '../support/test-app.js';

let silent: TestApp;
let open: TestApp;

beforeAll(async () => {
  silent = await createTestApp();
  open = await createTestApp({
    clock: new FixedClock(Date.parse('2026-11-22T14:05:00Z')),
    config: { SECURITY_CONTACT: 'mailto:security@example.org', PUBLIC_URL: 'https://example.org/' },
  });
});

afterAll(async () => {
  await silent.close();
  await open.close();
});

describe('/.well-known/security.txt', () => {
  it('names whom to tell, and expires within a year (RFC 9116)', async () => {
    const { body, headers } = await open.request('GET', '/.well-known/security.txt');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(body).toBe(
      'Contact: mailto:security@example.org\n' +
        'Expires: 2027-05-21T00:00:00.000Z\n' +
        'Preferred-Languages: en\n' +
        'Canonical: https://example.org/.well-known/security.txt\n',
    );
  });

  it('is absent where the operator named nobody, because a contact is what it is for', async () => {
    const { statusCode } = await silent.request('GET', '/.well-known/security.txt');
    expect(statusCode).toBe(404);
  });
});

describe('/.well-known/api-catalog', () => {
  it('links the API to its description, its documentation and its health (RFC 9727)', async () => {
    const { body, headers } = await open.request('GET', '/.well-known/api-catalog');
    expect(headers['content-type']).toContain('application/linkset+json');
    const [api] = (JSON.parse(body) as { linkset: Record<string, { href: string }[]>[] }).linkset;
    for (const relation of ['service-desc', 'service-doc', 'status']) {
      const { statusCode } = await open.request('GET', api![relation]![0]!.href);
      expect([relation, statusCode]).toEqual([relation, 200]);
    }
  });
});
