import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { Acknowledgements } from '#transparency';
import { copyTestDatabase, dropTestDatabase } from '../../support/test-database.js';
import { FixedClock } from '../../support/test-app.js';
import { SignedRegistry } from './signed-log.js';

let open: SignedRegistry[] = [];

async function start(
  options: Parameters<typeof SignedRegistry.open>[0] = {},
): Promise<SignedRegistry> {
  const registry = await SignedRegistry.open(options);
  open.push(registry);
  return registry;
}

/** Ends one registry so that another one can be started on what it leaves. */
async function stop(registry: SignedRegistry): Promise<SignedRegistry['app']> {
  await registry.app.stop();
  open = open.filter((one) => one !== registry);
  return registry.app;
}

/** As whoever owns the tables may: past the triggers that stop mistakes. */
async function tamper(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`ALTER TABLE log_leaves DISABLE TRIGGER USER`);
    await client.query(statement);
    await client.query(`ALTER TABLE log_leaves ENABLE TRIGGER USER`);
  } finally {
    await client.end();
  }
}

afterEach(async () => {
  for (const registry of open.splice(0)) await registry.app.close();
});

describe('an acknowledged change', () => {
  it('is covered by a signed checkpoint, which the answer names', async () => {
    const registry = await start();
    const who = await registry.somebody();
    const answer = await registry.write(who);
    expect(answer.statusCode).toBe(201);
    const { size } = await registry.verified();
    expect(Number(answer.headers['fermata-log-size'])).toBeLessThanOrEqual(Number(size));
    const { entries } = await registry.verified();
    const work = answer.json<{ id: string }>().id;
    expect(entries.some((entry) => entry.stream === work)).toBe(true);
  });

  it('says that it waits, and where to ask, while nothing is signed', async () => {
    const registry = await start();
    const who = await registry.somebody();
    await registry.reaches('signing');
    // Somebody else is the signer, and it hangs.
    const { databaseUrl } = registry.app;
    const hanging = new Client({ connectionString: databaseUrl });
    await hanging.connect();
    // Whoever waits for the lock gets it before one that only tries.
    const locked = hanging.query(`SELECT pg_advisory_lock(7301544102)`);
    await sleep(200);
    await tamper(
      databaseUrl,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'fermata signer' AND datname = current_database()`,
    );
    await locked;
    registry.app.app.get(Acknowledgements, { strict: false }).patienceMs = 300;
    const answer = await registry.write(who);
    expect(answer.statusCode).toBe(202);
    const status = String(answer.headers['fermata-log-status']);
    expect(JSON.parse(await registry.text(status))).toMatchObject({ state: 'pending' });
    await hanging.end();
    for (let left = 100; left > 0; left -= 1) {
      if (JSON.parse(await registry.text(status)).state === 'signed') break;
      await sleep(50);
    }
    expect(JSON.parse(await registry.text(status))).toMatchObject({ state: 'signed' });
  });
});

describe('the signed log', () => {
  it('goes on after a restart, also from lost public files', async () => {
    const first = await start();
    const who = await first.somebody();
    await first.write(who);
    const before = await first.verified();
    const left = await stop(first);
    await rm(`${left.logFolder}/public`, { recursive: true });
    // A lost checkpoint file is no lost anchor.
    const second = await start({ after: left });
    await second.write(who);
    const after = await second.verified();
    expect(after.entries.slice(0, before.entries.length)).toEqual(before.entries);
    expect(after.size).toBe(before.size + 1n);
  });

  it('is not signed on after an older database was put in its place', async () => {
    const first = await start();
    const who = await first.somebody();
    await first.write(who);
    const left = await stop(first);
    const backup = `${left.databaseUrl.replace(/(\?|$)/, '_backup$1')}`;
    await copyTestDatabase(left.databaseUrl, backup);
    const second = await start({ after: left });
    await second.write(who, 'What the backup does not have');
    const published = await second.text('/log/checkpoint');
    await stop(second);
    const restored = await start({ after: { ...left, databaseUrl: backup } });
    expect(await restored.reaches('stopped')).toMatch(/rolled back/);
    const refused = await restored.write(who);
    expect(refused.statusCode).toBe(503);
    expect(refused.json<{ type: string }>().type).toBe('/problems/transparency/signing-stopped');
    const lookup = await restored.app.request('GET', '/v1/lookup/isrc/ZZFMT1900001');
    expect(lookup.statusCode).toBe(200);
    expect(await readFile(`${left.logFolder}/public/checkpoint`, 'utf8')).toBe(published);
    await dropTestDatabase(left.databaseUrl);
  });

  it('is not signed on when a leaf was changed, and the leaf is named', async () => {
    const first = await start();
    const who = await first.somebody();
    await first.write(who);
    await first.reaches('signing');
    const left = first.app;
    const forged = `'{"forged":true}'::bytea`;
    await tamper(
      left.databaseUrl,
      `UPDATE log_leaves SET entry = ${forged}, leaf_hash = sha256('\\x00'::bytea || ${forged})
       WHERE leaf_index = 2`,
    );
    await first.signer.auditAll();
    expect(first.status).toMatchObject({
      state: 'stopped',
      reason: expect.stringMatching(/Leaf 2 was changed/),
    });
    expect((await first.write(who)).statusCode).toBe(503);
    await stop(first);
    const second = await start({ after: left });
    expect(await second.reaches('stopped')).toMatch(/Leaf 2 was changed/);
  });

  it('is not signed on when a leaf was taken out', async () => {
    const registry = await start();
    await registry.write(await registry.somebody());
    await tamper(registry.app.databaseUrl, `DELETE FROM log_leaves WHERE leaf_index = 1`);
    await registry.signer.auditAll();
    expect(await registry.reaches('stopped')).toMatch(/Leaf 1 is missing/);
  });

  it('names what stopped it, whatever else fails later', async () => {
    const registry = await start();
    await registry.write(await registry.somebody());
    const { databaseUrl } = registry.app;
    await tamper(databaseUrl, `DELETE FROM log_leaves WHERE leaf_index = 1`);
    await registry.signer.auditAll();
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const signers = async (count: number): Promise<void> => {
      for (let rowCount: number | null = null; rowCount !== count; await sleep(20)) {
        ({ rowCount } = await client.query(`SELECT FROM pg_stat_activity
          WHERE application_name = 'fermata signer' AND datname = current_database()`));
      }
    };
    await signers(1);
    // Whatever the signer asks for fails; it hangs up before it begins anew.
    await client.query(`ALTER TABLE log_checkpoints RENAME TO elsewhere`);
    await signers(0);
    await client.end();
    expect(registry.status).toMatchObject({
      state: 'stopped',
      reason: expect.stringMatching(/Leaf 1 is missing/),
    });
  });

  it('is not signed on when the head was given another root', async () => {
    const registry = await start();
    const who = await registry.somebody();
    await registry.write(who);
    await tamper(
      registry.app.databaseUrl,
      `UPDATE log_head SET root = sha256('other'), frontier = sha256('other')`,
    );
    expect((await registry.write(who)).statusCode).not.toBe(201);
    expect(await registry.reaches('stopped')).toMatch(/another root|does not continue/);
  });

  it('is not signed on without its anchor, with a foreign one, or with one that went back', async () => {
    const first = await start();
    const who = await first.somebody();
    await first.write(who);
    const early = await readFile(`${first.app.logFolder}/anchor/checkpoint`, 'utf8');
    await first.write(who);
    const left = await stop(first);
    const anchor = `${left.logFolder}/anchor/checkpoint`;
    await writeFile(anchor, early);
    const second = await start({ after: left });
    expect(await second.reaches('stopped')).toMatch(/the anchor went back/);
    await stop(second);
    await writeFile(anchor, early.replace(/^localhost/, 'elsewhere'));
    const third = await start({ after: left });
    expect(await third.reaches('stopped')).toMatch(/is of the log elsewhere\/log/);
    await stop(third);
    await rm(anchor);
    const fourth = await start({ after: left });
    expect(await fourth.reaches('stopped')).toMatch(/The anchor is missing/);
  });

  it('is not signed on without the private half of its key', async () => {
    const first = await start();
    await first.write(await first.somebody());
    const left = await stop(first);
    await rm(`${left.logFolder}/keys`, { recursive: true });
    const second = await start({ after: left });
    expect(await second.reaches('stopped')).toMatch(/private half .* is missing/);
  });

  it('waits while the clock stands behind the last leaf, and goes on when it is right', async () => {
    const clock = new FixedClock(Date.parse('2026-03-01T00:00:00Z'));
    const first = await start({ clock });
    const who = await first.somebody();
    await first.write(who);
    clock.advance(-60_000);
    expect((await first.write(who)).statusCode).toBe(503);
    clock.advance(60_000);
    expect((await first.write(who)).statusCode).toBe(201);
  });

  it('is signed by one of two processes, and both acknowledge', async () => {
    const first = await start();
    const second = await start({ after: first.app });
    open = open.filter((one) => one !== first);
    const who = await first.somebody();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) => (at % 2 ? first : second).write(who, `Text ${at}`)),
    );
    expect(answers.map((answer) => answer.statusCode)).toEqual(Array(12).fill(201));
    const works = async () =>
      (await second.verified()).entries.filter(({ type }) => type === 'work').length;
    for (let left = 50; left > 0 && (await works()) < 12; left -= 1) await sleep(50);
    expect(await works()).toBe(12);
    // The one that stood by takes over.
    await first.app.stop();
    expect((await second.write(who)).statusCode).toBe(201);
    await second.verified();
  });
});

describe('a rotated key', () => {
  it('signs beside the old one, then alone, and every step is a leaf', async () => {
    const registry = await start();
    const who = await registry.somebody();
    const { OperatorGrants } = await import('#accounts');
    const operator = await registry.app.signUp('auditor');
    const account = await registry.app.request('GET', '/v1/account', { as: operator });
    await registry.app.app
      .get(OperatorGrants, { strict: false })
      .grant(account.json<{ email: string }>().email);
    const call = async (url: string, body: object) => {
      const answer = await registry.app.request('POST', url, { as: operator, body });
      if (answer.statusCode >= 300) throw new Error(answer.body);
      return answer.json<{ kid: string; state: string }>();
    };
    await registry.write(who);
    const signatures = async () =>
      (await registry.text('/log/checkpoint')).split('\n').filter((line) => line.startsWith('—'));
    expect(await signatures()).toHaveLength(1);
    const pinned = await registry.policy();
    const jwks = JSON.parse(await registry.text('/.well-known/jwks.json')) as {
      keys: { kid: string; fermata_use: string }[];
    };
    const old = jwks.keys.find((key) => key.fermata_use === 'log')!;
    const refused = await registry.app.request('POST', `/v1/operator/keys/${old.kid}/state`, {
      ...{ as: operator, body: { state: 'ended' } },
    });
    expect(refused.statusCode).toBe(409);
    const added = await call('/v1/operator/keys', { use: 'log' });
    expect(await signatures()).toHaveLength(1);
    await call(`/v1/operator/keys/${added.kid}/state`, { state: 'active' });
    expect(await signatures()).toHaveLength(2);
    await registry.verified(pinned);
    await call(`/v1/operator/keys/${old.kid}/state`, { state: 'ended' });
    await registry.write(who);
    expect(await signatures()).toHaveLength(1);
    await expect(registry.verified(pinned)).rejects.toThrow();
    const { entries } = await registry.verified();
    const steps = entries.filter(({ type, use }) => type === 'key' && use === 'log');
    expect(steps.map(({ state }) => state)).toEqual([
      'added',
      'active',
      'added',
      'active',
      'ended',
    ]);
    const after = JSON.parse(await registry.text('/.well-known/jwks.json')) as { keys: object[] };
    expect(after.keys).toHaveLength(3);
  });
});
