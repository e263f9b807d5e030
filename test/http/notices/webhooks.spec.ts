import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { JobWorker } from '#platform';
import { WEBHOOK_NETWORK } from '../../../src/notices/webhook-sender.service.js';
import { DnsServer } from '../../support/dns-server.js';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';
import { HttpsServer } from '../../support/https-server.js';

const HOST = 'hooks.label.example';

let registry: Registry;
let dns: DnsServer;
let web: HttpsServer;
let worker: JobWorker;
let account: Somebody;
/** The same person with a party that nothing has happened to yet. */
let ines: Somebody;

interface Received {
  headers: Record<string, string>;
  body: string;
  event: Json;
}
let received: Received[] = [];

/** Answers with these statuses one after the other, then with 204. */
function answer(...statuses: number[]): void {
  received = [];
  web.answer((request: IncomingMessage, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      received.push({ headers, body, event: JSON.parse(body) });
      const status = statuses.shift() ?? 204;
      response.writeHead(status, { location: 'https://elsewhere.example/' }).end();
    });
  });
}

beforeAll(async () => {
  // The signatures carry a time, which receivers hold against their own clock.
  registry = await Registry.open(new Date().toISOString(), { LOG_SIGNER: true });
  [dns, web] = await Promise.all([DnsServer.start(), HttpsServer.start([HOST])]);
  dns.set(HOST, { addresses: [['127.0.0.1']] });
  Object.assign(registry.app.app.get<object>(WEBHOOK_NETWORK, { strict: false }), {
    dnsServers: [dns.address],
    httpsPort: web.port,
    authorities: web.authority,
    mayConnectTo: (address: string) => address === '127.0.0.1',
  });
  account = await registry.somebody();
  worker = registry.app.app.get(JobWorker, { strict: false });
});

afterAll(async () => {
  await registry.close();
  await Promise.all([dns.stop(), web.stop()]);
});

beforeEach(async () => {
  ines = { ...account, party: await registry.makeParty(account.token) };
  answer();
});

const url = (path = '') => `/v1/parties/${ines.party}/webhooks${path}`;
const create = (): Promise<Json> =>
  registry.post(url(), ines.token, { url: `https://${HOST}/in?from=fermata` });
const state = async (id: string): Promise<Json> =>
  (await registry.get(url(), ines.token))['webhooks'].find((one: Json) => one['id'] === id);
const declare = () =>
  registry.declare(ines, {
    layers: ['recording'],
    terms: [{ purpose: 'ai', decision: 'deny' }],
  });
const pause = () => new Promise((done) => setTimeout(done, 25));
/** Lets the time of the next try come. */
const due = (id: string) =>
  registry.sql(
    `WITH now_due AS (UPDATE webhooks SET retry_at = now() WHERE webhook_id = $1)
     SELECT queue_webhook($1, now())`,
    [id],
  );

describe('a webhook', () => {
  it('is told of each leaf that concerns the party, in order and signed', async () => {
    await declare();
    const { id, secret } = await create();
    const first = await declare();
    const second = await declare();
    await worker.runPending();
    expect(received.map(({ event }) => event['data'].leaf.declaration)).toEqual([
      first[0]!['id'],
      second[0]!['id'],
    ]);
    for (const { headers, body, event } of received) {
      expect(new Webhook(secret).verify(body, headers)).toEqual(event);
      expect(headers['webhook-id']).toBe(`${event['data'].logIndex}.${ines.party}`);
      expect(event).toMatchObject({
        type: 'leaf.recorded',
        data: { party: ines.party, words: expect.stringContaining('You declared anew') },
      });
    }
    expect(await state(id)).toMatchObject({
      state: 'active',
      failures: 0,
      deliveredUpTo: second[0]!['logIndex'],
    });
    await worker.runPending();
    expect(received).toHaveLength(2);
  });

  it('is queued with the leaf or not at all', async () => {
    const { id } = await create();
    const jobs = async () =>
      (
        await registry.sql(`SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE key = $1`, [
          `webhook:${id}`,
        ])
      )[0]!['n'];
    await registry.refused('POST', '/v1/declarations', {
      as: ines.token,
      body: {
        ...{ party: ines.party, subject: { kind: 'party' }, replaces: 'dec_1' },
        terms: [{ purpose: 'ai', decision: 'deny' }],
      },
    });
    expect(await jobs()).toBe(0);
    await declare();
    expect(await jobs()).toBe(1);
    await worker.runPending();
    expect(await jobs()).toBe(0);
  });

  it('gets an event again until it takes it, under the same id, and none before that', async () => {
    answer(500, 302);
    const { id } = await create();
    await declare();
    await declare();
    await worker.runPending();
    expect(received).toHaveLength(1);
    expect(await state(id)).toMatchObject({ failures: 1, nextTryAt: expect.any(String) });
    // A leaf that comes meanwhile does not make it try sooner.
    await declare();
    await worker.runPending();
    expect(received).toHaveLength(1);
    await due(id);
    await worker.runPending();
    expect(received).toHaveLength(2);
    await due(id);
    await worker.runPending();
    const ids = received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(5);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(new Set(ids).size).toBe(3);
    const { attempts } = await registry.get(url(`/${id}/attempts`), ines.token);
    expect(attempts.map((one: Json) => [one['status'], one['failure']]).reverse()).toEqual([
      ...[[500, 'bad_status'] as const, [302, 'redirected'] as const],
      ...[[204, null] as const, [204, null] as const, [204, null] as const],
    ]);
  });

  it('is paused when the receiver says that it is gone, and goes on from there when resumed', async () => {
    answer(410);
    const { id } = await create();
    await declare();
    await worker.runPending();
    await declare();
    await worker.runPending();
    expect(received).toHaveLength(1);
    expect(await state(id)).toMatchObject({ state: 'paused', nextTryAt: null });
    await registry.post(url(`/${id}/resume`), ines.token);
    await worker.runPending();
    expect(received).toHaveLength(3);
  });

  it('has two secrets for a day after a rotation', async () => {
    const { id, secret } = await create();
    const { secret: next } = await registry.post(url(`/${id}/secret`), ines.token);
    expect(next).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    await declare();
    await worker.runPending();
    const [{ body, headers }] = received as [Received];
    for (const one of [secret, next])
      expect(() => new Webhook(one).verify(body, headers)).not.toThrow();
    answer();
    await registry.sql(
      `UPDATE webhooks SET previous_until = previous_until - interval '1 day' WHERE webhook_id = $1`,
      [id],
    );
    await declare();
    await worker.runPending();
    expect(received[0]!.headers['webhook-signature']!.split(' ')).toHaveLength(1);
    expect(() => new Webhook(next).verify(received[0]!.body, received[0]!.headers)).not.toThrow();
  });

  it('answers a ping at once, and shows its secret once', async () => {
    const made = await registry.call('POST', url(), {
      as: ines.token,
      body: { url: `https://${HOST}/` },
      headers: { 'idempotency-key': `once-${ines.party}` },
    });
    const again = await registry.call('POST', url(), {
      as: ines.token,
      body: { url: `https://${HOST}/` },
      headers: { 'idempotency-key': `once-${ines.party}` },
    });
    const { id, secret } = made.json<Json>();
    expect(again.json()).toEqual({ ...made.json<Json>(), secret: null });
    expect(JSON.stringify(await registry.get(url(), ines.token))).not.toContain('whsec_');
    expect(await registry.post(url(`/${id}/ping`), ines.token)).toEqual({
      delivered: true,
      status: 204,
      failure: null,
    });
    const [{ body, headers }] = received as [Received];
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'ping' });
  });

  it.each([
    ['127.0.0.2', 'not_public'],
    ['10.0.0.1', 'not_public'],
    ['169.254.169.254', 'not_public'],
  ])('connects to no address such as %s', async (address, failure) => {
    const before = web.connections;
    dns.set('inside.label.example', { addresses: [[address, '127.0.0.1']] });
    const { id } = await registry.post(url(), ines.token, {
      url: 'https://inside.label.example/hook',
    });
    expect(await registry.post(url(`/${id}/ping`), ines.token)).toEqual({
      delivered: false,
      status: null,
      failure,
    });
    expect(web.connections).toBe(before);
  });

  it.each([
    'http://label.example/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
    'https://localhost/',
    'https://label.example:8443/',
    'https://somebody@label.example/',
    'ftp://label.example/',
    'nonsense',
  ])('is refused at %s', async (address) => {
    const refused = await registry.refused('POST', url(), {
      as: ines.token,
      body: { url: address },
    });
    expect([refused.code, refused.pointers]).toEqual(['request/invalid', ['/url']]);
  });

  it('is of its party alone, and gone when deleted', async () => {
    const { id } = await create();
    const other = await registry.somebody();
    const foreign = `/v1/parties/${other.party}/webhooks/${id}`;
    expect((await registry.refused('DELETE', foreign, { as: other.token })).code).toBe(
      'notices/webhook-not-found',
    );
    await declare();
    await registry.done('DELETE', url(`/${id}`), { as: ines.token });
    await worker.runPending();
    expect(received).toEqual([]);
  });

  it('is told by the worker that runs in the server, which ends with it', async () => {
    await create();
    await worker.start();
    const [declared] = await declare();
    for (let waited = 0; received.length === 0 && waited < 200; waited += 1) {
      await pause();
    }
    expect(received[0]!.event['data'].leaf.declaration).toBe(declared!['id']);
    await worker.beforeApplicationShutdown();
    const open = () =>
      registry.sql(
        `SELECT FROM pg_stat_activity
         WHERE application_name = 'fermata jobs' AND datname = current_database()`,
      );
    // The server takes a moment to notice that a connection is gone.
    for (let waited = 0; (await open()).length > 0 && waited < 200; waited += 1) await pause();
    expect(await open()).toEqual([]);
  });
});
