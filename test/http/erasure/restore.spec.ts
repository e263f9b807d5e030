import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { createApp } from '../../../src/create-app.js';
import {
  backUp,
  configOf,
  type ErasureWorld,
  findWords,
  journalOf,
  onRestart,
  openErasureWorld,
  outcomeOf,
  sqlOf,
  wordsOf,
  writeJournal,
  ZEPHYRINE,
} from './erasure-world.js';

type Backup = Awaited<ReturnType<typeof backUp>>;

let world: ErasureWorld;
let url: string;
let words: (string | Buffer)[];
let backup: Backup;
let olderBackup: Backup;

const logOf = (databaseUrl: string) =>
  onRestart(world, databaseUrl, (app) => sqlOf(app, `SELECT leaf_type FROM log_leaves`));
const onQueue = async (databaseUrl: string, text: string) => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
};
const states = () => journalOf(world).map((line) => JSON.parse(line).state);

/** Servers come and go here, so the world's own is closed and each test starts what it needs. */
beforeAll(async () => {
  world = await openErasureWorld();
  words = await wordsOf(world);
  url = world.registry.app.databaseUrl;
  await world.registry.app.app.close();
  backup = await backUp(url, 'yesterday');
  olderBackup = await backUp(url, 'last_week');
}, 60_000);
afterAll(async () => {
  await backup?.drop();
  await olderBackup?.drop();
  rmSync(world.logDir, { recursive: true, force: true });
});

// Whole applications start and end in each of these.
jest.setTimeout(60_000);

// Each test goes on where the one before it has left the journal and the databases.
describe('an erasure', () => {
  it('that is cut short between the journal and the commit is finished at the next start', async () => {
    await onRestart(world, url, async (app) => {
      await sqlOf(
        app,
        `CREATE FUNCTION cut_power() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'the power is cut'; END $$;
         CREATE CONSTRAINT TRIGGER power_cut AFTER UPDATE ON accounts
         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut_power()`,
      );
      const { statusCode } = await app.inject({
        method: 'DELETE',
        url: '/v1/accounts/me',
        headers: { authorization: `Bearer ${world.zephyrine.token}` },
        payload: { password: ZEPHYRINE.password },
      });
      expect(statusCode).toBe(500);
      await sqlOf(app, `DROP TRIGGER power_cut ON accounts; DROP FUNCTION cut_power()`);
      expect(await findWords(url, [ZEPHYRINE.title])).not.toEqual([]);
    });
    expect(states()).toEqual(['intended']);
    const leaves = await logOf(url);
    expect(await findWords(url, words)).toEqual([]);
    expect(leaves.filter((leaf) => leaf['leaf_type'] === 'erasure').length).toBeGreaterThan(3);
    expect(states()).toEqual(['intended', 'done']);
  });

  it('that is cut short between the commit and the answer stays one erasure', async () => {
    const before = await logOf(url);
    writeJournal(world, `${journalOf(world)[0]}\n`);
    expect(await logOf(url)).toHaveLength(before.length);
    expect(states()).toEqual(['intended', 'done']);
  });

  it('survives a restore of an older backup, without a new leaf', async () => {
    expect(await findWords(backup.url, words)).not.toEqual([]);
    await onRestart(world, backup.url, async (app) => {
      expect(await findWords(backup.url, words)).toEqual([]);
      const { isrc, importedIsrc } = ZEPHYRINE;
      for (const one of [isrc, importedIsrc]) {
        for (const query of ['', `&asOf=${world.before}`]) {
          expect((await outcomeOf(app, one, query)).result).toBe('not_found');
        }
      }
      // The leaves and versions that withdrew her claims are lost here; nothing is permitted still.
      expect((await outcomeOf(app, world.cover.isrc)).outcome).toBe('unknown');
      expect((await outcomeOf(app, world.shared.isrc)).outcome).toBe('unknown');
      const withdrawn = await sqlOf(
        app,
        `SELECT FROM log_leaves WHERE leaf_type = 'erasure'
           OR (leaf_type = 'key' AND convert_from(entry, 'UTF8') LIKE '%"revoked"%')`,
      );
      expect(withdrawn).toEqual([]);
      expect(await sqlOf(app, `SELECT FROM notice_settings`)).toEqual([]);
      expect(await sqlOf(app, `SELECT FROM graphile_worker.jobs`)).toEqual([]);
      const mine = { authorization: `Bearer ${world.zephyrine.token}` };
      const account = await app.inject({ method: 'GET', url: '/v1/account', headers: mine });
      expect(account.statusCode).toBe(401);
    });
    expect(states()).toEqual(['intended', 'done']);
  });

  it('survives the loss of the journal as long as the database is there', async () => {
    rmSync(world.logDir, { recursive: true });
    await logOf(url);
    expect(journalOf(world)[0]).toContain(world.song.recording);
    // With its jobs, as a server starts: none may be queued for her again, not even at first.
    await onQueue(
      olderBackup.url,
      `CREATE FUNCTION refuse_job() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'somebody erased would be told'; END $$;
       CREATE TRIGGER refuse_job AFTER INSERT OR UPDATE ON graphile_worker._private_jobs
         FOR EACH ROW EXECUTE FUNCTION refuse_job()`,
    );
    const settings = { NODE_ENV: 'development', SNAPSHOT_EVERY_HOURS: 0 } as const;
    await onRestart(world, olderBackup.url, () => Promise.resolve(), settings);
    expect(await findWords(olderBackup.url, words)).toEqual([]);
  });
});

describe('the journal', () => {
  it('loses a last line that was cut off, whose erasure was never committed', async () => {
    const whole = journalOf(world);
    writeJournal(world, `${whole.join('\n')}\n{"v":1,"erasure":"era_0000`);
    await logOf(url);
    expect(journalOf(world)).toEqual(whole);
  });

  it('that is damaged keeps the registry closed, and says where', async () => {
    const whole = journalOf(world);
    writeJournal(world, `${[...whole.slice(0, 1), '{"v":1,"era', ...whole.slice(1)].join('\n')}\n`);
    await expect(createApp(configOf(world, url), world.registry.clock)).rejects.toThrow(
      /^Line 2 of the erasure journal .* is damaged/,
    );
    writeJournal(world, `${whole.join('\n')}\n`);
  });

  it('that can’t be read keeps it closed too', async () => {
    const config = Object.assign(configOf(world, url), { LOG_DIR: `${process.execPath}/log` });
    await expect(createApp(config, world.registry.clock)).rejects.toThrow(
      /^The erasure journal .* can’t be read: .*ENOTDIR/,
    );
  });
});
