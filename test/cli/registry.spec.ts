import { readFileSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { fermata, newConfigFolder, type RunOptions } from './fermata.js';

const PASSWORD = 'tin roof, cold tea, loud harbour';

// Every case starts processes, and a busy machine starts them slowly.
jest.setTimeout(60_000);

describe('fermata against a registry', () => {
  let t: TestApp;
  let env: Record<string, string>;
  const folder = newConfigFolder();
  const run = (args: string[], options: RunOptions = {}) =>
    fermata(args, { ...options, env: { ...env, ...options.env } });

  beforeAll(async () => {
    t = await createTestApp();
    await t.app.listen(0, '127.0.0.1');
    const { port } = t.app.getHttpServer().address() as AddressInfo;
    env = {
      FERMATA_URL: `http://127.0.0.1:${port}`,
      XDG_CONFIG_HOME: folder,
      DATABASE_URL: t.databaseUrl,
    };
  });
  afterAll(() => t.close());

  it('leads from sign-up to an answer', async () => {
    const up = await run(['sign-up', 'mira@example.org', '--name', 'Mira'], {
      input: `${PASSWORD}\n`,
    });
    expect(up).toMatchObject({ code: 0, out: expect.stringMatching(/^Signed in as Mira/) });
    const credentials = join(folder, 'fermata/credentials.json');
    expect(statSync(credentials).mode & 0o777).toBe(0o600);
    expect(readFileSync(credentials, 'utf8')).not.toContain(PASSWORD);

    expect((await run(['register', 'Song'])).err).toContain('You have no party yet');
    expect((await run(['party', 'Mira Vale'])).code).toBe(0);
    const who = JSON.parse((await run(['whoami', '--json'])).out);
    expect(who.parties).toMatchObject([{ displayName: 'Mira Vale' }]);

    const song = await run(['register', 'Song', '--isrc', 'DE-A1B-31-00001', '--json']);
    expect(song.code).toBe(0);
    const { recording } = JSON.parse(song.out);
    const declared = await run(['declare', 'preserve_never_train', '--work', recording.id]);
    expect(declared).toMatchObject({ code: 0, out: expect.stringMatching(/recording/) });
    const asked = await run(['lookup', 'DEA1B3100001', '--purpose', 'ai.train.generative']);
    expect(asked).toMatchObject({
      code: 1,
      out: expect.stringMatching(/ai\.train\.generative {2}denied/),
    });

    const hidden = ['lookup', 'DEA1B3100001', '--private', '--purpose', 'ai.train.generative'];
    expect(await run(hidden)).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        /^isrc DEA1B3100001 {2}found\n {2}ai\.train\.generative {2}denied/,
      ),
      err: expect.stringContaining('Asked for 1 registered identifiers at once.'),
    });
  });

  it('signs in again, refuses a wrong password, and forgets the session', async () => {
    const wrong = await run(['sign-in', 'mira@example.org'], { input: 'not this one at all\n' });
    expect(wrong.code).toBe(3);
    const right = await run(['sign-in', 'mira@example.org'], { input: `${PASSWORD}\n` });
    expect(right.code).toBe(0);
    const elsewhere = { XDG_CONFIG_HOME: newConfigFolder() };
    await run(['sign-in', 'mira@example.org'], { input: `${PASSWORD}\n`, env: elsewhere });
    await run(['sign-out'], { env: elsewhere });
    expect((await run(['whoami'], { env: elsewhere })).code).toBe(3);
  });

  it('imports a catalogue, writes the refused rows, and takes them once they are mended', async () => {
    const file = 'test/fixtures/catalogues/faults.csv';
    const report = join(folder, 'refused.csv');
    const dry = await run(['import', file, '--dry-run']);
    expect(dry).toMatchObject({ code: 1, out: expect.stringContaining('Dry run, nothing') });
    const ran = await run(['import', file, '--report', report]);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('10 rows: 2 registered, 1 unchanged, 7 refused.');
    expect(ran.out).toMatch(/line 5 UPC “036000291453”: .*should be 2/);
    expect(ran.err).toContain('Track → title');
    const text = readFileSync(report, 'utf8');
    expect(text.split('\r\n')[0]).toBe('\uFEFFTrack,Artist,ISRC,UPC,Release Date,error');
    expect(text).toMatch(/Wrong UPC,Mira Vale,DEA1B2000004,036000291453,2020-05-01,UPC: /);
    writeFileSync(
      report,
      text.replaceAll('036000291453', '').replaceAll('2020-02-30', '2020-02-28'),
    );
    const mended = await run(['import', report]);
    expect(mended.out).toContain('7 rows: 2 registered, 1 unchanged, 4 refused.');
  });

  it('prints progress as lines where no terminal watches, and the report as JSON', async () => {
    const rows = Array.from(
      { length: 3_000 },
      (_, n) => `S${n},M,DEZZZ31${String(n).padStart(5, '0')}`,
    );
    const input = `title,artist,isrc\n${rows.join('\n')}\n`;
    const ran = await run(['import', '-', '--json', '--template', 'preserve_never_train'], {
      input,
    });
    expect(ran.code).toBe(0);
    expect(ran.err).toMatch(/registering \d+0 %/);
    const report = JSON.parse(ran.out);
    expect(report.counts).toMatchObject({ registered: 3_000, refused: 0 });
    expect(report.catalogue.name).toBe('Imported works');
    const quiet = await run(['import', '-', '-q'], { input });
    expect(quiet).toMatchObject({
      code: 0,
      err: '',
      out: '3000 rows: 0 registered, 3000 unchanged, 0 refused.\n',
    });
    const asked = await run(['lookup', 'DEZZZ3100042', '--purpose', 'ai.train.generative', '-q']);
    expect(asked).toMatchObject({ code: 1, out: expect.stringContaining('denied') });
  });

  it.each([
    [
      ['import', 'test/fixtures/catalogues/faults.csv', '--map', 'title=Nothing'],
      2,
      /no column “Nothing”/,
    ],
    [['import', 'test/fixtures/catalogues/faults.csv', '--template', 'nonsense'], 2, /template/],
    [['import', 'test/fixtures/catalogues/faults.csv', '--party', 'pty_0'], 3, /no party/],
    [['import', 'package.json'], 2, /No column holds the titles/],
    [['lookup', 'isrc', 'USUG1'], 2, /^/],
  ])('ends %j with %i', async (args, code, sentence) => {
    const ran = await run(args);
    expect(ran.code).toBe(code);
    expect(ran.err).toMatch(sentence);
  });

  it('makes operators on the server, and nobody who has no account', async () => {
    const granted = await run(['operator', 'grant', 'mira@example.org']);
    expect(granted).toMatchObject({ code: 0, err: expect.stringContaining('is an operator') });
    const who = JSON.parse((await run(['whoami', '--json'])).out);
    expect(who.account.roles).toContain('operator');
    const unknown = await run(['operator', 'grant', 'nobody@example.org']);
    expect(unknown).toMatchObject({ code: 3, err: expect.stringContaining('no account') });
  });

  it('builds the lookup tables anew', async () => {
    const ran = await run(['rebuild-lookup', '-q', '--json']);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out).works).toBeGreaterThan(3_000);
  });
});
