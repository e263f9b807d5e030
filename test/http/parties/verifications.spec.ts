import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '#platform';
import { createProofWorld, type ProofWorld } from './proof-world.js';

const DAY_MS = 86_400_000;
const domain = 'adalind.example';

let world: ProofWorld;
let ada: string;
let stranger: string;
let operator: string;
let partyId: string;
const levels: unknown[] = [];

beforeAll(async () => {
  world = await createProofWorld(domain);
  ada = await world.apiKey(await world.signUp('artist'), ['parties:write']);
  stranger = await world.signUp('artist');
  operator = await world.operator();
  world.app.get(Database, { strict: false }).on('parties:party:level-changed', (_tx, news) => {
    levels.push(...news);
    return Promise.resolve();
  });
});

beforeEach(async () => {
  const body = { kind: 'person', displayName: 'Ada Lind' };
  partyId = (await world.request('POST', '/v1/parties', ada, body)).json().id;
  world.dns.set(`_fermata-challenge.${domain}`, { txt: ['v=spf1 -all'] });
  world.dns.set(domain, { addresses: [['127.0.0.1']] });
  world.web.answer((_request, response) => response.writeHead(404).end());
  levels.length = 0;
});

afterAll(() => world?.close());

const start = (method: string, of = domain) =>
  world.request('POST', `/v1/parties/${partyId}/verifications`, ada, { method, domain: of });

const check = (id: string, as = ada) => world.request('POST', `/v1/verifications/${id}/check`, as);

const publicParty = async () => (await world.request('GET', `/v1/parties/${partyId}`, '')).json();

const decide = (level: number, as = operator) =>
  world.request('POST', `/v1/operator/parties/${partyId}/verifications`, as, {
    level,
    evidence: 'ISNI record names adalind.example',
    reason: 'two independent sources',
  });

const revoke = (id: string, as = operator) =>
  world.request('POST', `/v1/operator/verifications/${id}/revoke`, as, { reason: 'domain sold' });

describe('a verification by DNS', () => {
  it('says exactly what to publish', async () => {
    const started = await start('dns', 'ADALIND.example');
    expect(started.statusCode).toBe(201);
    const verification = started.json();
    expect(started.headers.location).toBe(`/v1/verifications/${verification.id}`);
    expect(verification).toMatchObject({
      party: partyId,
      method: 'dns',
      domain,
      level: 2,
      state: 'pending',
      lastCheck: null,
      expiresAt: '2026-12-22T10:00:00.000Z',
      instructions: {
        dnsName: `_fermata-challenge.${domain}`,
        url: null,
        line: expect.stringMatching(new RegExp(`^fermata-verification=${partyId}\\.[0-9a-f]{32}$`)),
      },
    });
  });

  it('raises the party to level 2 once the record is there, for all to see', async () => {
    const { id, instructions } = (await start('dns')).json();
    const tooEarly = (await check(id)).json();
    expect(tooEarly).toMatchObject({
      state: 'pending',
      lastCheck: { found: expect.stringContaining('1 record found, none of them the expected') },
    });
    expect(levels).toEqual([]);

    world.dns.set(instructions.dnsName, { txt: ['v=spf1 -all', instructions.line] });
    const proven = (await check(id)).json();
    expect(proven).toMatchObject({
      state: 'verified',
      instructions: null,
      lastCheck: { found: expect.stringContaining('the expected line is there') },
      verifiedAt: '2026-11-22T10:00:00.000Z',
    });
    expect(levels).toEqual([{ partyId, level: 2 }]);
    expect(await publicParty()).toMatchObject({
      level: 2,
      verifications: [{ method: 'dns', domain, level: 2, verifiedAt: '2026-11-22T10:00:00.000Z' }],
    });
  });

  it('does not accept the record of another party or of an earlier verification', async () => {
    const earlier = (await start('dns')).json();
    const { id, instructions } = (await start('dns')).json();
    const foreign = instructions.line.replace(partyId, 'pty_01k9zj5v9ve8sr2m0g7c4h1xqd');
    world.dns.set(instructions.dnsName, { txt: [foreign, earlier.instructions.line] });
    expect((await check(id)).json()).toMatchObject({
      state: 'pending',
      lastCheck: { found: expect.stringContaining('another party or with another token') },
    });
  });

  it('stays proven when the record is gone, and is not looked up again', async () => {
    const { id, instructions } = (await start('dns')).json();
    world.dns.set(instructions.dnsName, { txt: [instructions.line] });
    await check(id);
    const asked = world.dns.questionsFor(instructions.dnsName);
    world.dns.set(instructions.dnsName, { txt: [] });
    expect((await check(id)).json()).toMatchObject({ state: 'verified' });
    expect(world.dns.questionsFor(instructions.dnsName)).toBe(asked);
  });

  it('raises the level once when it is checked many times at the same moment', async () => {
    const { id, instructions } = (await start('dns')).json();
    world.dns.set(instructions.dnsName, { txt: [instructions.line] });
    const answers = await Promise.all([check(id), check(id), check(id), check(id)]);
    expect(answers.map((answer) => answer.json().state)).toEqual(Array(4).fill('verified'));
    expect(levels).toEqual([{ partyId, level: 2 }]);
  });
});

describe('a verification by a file', () => {
  it('raises the party to level 2 once the file is there', async () => {
    const { id, instructions } = (await start('well_known')).json();
    expect(instructions.url).toBe(`https://${domain}/.well-known/fermata-verification.txt`);
    expect((await check(id)).json().lastCheck.found).toContain('status 404');
    world.web.answer((request, response) => {
      const there = request.url === '/.well-known/fermata-verification.txt';
      response.writeHead(there ? 200 : 404).end(there ? `${instructions.line}\n` : '');
    });
    expect((await check(id)).json()).toMatchObject({ state: 'verified' });
    expect(levels).toEqual([{ partyId, level: 2 }]);
  });

  it('never repeats what the server sent', async () => {
    world.web.answer((_request, response) => response.end('the-secret-of-an-inner-page'));
    const { id } = (await start('well_known')).json();
    expect((await check(id)).body).not.toContain('the-secret');
  });

  it('fetches nothing from a domain that leads to an inner address', async () => {
    world.dns.set(domain, { addresses: [['169.254.169.254']] });
    const { id } = (await start('well_known')).json();
    const { lastCheck } = (await check(id)).json();
    expect(lastCheck.found).toContain('not on the public internet');
    expect(lastCheck.found).not.toContain('169.254');
  });
});

describe('POST /v1/parties/{id}/verifications', () => {
  it.each([
    'https://adalind.example',
    'adalind.example:8443',
    'ada@adalind.example',
    'adalind.example.',
    '127.0.0.1',
    '0x7f.1',
    '2130706433',
    '127.1',
    '[::ffff:127.0.0.1]',
    'localhost',
    'metadata.google.internal',
    'x'.repeat(600),
  ])('refuses the domain %s', async (typed) => {
    const refused = await start('dns', typed);
    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors).toMatchObject([{ pointer: '/domain' }]);
  });
});

describe('POST /v1/verifications/{id}/check', () => {
  it('is limited to ten an hour for one verification', async () => {
    const again = await world.signUp('artist');
    const body = { kind: 'person', displayName: 'Quick' };
    const own = (await world.request('POST', '/v1/parties', again, body)).json().id;
    const url = `/v1/parties/${own}/verifications`;
    const { id } = (await world.request('POST', url, again, { method: 'dns', domain })).json();
    for (let n = 0; n < 10; n++) expect((await check(id, again)).statusCode).toBe(200);
    const refused = await check(id, again);
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBeDefined();
  });

  it('looks absent to a stranger, who uses up nothing', async () => {
    const { id } = (await start('dns')).json();
    for (let n = 0; n < 11; n++) expect((await check(id, stranger)).statusCode).toBe(404);
    expect((await world.request('GET', `/v1/verifications/${id}`, stranger)).statusCode).toBe(404);
    expect((await check(id)).statusCode).toBe(200);
  });
});

describe('an operator', () => {
  it('records evidence, which the public does not see', async () => {
    const decided = await decide(3);
    expect(decided.statusCode).toBe(201);
    expect(decided.json()).toMatchObject({
      method: 'operator',
      level: 3,
      state: 'verified',
      evidence: 'ISNI record names adalind.example',
      reason: 'two independent sources',
    });
    const seen = await publicParty();
    expect(seen).toMatchObject({ level: 3, verifications: [{ method: 'operator', domain: null }] });
    expect(JSON.stringify(seen)).not.toMatch(/ISNI record|independent|acc_/);
    const listed = await world.request('GET', `/v1/parties/${partyId}/verifications`, ada);
    expect(listed.body).not.toMatch(/ISNI record|independent|acc_/);
    expect(levels).toEqual([{ partyId, level: 3 }]);
  });

  it('revokes one of several verifications, and the level is that of the highest left', async () => {
    const [two, four] = [(await decide(2)).json(), (await decide(4)).json()];
    await decide(1);
    await revoke(two.id);
    expect(await publicParty()).toMatchObject({ level: 4 });
    expect((await revoke(four.id)).json()).toMatchObject({
      state: 'revoked',
      revocationReason: 'domain sold',
    });
    expect(await publicParty()).toMatchObject({ level: 1 });
    expect(levels).toEqual([
      { partyId, level: 2 },
      { partyId, level: 4 },
      { partyId, level: 1 },
    ]);
    expect((await revoke(four.id)).statusCode).toBe(409);
  });

  it('ends a verification by domain, and a pending one too', async () => {
    const { id, instructions } = (await start('dns')).json();
    world.dns.set(instructions.dnsName, { txt: [instructions.line] });
    const pending = (await start('dns')).json();
    await check(id);
    await revoke(id);
    await revoke(pending.id);
    expect(await publicParty()).toMatchObject({ level: 0, verifications: [] });
    for (const closed of [id, pending.id]) {
      expect((await check(closed)).json()).toMatchObject({
        type: '/problems/parties/verification-closed',
        state: 'revoked',
      });
    }
  });

  it.each([
    [{ level: 5, evidence: 'e', reason: 'r' }, '/level'],
    [{ level: '3', evidence: 'e', reason: 'r' }, '/level'],
    [{ level: 3, reason: 'r' }, '/evidence'],
    [{ level: 3, evidence: ' ', reason: 'r' }, '/evidence'],
    [{ level: 3, evidence: 'e' }, '/reason'],
  ])('cannot decide %j', async (body, pointer) => {
    const url = `/v1/operator/parties/${partyId}/verifications`;
    const refused = await world.request('POST', url, operator, body);
    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors).toEqual(
      expect.arrayContaining([expect.objectContaining({ pointer })]),
    );
  });

  it('is somebody with the scope operator:decide, and nobody else', async () => {
    expect((await decide(4, ada)).statusCode).toBe(403);
    const { id } = (await decide(2)).json();
    expect((await revoke(id, ada)).statusCode).toBe(403);
    expect(await publicParty()).toMatchObject({ level: 2 });
  });

  it('finds no party and no verification under a made-up id', async () => {
    const made = { level: 2, evidence: 'e', reason: 'r' };
    const url = '/v1/operator/parties/pty_01k9zj5v9ve8sr2m0g7c4h1xqd/verifications';
    expect((await world.request('POST', url, operator, made)).statusCode).toBe(404);
    expect((await revoke('ver_01k9zj5v9ve8sr2m0g7c4h1xqd')).statusCode).toBe(404);
  });
});

// Time only runs forward: what waits for 30 days stands last, and ada's key outlives her session.
describe('a verification that waits', () => {
  it('is one of at most twenty', async () => {
    for (let n = 0; n < 20; n++) await start('dns', `d${n}.example`);
    const refused = await start('dns');
    expect(refused.statusCode).toBe(409);
    expect(refused.json().type).toBe('/problems/parties/too-many-verifications');
    world.clock.advance(30 * DAY_MS);
    expect((await start('dns')).statusCode).toBe(201);
  });

  it('closes after 30 days, whatever the domain then says', async () => {
    const { id, instructions } = (await start('dns')).json();
    world.dns.set(instructions.dnsName, { txt: [instructions.line] });
    world.clock.advance(30 * DAY_MS);
    const refused = await check(id);
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({
      type: '/problems/parties/verification-closed',
      state: 'expired',
    });
    const shown = (await world.request('GET', `/v1/verifications/${id}`, ada)).json();
    expect(shown).toMatchObject({ state: 'expired', instructions: null, expiresAt: null });
  });

  it('can be proven up to the last moment', async () => {
    const { id, instructions } = (await start('dns')).json();
    world.dns.set(instructions.dnsName, { txt: [instructions.line] });
    world.clock.advance(30 * DAY_MS - 1);
    expect((await check(id)).json()).toMatchObject({ state: 'verified' });
  });
});
