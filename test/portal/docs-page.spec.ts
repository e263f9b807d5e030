import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});

afterAll(() => app.close());

describe('/openapi.json', () => {
  it('describes the API, and answers 304 to who has this version', async () => {
    const first = await app.request('GET', '/openapi.json');
    expect(first.json()).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/' }] });
    const etag = first.headers['etag'] as string;
    const again = await app.request('GET', '/openapi.json', { headers: { 'if-none-match': etag } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const other = await app.request('GET', '/openapi.json', {
      headers: { 'if-none-match': '"other"' },
    });
    expect(other.statusCode).toBe(200);
  });
});

describe('/docs', () => {
  it('has every script and style in files of its own, which its policy asks for', async () => {
    const { body, headers } = await app.request('GET', '/docs');
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(body).not.toMatch(/<script>|<style|\sstyle=/);
    const files = [...body.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, url]) => url!);
    expect(files).toHaveLength(4);
    for (const url of files) {
      const file = await app.request('GET', url);
      expect([url, file.statusCode]).toEqual([url, 200]);
      expect(file.headers['cache-control']).toContain('immutable');
    }
  });

  it('serves nothing else of the package that draws it', async () => {
    const { body } = await app.request('GET', '/docs');
    const folder = /\/docs\/ui\/[0-9a-f]+\//.exec(body)![0];
    for (const name of [
      'package.json',
      'index.html',
      'absolute-path.js',
      '..%2f..%2fpackage.json',
      '',
    ]) {
      const { statusCode } = await app.request('GET', folder + name);
      expect([name, statusCode >= 400]).toEqual([name, true]);
    }
  });
});
