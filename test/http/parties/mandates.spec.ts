import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { DomainProblem } from '#kernel';
import { PartyAccess } from '#parties';
import { Database } from '#platform';
import { createTestApp, FixedClock, type TestApp } from '../../support/test-app.js';

const DAY_MS = 86_400_000;
const clock = new FixedClock(Date.parse('2026-11-22T10:00:00Z'));

let registry: TestApp;
let access: PartyAccess;
let artist: { token: string; accountId: string; partyId: string };
let label: typeof artist;
let stranger: typeof artist;

beforeAll(async () => {
  registry = await createTestApp({ clock });
  access = registry.app.get(PartyAccess, { strict: false });
  label = await member('representative', 'label', 'Blue Door Records');
  stranger = await member('artist', 'person', 'Nobody Else');
});

beforeEach(async () => {
  artist = await member('artist', 'person', 'Ada Lind');
});

afterAll(() => registry?.close());

async function member(role: string, kind: string, displayName: string) {
  const token = await registry.signUp(role);
  const body = { kind, displayName };
  const party = await registry.request('POST', '/v1/parties', { as: token, body });
  const me = await registry.request('GET', '/v1/account', { as: token });
  return { token, accountId: me.json().id as string, partyId: party.json().id as string };
}

function propose(as: string, body: object = {}) {
  return registry.request('POST', '/v1/mandates', {
    as,
    body: {
      principal: artist.partyId,
      representative: label.partyId,
      rights: ['claim', 'register'],
      ...body,
    },
  });
}

async function proposed(body: object = {}): Promise<string> {
  const made = await propose(label.token, body);
  expect(made.statusCode).toBe(201);
  return made.json().id;
}

const step = (id: string, action: string, { token }: { token: string }) =>
  registry.request('POST', `/v1/mandates/${id}/${action}`, { as: token });

const actsAs = (right: 'claim' | 'register' | 'consent' = 'claim') =>
  access.actAs(label, artist.partyId, right, clock.now()).catch(({ code }) => code);

async function leavesOf(mandateId: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: registry.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ entry: Buffer }>(
      `SELECT entry FROM log_leaves WHERE stream_key = $1 ORDER BY stream_version`,
      [mandateId],
    );
    return rows.map(({ entry }) => JSON.parse(entry.toString('utf8')));
  } finally {
    await client.end();
  }
}

describe('POST /v1/mandates', () => {
  it('shows the principal in plain words what it is asked to confirm', async () => {
    const made = await propose(label.token, {
      rights: ['consent', 'claim'],
      purposes: ['ai.train', 'ai.search', 'ai.train'],
      territory: { include: ['EU', 'CH'], exclude: ['FR'] },
      validFrom: '2026-12-01T01:00:00+01:00',
      validUntil: '2028-12-01T00:00:00Z',
    });
    expect(made.headers.location).toBe(`/v1/mandates/${made.json().id}`);
    const seen = await registry.request('GET', `/v1/mandates/${made.json().id}`, {
      as: artist.token,
    });
    expect(seen.json()).toEqual({
      id: expect.stringMatching(/^mnd_/),
      principal: { id: artist.partyId, displayName: 'Ada Lind' },
      representative: { id: label.partyId, displayName: 'Blue Door Records' },
      rights: ['consent', 'claim'],
      purposes: ['ai.search', 'ai.train'],
      territory: { include: ['CH', 'EU'], exclude: ['FR'] },
      validFrom: '2026-12-01T00:00:00.000Z',
      validUntil: '2028-12-01T00:00:00.000Z',
      state: 'proposed',
      inPlainWords: [
        'Blue Door Records may declare and withdraw in your name what may be done with your works.',
        'Blue Door Records may claim rights in works for you, and withdraw those claims.',
        'This holds for these purposes only: index it to find it and link to it (ai.search); train models on it (ai.train).',
        'This holds in CH, the European Union, without FR.',
        'It begins on 2026-12-01 at 00:00 UTC, but never before you confirm it, and lasts until 2028-12-01 at 00:00 UTC.',
        'You can revoke it at any time, with effect from that moment.',
      ],
      proposedAt: '2026-11-22T10:00:00.000Z',
      decidedAt: null,
      revokedAt: null,
    });
  });

  it('is for members of the representative alone', async () => {
    expect((await propose(artist.token)).json()).toMatchObject({
      type: '/problems/parties/not-found',
    });
    expect((await propose(stranger.token)).statusCode).toBe(404);
  });

  it.each([
    ['no rights', { rights: [] }, '/rights'],
    ['an unknown right', { rights: ['own'] }, '/rights'],
    ['an unknown purpose', { purposes: ['ai.trian'] }, '/purposes'],
    ['an empty list of purposes', { purposes: [] }, '/purposes'],
    ['a place that is none', { territory: { include: ['ZZ'] } }, '/territory/include'],
    ['a territory of nowhere', { territory: { include: [] } }, '/territory/include'],
    ['a principal that is not there', { principal: 'pty_x' }, '/principal'],
    ['a time without an offset', { validUntil: '2028-12-01T00:00:00' }, '/validUntil'],
    ['a day alone', { validFrom: '2028-12-01' }, '/validFrom'],
    ['a day that is none', { validUntil: '2027-02-30T00:00:00Z' }, '/validUntil'],
    ['an end in the past', { validUntil: '2026-11-22T10:00:00Z' }, '/validUntil'],
    [
      'an end before the beginning',
      { validFrom: '2028-01-01T00:00:00Z', validUntil: '2027-01-01T00:00:00Z' },
      '/validUntil',
    ],
    ['a state of its own', { state: 'confirmed' }, '/state'],
  ])('refuses %s', async (_, body, pointer) => {
    const refused = await propose(label.token, body);
    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors).toEqual(
      expect.arrayContaining([expect.objectContaining({ pointer })]),
    );
  });

  it('refuses a mandate of a party to itself', async () => {
    const refused = await propose(label.token, { principal: label.partyId });
    expect(refused.json().errors).toMatchObject([{ pointer: '/representative' }]);
  });
});

describe('a mandate', () => {
  it('gives no right before the principal has confirmed it', async () => {
    const id = await proposed({ validFrom: '2020-01-01T00:00:00Z' });
    expect(await actsAs()).toBe('parties/not-found');
    expect((await step(id, 'confirm', artist)).json()).toMatchObject({ state: 'confirmed' });
    expect(await actsAs()).toEqual({
      partyId: artist.partyId,
      mandateId: id,
      representativePartyId: label.partyId,
      purposes: null,
      territory: null,
    });
    const yesterday = clock.now() - DAY_MS;
    await expect(access.actAs(label, artist.partyId, 'claim', yesterday)).rejects.toThrow();
  });

  it('gives only the rights that it names', async () => {
    await step(await proposed(), 'confirm', artist);
    expect(await actsAs('register')).toMatchObject({ mandateId: expect.any(String) });
    expect(await actsAs('consent')).toBe('parties/not-found');
  });

  it('cannot be confirmed or declined by the representative', async () => {
    const id = await proposed();
    for (const action of ['confirm', 'decline']) {
      const refused = await step(id, action, label);
      expect(refused.statusCode).toBe(403);
      expect(refused.json().type).toBe('/problems/parties/mandate-not-yours');
    }
    expect(await actsAs()).toBe('parties/not-found');
  });

  it.each(['principal', 'representative'])('ends at once when the %s revokes it', async (side) => {
    const id = await proposed();
    await step(id, 'confirm', artist);
    const revoked = await step(id, 'revoke', side === 'principal' ? artist : label);
    expect(revoked.json()).toMatchObject({ state: 'revoked', revokedAt: expect.any(String) });
    expect(await actsAs()).toBe('parties/not-found');
  });

  it('never comes back once declined or revoked', async () => {
    const declined = await proposed();
    await step(declined, 'decline', artist);
    const revoked = await proposed();
    await step(revoked, 'revoke', label);
    for (const [id, state] of [
      [declined, 'declined'],
      [revoked, 'revoked'],
    ] as const) {
      const refused = await step(id, 'confirm', artist);
      expect(refused.statusCode).toBe(409);
      expect(refused.json()).toMatchObject({ type: '/problems/parties/mandate-not-open', state });
    }
  });

  it('holds from its beginning up to its end', async () => {
    const id = await proposed({
      validFrom: new Date(clock.now() + DAY_MS).toISOString(),
      validUntil: new Date(clock.now() + 2 * DAY_MS).toISOString(),
    });
    await step(id, 'confirm', artist);
    const at = (days: number) =>
      access
        .actAs(label, artist.partyId, 'claim', clock.now() + days * DAY_MS)
        .then(() => true)
        .catch(() => false);
    expect(await Promise.all([0.5, 1, 1.9, 2].map(at))).toEqual([false, true, true, false]);
  });

  it('cannot be confirmed after its end', async () => {
    const id = await proposed({ validUntil: new Date(clock.now() + 1_000).toISOString() });
    clock.advance(1_000);
    const refused = await step(id, 'confirm', artist);
    expect(refused.json().type).toBe('/problems/parties/mandate-run-out');
  });

  it('is answered once when it is answered twice at the same moment', async () => {
    const id = await proposed();
    const answers = await Promise.all([
      step(id, 'confirm', artist),
      step(id, 'decline', artist),
      step(id, 'confirm', artist),
    ]);
    expect(answers.map((answer) => answer.statusCode).sort((a, b) => a - b)).toEqual([
      200, 409, 409,
    ]);
  });

  it('of a limited kind is chosen only where no unlimited one is', async () => {
    await step(await proposed({ purposes: ['ai.train'] }), 'confirm', artist);
    expect(await actsAs()).toMatchObject({ purposes: ['ai.train'] });
    const wide = await proposed();
    await step(wide, 'confirm', artist);
    expect(await actsAs()).toMatchObject({ mandateId: wide, purposes: null });
  });

  it.each(['', '/confirm', '/decline', '/revoke'])(
    'looks absent to a stranger at …%s',
    async (path) => {
      const id = await proposed();
      const ask = (mandate: string) =>
        registry.request(path === '' ? 'GET' : 'POST', `/v1/mandates/${mandate}${path}`, {
          as: stranger.token,
        });
      const foreign = await ask(id);
      expect(foreign.statusCode).toBe(404);
      const absent = (await ask('mnd_01k9zj5v9ve8sr2m0g7c4h1xqd')).json();
      expect(foreign.json()).toEqual({ ...absent, instance: expect.any(String) });
      expect((await ask('mnd_x')).statusCode).toBe(404);
    },
  );
});

describe('GET /v1/parties/{id}/mandates', () => {
  it('lists both sides, one side, one state, and pages', async () => {
    const [first, second] = [await proposed(), await proposed()];
    await step(second, 'confirm', artist);
    const list = async (query: string) => {
      const url = `/v1/parties/${artist.partyId}/mandates${query}`;
      const answer = await registry.request('GET', url, { as: artist.token });
      return answer.json().items.map((mandate: { id: string }) => mandate.id);
    };
    expect(await list('')).toEqual([first, second]);
    expect(await list('?side=principal')).toEqual([first, second]);
    expect(await list('?side=representative')).toEqual([]);
    expect(await list('?state=proposed')).toEqual([first]);
    expect(await list('?limit=1')).toEqual([first]);
  });
});

describe('the log', () => {
  it('has a leaf for a confirmation and one for its revocation, with no personal data', async () => {
    const id = await proposed({ purposes: ['ai.train'], territory: { include: ['DE'] } });
    expect(await leavesOf(id)).toEqual([]);
    await step(id, 'confirm', artist);
    await step(id, 'revoke', label);
    const leaves = await leavesOf(id);
    expect(leaves).toMatchObject([
      {
        type: 'mandate',
        stream: id,
        n: 1,
        state: 'confirmed',
        principal: artist.partyId,
        representative: label.partyId,
        rights: ['register', 'claim'],
        purposes: ['ai.train'],
        territory: { include: ['DE'] },
        validFrom: clock.now(),
        validUntil: null,
      },
      { type: 'mandate', stream: id, n: 2, state: 'revoked' },
    ]);
    expect(JSON.stringify(leaves)).not.toMatch(/Ada|Blue Door|acc_|@/);
  });

  it('says nothing of proposals that were declined or withdrawn', async () => {
    const [declined, withdrawn] = [await proposed(), await proposed()];
    await step(declined, 'decline', artist);
    await step(withdrawn, 'revoke', label);
    expect([...(await leavesOf(declined)), ...(await leavesOf(withdrawn))]).toEqual([]);
  });
});

describe('the modules above', () => {
  it('hear of it in the same transaction, and can still stop it', async () => {
    const heard: unknown[] = [];
    let refuse = true;
    registry.app.get(Database, { strict: false }).on('parties:mandate:confirmed', (_tx, news) => {
      heard.push(...news);
      return refuse
        ? Promise.reject(new DomainProblem('request/invalid', 'not now'))
        : Promise.resolve();
    });
    const id = await proposed();
    expect((await step(id, 'confirm', artist)).statusCode).toBe(400);
    expect(await actsAs()).toBe('parties/not-found');
    expect(await leavesOf(id)).toEqual([]);
    refuse = false;
    await step(id, 'confirm', artist);
    expect(heard.at(-1)).toEqual({
      mandateId: id,
      principalPartyId: artist.partyId,
      representativePartyId: label.partyId,
    });
  });
});

describe('PartyAccess', () => {
  it('knows the parties of an account and lets a member act for them without a mandate', async () => {
    expect(await access.partiesOf(artist.accountId)).toEqual([artist.partyId]);
    expect(await access.actAs(artist, artist.partyId, 'consent', clock.now())).toEqual({
      partyId: artist.partyId,
      mandateId: null,
      representativePartyId: null,
      purposes: null,
      territory: null,
    });
  });

  it('tells a foreign party from an absent one to nobody', async () => {
    const refusal = (partyId: string) =>
      access.actAs(stranger, partyId, 'claim', clock.now()).catch((error: unknown) => error);
    const [foreign, absent, hostile] = await Promise.all(
      [artist.partyId, 'pty_01k9zj5v9ve8sr2m0g7c4h1xqd', 'pty_\0'].map(refusal),
    );
    expect(foreign).toMatchObject({ code: 'parties/not-found' });
    expect(absent).toEqual(foreign);
    expect(hostile).toEqual(foreign);
  });

  it('knows level 0 of parties without a proof, and of unknown ones', async () => {
    const levels = await access.levelOf([artist.partyId, 'pty_unknown']);
    expect([...levels]).toEqual([
      [artist.partyId, 0],
      ['pty_unknown', 0],
    ]);
  });
});
