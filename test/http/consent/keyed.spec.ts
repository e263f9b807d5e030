import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'light-my-request';
import { Database, IdempotencyRecords } from '#platform';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';
import { createTestApp, type TestApp } from '../../support/test-app.js';

let registry: Registry;
let artist: Somebody;
/** Enough to be at work on while others wait. */
let parties: string[];

beforeAll(async () => {
  registry = await Registry.open(undefined, { LOG_LEVEL: 'silent' });
  artist = await registry.somebody();
  parties = [];
  while (parties.length < 20) parties.push(await registry.makeParty(artist.token, 'person'));
});
afterAll(() => registry?.close());

const NEVER = [{ purpose: 'ai', decision: 'deny' }];

const requestOf = (key: string, body: object = {}) => ({
  as: artist.token,
  headers: { 'idempotency-key': key },
  body: {
    ...{ party: artist.party, subject: { kind: 'party' }, layers: ['recording'], terms: NEVER },
    ...body,
  },
});
const declare = (key: string, body: object = {}): Promise<Response> =>
  registry.call('POST', '/v1/declarations', requestOf(key, body));

const idOf = (answer: Response): string => answer.json<Json>()['declarations'][0].id;
const codeOf = (answer: Response): string =>
  answer.statusCode < 300 ? 'made' : answer.json<Json>()['type'].replace('/problems/', '');
const countOf = async (party: string): Promise<number> =>
  (await registry.sql(`SELECT FROM declarations WHERE party_id = $1`, [party])).length;
const isKept = async (key: string): Promise<boolean> =>
  (await registry.sql(`SELECT FROM idempotency_keys WHERE idempotency_key = $1`, [key])).length > 0;

const expectReplay = (again: Response, first: Response) => {
  expect(again.statusCode).toBe(first.statusCode);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(again.headers.location).toBe(first.headers.location);
  expect(again.json()).toEqual(first.json());
};

describe('declarations with a key each that come at once', () => {
  it('share a few transactions, each with its record in that of its declaration', async () => {
    const answers = await Promise.all(
      parties.map((party, at) => declare(`shared-${at}`, { party })),
    );
    expect(answers.map(codeOf)).toEqual(parties.map(() => 'made'));
    const rows = await registry.sql<{ id: string; work: string; record: string }>(
      `SELECT d.declaration_id AS id, d.xmin::text AS work, k.xmin::text AS record
       FROM declarations d JOIN idempotency_keys k
         ON k.response_body::jsonb #>> '{declarations,0,id}' = d.declaration_id
       WHERE d.party_id = ANY ($1)`,
      [parties],
    );
    expect(rows.map(({ id }) => id).sort()).toEqual(answers.map(idOf).sort());
    for (const { work, record } of rows) expect(record).toBe(work);
    expect(new Set(rows.map(({ work }) => work)).size).toBeLessThan(parties.length / 2);
    const again = await Promise.all(parties.map((party, at) => declare(`shared-${at}`, { party })));
    again.forEach((answer, at) => expectReplay(answer, answers[at]!));
  });

  it('are refused alone, without a record, and may be mended under the same key', async () => {
    const before = await registry.sql(`SELECT FROM declarations`);
    const answers = await Promise.all(
      parties.map((party, at) =>
        declare(`mend-${at}`, { party, ...(at === 7 && { replaces: 'dcl_never' }) }),
      ),
    );
    const refused = answers.splice(7, 1)[0]!;
    expect(codeOf(refused)).toBe('consent/predecessor-stale');
    expect(answers.map(codeOf)).toEqual(answers.map(() => 'made'));
    const after = await registry.sql(`SELECT FROM declarations`);
    expect(after.length - before.length).toBe(parties.length - 1);
    expect(await isKept('mend-7')).toBe(false);
    const mended = await declare('mend-7', { party: parties[7] });
    expect(codeOf(mended)).toBe('made');
    expect(mended.headers['idempotency-replayed']).toBeUndefined();
  });

  it('exist with their record or not at all, and one that can’t be kept harms no other', async () => {
    await registry.sql(
      `ALTER TABLE idempotency_keys ADD CONSTRAINT spoilt CHECK (idempotency_key <> 'keep-7')`,
    );
    const before = await countOf(parties[7]!);
    const answers = await Promise.all(parties.map((party, at) => declare(`keep-${at}`, { party })));
    await registry.sql(`ALTER TABLE idempotency_keys DROP CONSTRAINT spoilt`);
    const failed = answers.splice(7, 1)[0]!;
    expect(failed.statusCode).toBe(500);
    expect(await countOf(parties[7]!)).toBe(before);
    expect(answers.map(codeOf)).toEqual(answers.map(() => 'made'));
  });

  it('are in progress where another process is at work on their key, and no other is', async () => {
    const { clientId } = await clientOf('shared-0');
    const before = await countOf(parties[7]!);
    const answers = await registry.app.app.get(Database).transaction(async (tx) => {
      const records = registry.app.app.get(IdempotencyRecords);
      expect(await records.lock(tx, [{ clientId, key: 'busy-7' }])).toEqual([true]);
      return Promise.all(parties.map((party, at) => declare(`busy-${at}`, { party })));
    });
    const busy = answers.splice(7, 1)[0]!;
    expect(codeOf(busy)).toBe('request/idempotency-in-progress');
    expect(busy.headers['retry-after']).toBe('1');
    expect(await countOf(parties[7]!)).toBe(before);
    expect(answers.map(codeOf)).toEqual(answers.map(() => 'made'));
    expect(codeOf(await declare('busy-7', { party: parties[7] }))).toBe('made');
  });
});

describe('one key', () => {
  it('makes one declaration of twenty requests at once', async () => {
    const { token, party } = await registry.somebody();
    const request = { ...requestOf('twenty', { party }), as: token };
    const send = () => registry.call('POST', '/v1/declarations', request);
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    const codes = new Set(answers.map(codeOf));
    expect(codes).toEqual(new Set(['made', 'request/idempotency-in-progress']));
    const made = answers.filter((answer) => codeOf(answer) === 'made');
    expect(new Set(made.map(idOf)).size).toBe(1);
    expect(await countOf(party)).toBe(1);
    expectReplay(await send(), made[0]!);
    expect(await countOf(party)).toBe(1);
  });

  it('makes one declaration, whichever of two processes it is sent to', async () => {
    const other: TestApp = await createTestApp({ clock: registry.clock, after: registry.app });
    try {
      const { token, party } = await registry.somebody();
      const keys = Array.from({ length: 10 }, (_, at) => `either-${at}`);
      const sent = keys.map((key, at) => {
        const layers = [['recording', 'composition', 'text', 'artwork', 'video'][at % 5]];
        const request = { ...requestOf(key, { party, layers }), as: token };
        return [registry.app, other].map((app) => app.request('POST', '/v1/declarations', request));
      });
      for (const pair of sent) {
        const answers = await Promise.all(pair);
        const made = answers.filter((answer) => codeOf(answer) === 'made');
        expect(new Set(made.map(idOf)).size).toBe(1);
        for (const answer of answers) {
          expect(['made', 'request/idempotency-in-progress']).toContain(codeOf(answer));
        }
      }
      expect(await countOf(party)).toBe(keys.length);
    } finally {
      await other.stop();
    }
  });

  it('belongs to one request: another is refused, even one that has faults', async () => {
    const first = await declare('reused');
    expect(codeOf(first)).toBe('made');
    for (const body of [{ terms: [{ purpose: 'ai', decision: 'allow' }] }, { terms: 'none' }]) {
      const before = await countOf(artist.party);
      const other = await declare('reused', body);
      expect(other.statusCode).toBe(422);
      expect(codeOf(other)).toBe('request/idempotency-key-reused');
      expect(await countOf(artist.party)).toBe(before);
    }
    expectReplay(await declare('reused'), first);
  });

  it('gives the first answer again when the same request would be refused by now', async () => {
    const effectiveUntil = new Date(registry.clock.now() + 30_000).toISOString();
    const first = await declare('expired', { effectiveUntil });
    registry.tick();
    expect(codeOf(await declare('expired-too', { effectiveUntil }))).toBe('request/invalid');
    expectReplay(await declare('expired', { effectiveUntil }), first);
  });

  it('withdraws once, and answers as it did', async () => {
    const url = `/v1/declarations/${idOf(await declare('to-withdraw'))}/withdrawal`;
    const request = { ...requestOf('withdraw'), body: {} };
    const withdraw = (key: string) =>
      registry.call('POST', url, { ...request, headers: { 'idempotency-key': key } });
    const first = await withdraw('withdraw');
    expect(first.statusCode).toBe(201);
    expectReplay(await withdraw('withdraw'), first);
    expect(codeOf(await withdraw('withdraw-anew'))).toBe('consent/already-withdrawn');
    expect(await isKept('withdraw-anew')).toBe(false);
  });
});

async function clientOf(key: string): Promise<{ clientId: string }> {
  const [row] = await registry.sql<{ clientId: string }>(
    `SELECT client_id AS "clientId" FROM idempotency_keys WHERE idempotency_key = $1`,
    [key],
  );
  return row!;
}
