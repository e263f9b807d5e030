import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appendLeaves, EMPTY_TREE, leafHash, rootOf } from '#transparency/domain';
import type { Json } from '../../support/factories/lookup.js';
import { Signer } from '../passkeys/signer.js';
import {
  type ErasureWorld,
  findWords,
  journalOf,
  openErasureWorld,
  outcomeOf,
  TRAIN,
  wordsOf,
  ZEPHYRINE,
} from './erasure-world.js';

interface Leaf {
  leaf_index: string;
  leaf_hash: Buffer;
  entry: Buffer;
}

let world: ErasureWorld;
let words: (string | Buffer)[];
let leavesBefore: Leaf[];
let summary: Json;

const leaves = () => world.registry.sql<Leaf>(`SELECT * FROM log_leaves ORDER BY leaf_index`);
const rootAt = (list: readonly Leaf[], size: number) =>
  rootOf(
    appendLeaves(
      EMPTY_TREE,
      list.slice(0, size).map((leaf) => leafHash(leaf.entry)),
    ),
  );
const me = (method: string, options: object = {}) =>
  world.registry.call(method, '/v1/accounts/me', { as: world.zephyrine.token, ...options });

beforeAll(async () => {
  world = await openErasureWorld();
  words = await wordsOf(world);
  leavesBefore = await leaves();
}, 60_000);
afterAll(() => world?.registry.close());

describe('before an erasure', () => {
  it('every word that will be looked for is there to be found', async () => {
    const found = (await findWords(world.registry.app.databaseUrl, words)).map((one) =>
      one.replace(/:.*/, ''),
    );
    expect(found).toEqual(
      expect.arrayContaining([
        'accounts.email',
        'api_keys.name',
        'catalogues.name',
        'claims.evidence',
        'idempotency_keys.response_body',
        'import_rows.faults',
        'imports.file_name',
        'lookup_entries.value',
        'parties.display_name',
        'party_identifiers.value',
        'party_verifications.evidence',
        'passkey_assertions.statement',
        'passkeys.label',
        'passkeys.public_key',
        'passkeys.salt',
        'term_sets.content',
        'webhooks.secret',
        'webhooks.url',
        'work_contributors.name',
        'work_identifiers.salt',
        'work_identifiers.value',
        'works.title',
      ]),
    );
    expect(found.filter((one) => one.startsWith('log_'))).toEqual([]);
  });

  it('tells what would go and what would stay, and changes nothing', async () => {
    const preview = await world.registry.get('/v1/accounts/me/erasure', world.zephyrine.token);
    expect(preview['parties']).toEqual([
      {
        id: world.zephyrine.party,
        displayName: ZEPHYRINE.name,
        erased: true,
        worksWithdrawn: 3 + (await importedCompositions()),
        worksLeft: 1,
      },
    ]);
    expect(preview['goes'].length * preview['stays'].length).toBeGreaterThan(0);
  });

  it('gives everything that is kept, to the person alone', async () => {
    const all = await world.registry.get('/v1/accounts/me/export', world.zephyrine.token);
    const text = JSON.stringify(all);
    const { password, removedIsrc: _, ...kept } = ZEPHYRINE;
    expect(Object.values(kept).filter((word) => !text.includes(word))).toEqual([]);
    expect(text).not.toContain(password);
    expect(text).not.toMatch(/passwordHash|tokenHash|secretHash|argon2|whsec_/);
    expect(all['noticeSettings']).toMatchObject([{ mail: 'daily' }]);
    expect(all['passkeys'][0].signed).toHaveLength(1);
    expect(text).not.toContain('Ottilie Brand’s');
    const { secret } = await world.registry.post('/v1/api-keys', world.zephyrine.token, {
      name: ZEPHYRINE.key,
      scopes: ['account:manage'],
    });
    const byKey = await world.registry.refused('GET', '/v1/accounts/me/export', { as: secret });
    expect(byKey.code).toBe('accounts/session-required');
  });

  it('asks for the password once more', async () => {
    const wrong = await me('DELETE', { body: { password: 'not the password' } });
    expect(wrong.json()).toMatchObject({ type: '/problems/accounts/wrong-password', status: 403 });
    expect((await me('DELETE')).statusCode).toBe(400);
    expect((await me('DELETE', { body: { password: { $ne: 1 } } })).statusCode).toBe(400);
    expect(journalExists()).toBe(false);
  });

  it('is not done when it can’t be written down', async () => {
    const path = join(world.logDir, 'erasures.ndjson');
    mkdirSync(path);
    const { code, status } = await world.registry.refused('DELETE', '/v1/accounts/me', {
      as: world.zephyrine.token,
      body: { password: ZEPHYRINE.password },
    });
    rmdirSync(path);
    expect([status, code]).toEqual([503, 'erasure/journal-unwritable']);
    expect((await me('GET', {})).statusCode).not.toBe(401);
    expect(await leaves()).toEqual(leavesBefore);
  });
});

describe('an erasure', () => {
  beforeAll(async () => {
    const { registry, zephyrine, song, shared, cover } = world;
    // What lookups remember is warm, so that the erasure has something to make them forget.
    expect(await outcomeOf(registry.app.app, ZEPHYRINE.isrc)).toEqual({
      result: 'found',
      outcome: 'permitted_with_duties',
    });
    expect((await outcomeOf(registry.app.app, cover.isrc)).outcome).toBe('permitted_with_duties');
    expect((await outcomeOf(registry.app.app, shared.isrc)).outcome).toBe('unknown');
    expect(await outcomeForBuilder()).toBe('permitted');
    expect(song.recording).toMatch(/^wrk_/);
    expect((await waiting()).map((job) => job.replace(/:.*/, ''))).toEqual(['mail', 'webhook']);
    leavesBefore = await leaves();
    const done = await me('DELETE', { body: { password: ZEPHYRINE.password } });
    expect(done.statusCode).toBe(200);
    summary = done.json<Json>();
    expect(summary['parties']).toEqual([zephyrine.party]);
  });

  it('leaves none of the words in any table, nor in the journal', async () => {
    expect(await findWords(world.registry.app.databaseUrl, words)).toEqual([]);
    const journal = journalOf(world).join('\n').toLowerCase();
    expect(words.filter((word) => journal.includes(String(word).toLowerCase()))).toEqual([]);
  });

  it('leaves the log as it was, and adds that the works and the party are withdrawn', async () => {
    const now = await leaves();
    const size = leavesBefore.length;
    expect(now.slice(0, size)).toEqual(leavesBefore);
    expect(rootAt(now, size)).toEqual(rootAt(leavesBefore, size));
    const [head] = await world.registry.sql(`SELECT size, root FROM log_head`);
    expect(head).toEqual({ size: String(now.length), root: rootAt(now, now.length) });
    const added = now.slice(size).map((leaf) => JSON.parse(leaf.entry.toString()) as Json);
    const erased = added.filter((leaf) => leaf['type'] === 'erasure');
    expect(erased).toHaveLength(summary['worksWithdrawn'] + 1);
    expect(erased.at(-1)).toMatchObject({
      stream: world.zephyrine.party,
      subjectKind: 'party',
      state: 'withdrawn',
    });
    expect(erased.map((leaf) => leaf['stream'])).toEqual(
      expect.arrayContaining([world.song.recording, world.song.composition]),
    );
    expect(erased.map((leaf) => leaf['stream'])).not.toContain(world.shared.work);
    const withdrawn = added.filter((leaf) => leaf['type'] === 'claim');
    expect(new Set(withdrawn.map((leaf) => leaf['state']))).toEqual(new Set(['withdrawn']));
    expect(added.filter((leaf) => leaf['type'] === 'mandate')).toMatchObject([
      { state: 'revoked' },
    ]);
  });

  it('revokes the passkey, and keeps nothing of it or of whom to tell', async () => {
    const { registry, zephyrine, signed } = world;
    const keys = (await leaves())
      .slice(leavesBefore.length)
      .map((leaf) => JSON.parse(leaf.entry.toString()) as Json)
      .filter((leaf) => leaf['type'] === 'key');
    expect(keys).toMatchObject([
      { stream: signed.passkey, party: zephyrine.party, state: 'revoked' },
    ]);
    const [kept] = await registry.sql(
      `SELECT (SELECT count(*)::int FROM passkeys) + (SELECT count(*)::int FROM passkey_assertions)
         + (SELECT count(*)::int FROM passkey_challenges) + (SELECT count(*)::int FROM webhooks)
         + (SELECT count(*)::int FROM notice_settings) AS rows,
         (SELECT count(*)::int FROM log_concerns WHERE party_id = $1) AS concerns`,
      [zephyrine.party],
    );
    expect(kept!['rows']).toBe(0);
    expect(kept!['concerns']).toBeGreaterThan(0);
    expect(await waiting()).toEqual([]);
  });

  it('leaves a declaration that says it was signed, without the signature', async () => {
    const { registry, signed } = world;
    const url = `/v1/declarations/${signed.declaration}`;
    expect(await registry.get(url)).toMatchObject({ authorisedBy: 'passkey', erased: true });
    const gone = await registry.refused('GET', `${url}/authorisation`);
    expect([gone.status, gone.code]).toEqual([410, 'parties/erased']);
  });

  it('makes the identifiers lead to nothing, now and as of before', async () => {
    const { app } = world.registry.app;
    for (const isrc of [ZEPHYRINE.isrc, ZEPHYRINE.importedIsrc, ZEPHYRINE.removedIsrc]) {
      for (const query of ['', `&asOf=${world.before}`]) {
        expect(await outcomeOf(app, isrc, query)).toEqual({
          result: 'not_found',
          outcome: 'unknown',
        });
      }
    }
  });

  it('shows the work and the party as withdrawn by their ids', async () => {
    const { registry, song, zephyrine } = world;
    const work = await registry.refused('GET', `/v1/works/${song.recording}`);
    expect([work.status, work.code]).toEqual([410, 'works/withdrawn']);
    const party = await registry.refused('GET', `/v1/parties/${zephyrine.party}`);
    expect([party.status, party.code]).toEqual([410, 'parties/erased']);
  });

  it('permits nothing through a link to an erased work, now or as of before', async () => {
    const { app } = world.registry.app;
    const { isrc } = world.cover;
    expect(await outcomeOf(app, isrc)).toEqual({ result: 'found', outcome: 'unknown' });
    expect(await outcomeForBuilder()).toBe('unknown');
    // Its terms held a name and are gone: as of before, they count as a refusal.
    expect((await outcomeOf(app, isrc, `&asOf=${world.before}`)).outcome).toBe('denied');
  });

  it('leaves a work that somebody else claims, without the name and the claims', async () => {
    const { registry, shared } = world;
    const work = await registry.get(`/v1/works/${shared.work}`);
    expect(work['title']).toBe('Duet of two');
    expect(work['contributors']).toEqual([{ name: 'Ottilie Brand', role: 'singer', party: null }]);
    const { items } = await registry.get(`/v1/works/${shared.work}/claims`);
    expect(items.map((one: Json) => one['state']).sort()).toEqual(['active', 'withdrawn']);
    const { result, outcome } = await outcomeOf(registry.app.app, shared.isrc);
    expect([result, outcome]).toEqual(['found', 'unknown']);
  });

  it('lets nobody sign in, and nobody claim or link what was erased', async () => {
    const { registry, ottilie, song, zephyrine } = world;
    expect((await me('DELETE', { body: { password: ZEPHYRINE.password } })).statusCode).toBe(401);
    const claim = { party: ottilie.party, work: song.composition, layer: 'composition' };
    const refused = await registry.refused('POST', '/v1/claims', {
      as: ottilie.token,
      body: { ...claim, role: 'composer' },
    });
    expect(refused.pointers).toEqual(['/work']);
    const mandate = {
      principal: zephyrine.party,
      representative: ottilie.party,
      rights: ['claim'],
    };
    const named = await registry.refused('POST', '/v1/mandates', {
      as: ottilie.token,
      body: mandate,
    });
    expect(named.pointers).toEqual(['/principal']);
    // The door is shut in the database too, for requests that were under way.
    await expect(
      registry.sql(`INSERT INTO catalogues VALUES ('cat_x', $1, 'late', now())`, [zephyrine.party]),
    ).rejects.toMatchObject({ code: 'FE410' });
    for (const [table, columns] of [
      ['notice_settings', `account_id, party_id, mail, read_up_to, mailed_up_to`],
      ['passkey_challenges', `account_id, party_id, act, challenge, expires_at`],
    ]) {
      const last = table === 'notice_settings' ? `'off', 0, 0` : `'bind', sha256(''), now()`;
      await expect(
        registry.sql(
          `INSERT INTO ${table} (${columns}) SELECT account_id, $1, ${last} FROM accounts
           WHERE erased_at IS NOT NULL`,
          [zephyrine.party],
        ),
      ).rejects.toMatchObject({ code: 'FE410' });
    }
  });

  it('done twice is one erasure', async () => {
    const { registry, operator, zephyrine } = world;
    const [before] = await registry.sql(`SELECT size FROM log_head`);
    const again = await registry.post('/v1/operator/erasures', operator, {
      party: zephyrine.party,
      reason: 'letter',
    });
    expect(again).toEqual(summary);
    expect(journalOf(world)).toHaveLength(2);
    expect((await registry.sql(`SELECT size FROM log_head`))[0]).toEqual(before);
  });

  it('lets others declare the very words that were erased', async () => {
    const { registry, ottilie } = world;
    const [made] = await registry.declare(ottilie, {
      template: 'open_with_attribution',
      parameters: { attribution: ZEPHYRINE.attribution },
    });
    expect(made).toMatchObject({ erased: false });
    expect(JSON.stringify(made)).toContain(ZEPHYRINE.attribution);
  });
});

describe('an erasure of the last who had a part', () => {
  it('withdraws what the first erasure left for them, and their common words', async () => {
    const { registry, operator, ottilie, shared } = world;
    const body = { party: ottilie.party, reason: 'heirs' };
    const done = await registry.post('/v1/operator/erasures', operator, body);
    expect(done['worksWithdrawn']).toBe(2);
    expect((await registry.refused('GET', `/v1/works/${shared.work}`)).code).toBe(
      'works/withdrawn',
    );
    const left = ['Duet of two', shared.isrc, 'Ottilie', ZEPHYRINE.attribution];
    expect(await findWords(registry.app.databaseUrl, left)).toEqual([]);
  });
});

describe('an erasure by an operator', () => {
  it('takes a party with the accounts that have no other, for a reason from a list', async () => {
    const { registry, operator } = world;
    const wilma = await registry.somebody('artist', 'person', 'Wilma Letterly');
    const second = await registry.makeParty(wilma.token, 'person', 'Wilma Otherly');
    const bad = await registry.refused('POST', '/v1/operator/erasures', {
      as: operator,
      body: { party: wilma.party, reason: 'Wilma wrote to us' },
    });
    expect(bad.status).toBe(400);
    const body = { party: wilma.party, reason: 'letter' };
    const first = await registry.post('/v1/operator/erasures', operator, body);
    expect(first).toMatchObject({ parties: [wilma.party], accounts: [], worksWithdrawn: 0 });
    const last = await registry.post('/v1/operator/erasures', operator, { ...body, party: second });
    expect(last['accounts']).toHaveLength(1);
    expect(await findWords(registry.app.databaseUrl, ['Letterly', 'Otherly'])).toEqual([]);
    expect((await registry.call('GET', '/v1/account', { as: wilma.token })).statusCode).toBe(401);
  });

  it('of one member takes their keys and notices from a party that stays, and nobody else’s', async () => {
    const { registry } = world;
    const [stays, leaves] = [await registry.somebody(), await registry.somebody()];
    await registry.sql(
      `INSERT INTO party_members (party_id, account_id, added_at)
       SELECT $1, account_id, now() FROM party_members WHERE party_id = $2`,
      [stays.party, leaves.party],
    );
    const url = (path: string) => `/v1/parties/${stays.party}/${path}`;
    const signers = [stays, leaves].map(({ token }) => new Signer(registry, { ...stays, token }));
    for (const signer of signers) {
      await signer.bind();
      const { who } = signer;
      await registry.post(url('webhooks'), who.token, { url: 'https://hooks.example/in' });
      const mail = { as: who.token, body: { mail: 'immediate' } };
      await registry.done('PUT', url('notice-settings'), mail);
    }
    const body = { password: ZEPHYRINE.password };
    await registry.done('DELETE', '/v1/accounts/me', { as: leaves.token, body });
    const { passkeys } = await registry.get(url('passkeys'), stays.token);
    expect(passkeys).toMatchObject([{ id: signers[0]!.passkey, state: 'active' }]);
    expect((await registry.get(url('webhooks'), stays.token))['webhooks']).toHaveLength(1);
    expect((await registry.get(url('notice-settings'), stays.token))['mail']).toBe('immediate');
    const revoked = await registry.sql(
      `SELECT FROM log_leaves WHERE stream_key = $1 AND stream_version = 2`,
      [signers[1]!.passkey],
    );
    expect(revoked).toHaveLength(1);
    // The one who stays is told of that.
    expect((await waiting()).map((job) => job.replace(/:.*/, ''))).toEqual(['mail', 'webhook']);
  });

  it('of nobody is refused', async () => {
    const { registry, operator } = world;
    for (const party of ['pty_00000000000000000000000000', 'nobody', "' OR 1=1"]) {
      const body = { party, reason: 'letter' };
      const { code } = await registry.refused('POST', '/v1/operator/erasures', {
        as: operator,
        body,
      });
      expect(code).toBe('parties/not-found');
    }
  });
});

/** The jobs that wait to tell somebody of a leaf; Zephyrine alone wants to be told. */
async function waiting(): Promise<string[]> {
  const jobs = await world.registry.sql<{ key: string }>(
    `SELECT key FROM graphile_worker.jobs ORDER BY key`,
  );
  return jobs.map(({ key }) => key);
}

/** What somebody with a licence for the erased composition is told of a recording of it. */
async function outcomeForBuilder(): Promise<string> {
  const { registry, builder, cover } = world;
  const answer = await registry.answer(
    cover.isrc,
    TRAIN,
    `&inquirer=${builder.party}`,
    builder.token,
  );
  return answer['purposes'][TRAIN].outcome;
}

/** An imported recording may bring a composition of its own. */
async function importedCompositions(): Promise<number> {
  const [row] = await world.registry.sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM works WHERE registrant_party_id = $1`,
    [world.zephyrine.party],
  );
  return row!.count - 4;
}

function journalExists(): boolean {
  try {
    return journalOf(world).length > 0;
  } catch {
    return false;
  }
}
