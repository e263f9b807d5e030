import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/test-app.js';

jest.setTimeout(20_000);

/** What a client got, and when the server had enough of it. */
interface Ending {
  answer: string;
  seconds: number;
}

const HEAD = 'POST /v1/lookups HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';

describe('a slow client', () => {
  let t: TestApp;
  let port: number;
  let server: object;
  beforeAll(async () => {
    t = await createTestApp();
    await t.app.listen(0, '127.0.0.1');
    const http = t.app.getHttpServer();
    server = http;
    port = (http.address() as { port: number }).port;
  });
  afterAll(() => t.close());

  /** Sends `start` at once and then one byte a second, until the server ends it. */
  async function drip(start: string, byte: string): Promise<Ending> {
    const socket: Socket = connect(port, '127.0.0.1');
    const startedAt = performance.now();
    let answer = '';
    socket.on('data', (bytes) => (answer += bytes.toString()));
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(start);
    const dripping = setInterval(() => socket.write(byte), 1_000);
    await once(socket, 'close');
    clearInterval(dripping);
    return { answer, seconds: (performance.now() - startedAt) / 1_000 };
  }

  // All at the same time: each waits for the same ten seconds.
  it('who drips its headers is cut after ten seconds, and does not keep others waiting', async () => {
    const dripped = Promise.all([drip(HEAD, 'X'), drip('GET', ' '), drip(`${HEAD}X-Slow: `, 'x')]);
    const meanwhile = await fetch(`http://127.0.0.1:${port}/health/live`);
    expect(meanwhile.status).toBe(200);
    for (const { answer, seconds } of await dripped) {
      expect(answer).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
      expect(seconds).toBeGreaterThan(8);
      expect(seconds).toBeLessThan(11.9);
    }
  });

  it('who drips its body is cut after thirty seconds, here after two', async () => {
    expect(server).toMatchObject({ requestTimeout: 30_000, keepAliveTimeout: 15_000 });
    Object.assign(server, { headersTimeout: 1_000, requestTimeout: 2_000 });
    const { answer, seconds } = await drip(`${HEAD}Content-Length: 1000\r\n\r\n{`, ' ');
    Object.assign(server, { headersTimeout: 10_000, requestTimeout: 30_000 });
    expect(answer).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
    expect(seconds).toBeLessThan(5);
  });

  it('who sends headers without end is refused at once', async () => {
    const endless = `${HEAD}X-Long: ${'x'.repeat(64 * 1024)}\r\n`;
    const { answer, seconds } = await drip(endless, 'x');
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(seconds).toBeLessThan(5);
  });

  it('who promises a body too large is refused before it is sent', async () => {
    const { answer, seconds } = await drip(`${HEAD}Content-Length: 100000000\r\n\r\n`, 'x');
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(seconds).toBeLessThan(5);
  });
});
