import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { JobWorker, OpenStreams } from '#platform';
import { Checkpoints } from '#transparency';
import { WEBHOOK_NETWORK } from '../../../src/notices/webhook-sender.service.js';
import { DnsServer } from '../../support/dns-server.js';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Song, type Somebody } from '../../support/factories/registry.js';
import { HttpsServer } from '../../support/https-server.js';

const HOST = 'hooks.builder.example';
const CHANGES = '/v1/changes';

let registry: Registry;
let dataDir: string;
let artist: Somebody;
let songs: Song[];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fermata-data-'));
  registry = await Registry.open(new Date().toISOString(), {
    ...{ LOG_SIGNER: true, DATA_DIR: dataDir, HELD_IDENTIFIERS_MAX: 20 },
  });
  artist = await registry.somebody();
  songs = [];
  for (let left = 4; left > 0; left -= 1) songs.push(await registry.song(artist));
});
afterAll(async () => {
  await registry.close();
  await rm(dataDir, { recursive: true, force: true });
});

const feed = (query = ''): Promise<Json> => registry.get(`${CHANGES}${query}`);
const upTo = async (): Promise<number> => (await feed('?limit=1000'))['logSize'];
const deny = (subject?: object) =>
  registry.declare(artist, {
    ...{ terms: [{ purpose: 'ai', decision: 'deny' }] },
    ...(subject ? { subject } : {}),
  });

/** Pages from a size on until there is no more. */
async function pages(since: number, limit: number, url = CHANGES, as?: string): Promise<Json[]> {
  const got: Json[] = [];
  let next: string | null = `${url}?since=${since}&limit=${limit}`;
  while (next !== null) {
    const answer = await registry.call('GET', next, { as });
    const page = answer.json<Json>();
    got.push(page);
    const link = /<(.+)>; rel="next"/.exec(String(answer.headers['link']))?.[1] ?? null;
    expect(link !== null).toBe(page['nextCursor'] !== null);
    next = link;
  }
  return got;
}

describe('the change feed', () => {
  it('tells each leaf with the works whose answers it may have changed', async () => {
    const since = await upTo();
    const [song] = songs;
    await deny({ kind: 'work', id: song!.composition });
    const [page] = await pages(since, 100);
    const declared = page!['items'].find((one: Json) => one['type'] === 'declaration');
    expect(declared).toMatchObject({
      index: expect.any(Number),
      time: expect.stringMatching(/Z$/),
      subject: { kind: 'work', id: song!.composition },
    });
    // The recording embodies the composition, so its answer hangs on it.
    const works = Object.fromEntries(
      declared.works.map((one: Json) => [one['workId'], one['identifiers']]),
    );
    expect(works).toEqual({
      [song!.composition]: [],
      [song!.recording]: [{ scheme: 'isrc', value: song!.isrc }],
    });
    expect([page!['upTo'], page!['nextCursor']]).toEqual([page!['logSize'], null]);
    expect((await feed(`?since=${page!['upTo']}`)).items).toEqual([]);
  });

  it('goes through what a party holds in pages of one size, each work at least once', async () => {
    const since = await upTo();
    const layers = await deny();
    for (const limit of [1, 3, 1000]) {
      const told = await pages(since, limit);
      const items = told.flatMap((page) => page['items'] as Json[]);
      expect(
        told.every(({ items: some }) => some.flatMap((one: Json) => one['works']).length <= limit),
      ).toBe(true);
      for (const { logIndex, layer } of layers) {
        const works = items
          .filter((one) => one['index'] === logIndex)
          .flatMap((one) => one['works'].map((work: Json) => work['workId']));
        const held = songs.flatMap((song) => [song.recording, song.composition]);
        expect([layer, new Set(works)]).toEqual([layer, new Set(held)]);
      }
      const indexes = items.map((one) => one['index']);
      expect(indexes).toEqual([...indexes].sort((a, b) => a - b));
      expect(new Set(indexes).size).toBe(told.at(-1)!['upTo'] - since);
    }
  });

  it('names an identifier that was removed with the leaf that did it', async () => {
    const since = await upTo();
    const isrc = registry.isrc();
    const { id } = await registry.work(artist, { identifiers: [{ scheme: 'isrc', value: isrc }] });
    const url = `/v1/works/${id}/identifiers/isrc/${isrc}`;
    await registry.done('DELETE', url, { as: artist.token });
    const items = (await feed(`?since=${since}`)).items;
    expect(items.at(-1).works).toEqual([
      { workId: id, identifiers: [{ scheme: 'isrc', value: isrc }] },
    ]);
  });

  it('waits for a change, and no longer than it was told to', async () => {
    const since = await upTo();
    const waiting = feed(`?since=${since}&wait=20`);
    await until(() => open().count === 1);
    await registry.work(artist);
    expect((await waiting)['items']).toHaveLength(1);
    const begun = performance.now();
    expect((await feed(`?since=${since + 1}&wait=1`))['items']).toEqual([]);
    expect(performance.now() - begun).toBeGreaterThan(900);
    expect(open().count).toBe(0);
  });

  it.each(['?since=1&cursor=AAAA', '?cursor=AAAA', '?since=-1', '?limit=0', '?wait=31', '?x=1'])(
    'refuses %s',
    async (query) => {
      expect((await registry.refused('GET', `${CHANGES}${query}`)).code).toBe('request/invalid');
    },
  );

  it('tells nothing that no checkpoint covers', async () => {
    const since = await upTo();
    const [row] = await registry.sql(`SELECT size FROM log_head`);
    expect(since).toBe(Number(row!['size']));
    expect(since).toBe(registry.app.app.get(Checkpoints, { strict: false }).latest!.size);
    expect(await feed(`?since=${since + 5}`)).toMatchObject({ items: [], upTo: since + 5 });
  });
});

describe('the change feed as events', () => {
  let address: string;
  beforeAll(async () => {
    await registry.app.app.listen(0, '127.0.0.1');
    const { port } = registry.app.app.getHttpServer().address() as { port: number };
    address = `http://127.0.0.1:${port}`;
  });

  /** Reads events until it has so many, then hangs up. */
  async function events(count: number, query: string, lastEventId?: string) {
    const stop = new AbortController();
    const headers = {
      accept: 'text/event-stream',
      ...(lastEventId ? { 'last-event-id': lastEventId } : {}),
    };
    const answer = await fetch(`${address}${CHANGES}${query}`, { headers, signal: stop.signal });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const got: { id: string; data: Json }[] = [];
    let text = '';
    for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += piece;
      const parts = text.split('\n\n');
      text = parts.pop()!;
      for (const part of parts) {
        const [, id, data] = /^id: (\S+)\nevent: change\ndata: (.+)$/.exec(part) ?? [];
        if (id) got.push({ id, data: JSON.parse(data!) as Json });
      }
      if (got.length >= count) break;
    }
    stop.abort();
    return got;
  }

  it('sends what was and what comes, and goes on where a client was cut off', async () => {
    const since = await upTo();
    await registry.work(artist);
    const reading = events(3, `?since=${since}`);
    await until(() => open().count === 1);
    await registry.work(artist);
    await registry.work(artist);
    const got = await reading;
    expect(got.map(({ data }) => data['index'])).toEqual([since, since + 1, since + 2]);
    await until(() => open().count === 0);
    const [again] = await events(1, '', got[1]!.id);
    expect(again!.data).toEqual(got[2]!.data);
    await until(() => open().count === 0);
  });

  it('has so many open for one client, and no more', async () => {
    const since = await upTo();
    const stop = new AbortController();
    const headers = { accept: 'text/event-stream' };
    const ask = () =>
      fetch(`${address}${CHANGES}?since=${since}`, { headers, signal: stop.signal });
    const answers = await Promise.all([ask(), ask(), ask(), ask()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const refused = await ask();
    expect([refused.status, ((await refused.json()) as Json)['type']]).toEqual([
      ...[429, '/problems/request/too-many-streams'],
    ]);
    stop.abort();
    await until(() => open().count === 0);
  });
});

describe('a holding', () => {
  const holdings = '/v1/holdings';
  let builder: Somebody;
  let dns: DnsServer;
  let web: HttpsServer;
  let worker: JobWorker;
  let received: { headers: Record<string, string>; body: string; event: Json }[] = [];
  let statuses: number[] = [];

  beforeAll(async () => {
    builder = await registry
      .somebody('dataset_builder', 'organisation')
      .catch(() => registry.somebody('dataset_builder'));
    [dns, web] = await Promise.all([DnsServer.start(), HttpsServer.start([HOST])]);
    dns.set(HOST, { addresses: [['127.0.0.1']] });
    Object.assign(registry.app.app.get<object>(WEBHOOK_NETWORK, { strict: false }), {
      dnsServers: [dns.address],
      httpsPort: web.port,
      authorities: web.authority,
      mayConnectTo: (host: string) => host === '127.0.0.1',
    });
    web.answer((request: IncomingMessage, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const headers = request.headers as Record<string, string>;
        received.push({ headers, body, event: JSON.parse(body) as Json });
        response.writeHead(statuses.shift() ?? 204).end();
      });
    });
    worker = registry.app.app.get(JobWorker, { strict: false });
  });
  afterAll(() => Promise.all([dns.stop(), web.stop()]));

  const isrc = (song: Song) => ({ scheme: 'isrc', value: song.isrc });
  const hold = (body: object) => registry.post(holdings, builder.token, body);
  const changed = async (id: string, since: number): Promise<string[]> =>
    (await pages(since, 3, `${holdings}/${id}/changes`, builder.token))
      .flatMap((page) => page['changed'] as Json[])
      .map((one) => one['value']);
  /** Lets what waits for more be told now. */
  const tell = async () => {
    await registry.sql(`SELECT graphile_worker.add_job('holdings', job_key => 'holdings')`);
    await worker.runPending();
    await worker.runPending();
  };

  it('learns exactly which of it changed', async () => {
    const [one, two, three] = songs as [Song, Song, Song];
    const spelled = `${two.isrc.slice(0, 2)}-${two.isrc.slice(2, 5)}-${two.isrc.slice(5, 7)}-${two.isrc.slice(7)}`;
    const { id, since } = await hold({
      identifiers: [isrc(one), { scheme: 'isrc', value: spelled }],
    });
    expect(await changed(id, since)).toEqual([]);
    await deny({ kind: 'work', id: two.composition });
    await deny({ kind: 'work', id: three.recording });
    expect(await changed(id, since)).toEqual([two.isrc]);
    await deny();
    expect(new Set(await changed(id, since))).toEqual(new Set([one.isrc, two.isrc]));
    expect(
      await registry.refused('GET', `${holdings}/${id}/changes`, { as: artist.token }),
    ).toMatchObject({ code: 'changes/holding-not-found' });
    await registry.call('DELETE', `${holdings}/${id}`, { as: builder.token });
    expect(await registry.sql(`SELECT FROM holding_items`)).toEqual([]);
  });

  it('is made of a finished lookup job, from the log that its first chunk saw', async () => {
    const body = `isrc\n${songs.map((song) => song.isrc).join('\n')}\nnonsense\n`;
    const uploaded = await registry.call('POST', '/v1/lookup-jobs?purposes=ai.train', {
      ...{ body, as: builder.token, headers: { 'content-type': 'text/csv' } },
    });
    const job = uploaded.json<Json>()['id'];
    await worker.runPending();
    await deny({ kind: 'work', id: songs[3]!.recording });
    const { id, identifiers } = await hold({ job });
    expect(identifiers).toBe(songs.length);
    const page = await registry.get(`${holdings}/${id}/changes`, builder.token);
    expect(page['changed'].map((one: Json) => one['value'])).toEqual([songs[3]!.isrc]);
    await registry.call('DELETE', `${holdings}/${id}`, { as: builder.token });
  });

  it.each<[string, object, string]>([
    ['nothing', { identifiers: null, job: null }, 'request/invalid'],
    ['lists of lists', { identifiers: [[[]]] }, 'request/invalid'],
    [
      'an identifier that is none',
      { identifiers: [{ scheme: 'isrc', value: 'x' }] },
      'request/invalid',
    ],
    ['a job of somebody else', { job: 'ljb_00000000000000000000000000' }, 'bulk/job-not-found'],
    [
      'a webhook of somebody else',
      {
        identifiers: [{ scheme: 'isrc', value: 'QZFER2699999' }],
        webhook: 'whk_00000000000000000000000000',
      },
      'notices/webhook-not-found',
    ],
    [
      'more than there is room for',
      {
        identifiers: Array.from({ length: 21 }, (_, at) => ({
          ...{ scheme: 'isrc', value: `QZFER26${at + 70_000}` },
        })),
      },
      'changes/too-much-held',
    ],
  ])('of %s is refused and leaves nothing', async (_, body, code) => {
    expect((await registry.refused('POST', holdings, { as: builder.token, body })).code).toBe(code);
    expect(await registry.sql(`SELECT FROM holdings`)).toEqual([]);
  });

  it('has its webhook told in batches, signed, again until it takes it, and not twice', async () => {
    const { id: webhook, secret } = await registry.post(
      `/v1/parties/${builder.party}/webhooks`,
      builder.token,
      { url: `https://${HOST}/in` },
    );
    const { id, since } = await hold({ identifiers: songs.map(isrc), webhook });
    received = [];
    statuses = [500];
    await deny({ kind: 'work', id: songs[0]!.recording });
    await deny({ kind: 'work', id: songs[1]!.recording });
    await tell();
    const ours = () => received.filter(({ event }) => event['type'] === 'holdings.changed');
    expect(ours()).toHaveLength(1);
    expect(await registry.get(`${holdings}/${id}`, builder.token)).toMatchObject({
      ...{ failures: 1, toldUpTo: since, nextTryAt: expect.any(String) },
    });
    await registry.post(`${holdings}/${id}/resume`, builder.token);
    await worker.runPending();
    const [first, second] = ours();
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect(new Webhook(secret).verify(second!.body, second!.headers)).toEqual(second!.event);
    expect(second!.event['data']).toMatchObject({
      ...{ holding: id, since, upTo: await upTo() },
      changed: [
        { ...isrc(songs[0]!), index: expect.any(Number) },
        { ...isrc(songs[1]!), index: expect.any(Number) },
      ],
    });
    await tell();
    expect(ours()).toHaveLength(2);
    expect(await registry.get(`${holdings}/${id}`, builder.token)).toMatchObject({
      ...{ failures: 0, toldUpTo: await upTo() },
    });
  });

  it('learns that a work was erased, and keeps nothing that leads to it', async () => {
    const gone = await registry.somebody();
    const song = await registry.song(gone);
    const { id, since } = await hold({ identifiers: [isrc(song)] });
    await registry.done('DELETE', '/v1/accounts/me', {
      ...{ as: gone.token, body: { password: 'correct horse battery staple' } },
    });
    expect(new Set(await changed(id, since))).toEqual(new Set([song.isrc]));
    const items = (await pages(since, 100)).flatMap((page) => page['items'] as Json[]);
    const erased = items.filter(
      (one) => one['type'] === 'erasure' && one['subject'].kind === 'work',
    );
    expect(erased.length).toBeGreaterThan(0);
    expect(JSON.stringify(items)).not.toContain(song.isrc);
    const index = erased.find((one) => one['subject'].id === song.recording)!['index'];
    expect(await changed(id, index)).toEqual([song.isrc]);
  });
});

describe('when the server stops', () => {
  it('what waits for changes ends, and nothing new begins to', async () => {
    const since = await upTo();
    const waiting = feed(`?since=${since}&wait=30`);
    const headers = { accept: 'text/event-stream' };
    const events = registry.call('GET', `${CHANGES}?since=${since}`, { headers });
    await until(() => open().count === 2);
    open().beforeApplicationShutdown();
    expect((await waiting)['items']).toEqual([]);
    expect((await events).body).toBe('retry: 3000\n\n');
    const late = await registry.refused('GET', `${CHANGES}?since=${since}&wait=1`);
    expect(late.code).toBe('server/overloaded');
  });
});

function open(): OpenStreams {
  return registry.app.app.get(OpenStreams, { strict: false });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let left = 200; !(await holds()); left -= 1) {
    if (left === 0) throw new Error('it never came');
    await sleep(25);
  }
}
