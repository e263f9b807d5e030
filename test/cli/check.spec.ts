import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { DuckDBConnection } from '@duckdb/node-api';
import { withDuckDb } from '#snapshots';
import { POLICY_TEXT } from '../../bench/samples/signers.js';
import { situation, writeSnapshotFolder } from '../../bench/samples/snapshot-folder.js';
import { checkInProcess } from './check-in-process.js';
import { fermata } from './fermata.js';

/** `fermata check`: a whole manifest against a snapshot, offline. */

const folder = mkdtempSync(join(tmpdir(), 'fermata-check-spec-'));
const path = (name: string) => join(folder, name);
const HOUR = 3_600_000;

const TRAINS = { purpose: 'ai.train.generative' as const, decision: 'allow' as const };
const NEVER = { purpose: 'ai.train' as const, decision: 'deny' as const };
const STANDINGS = [
  situation([TRAINS]),
  situation([NEVER]),
  situation([{ ...TRAINS, conditions: [{ kind: 'territory', include: ['DE'] }] }]),
  situation([]),
  situation([TRAINS], { effectiveUntil: Date.now() - HOUR }),
];
const ISRCS = ['USUG11900000', 'USUG11900001', 'USUG11900002', 'USUG11900003', 'USUG11900004'];

const withDuck = <T>(work: (connection: DuckDBConnection) => Promise<T>) =>
  withDuckDb({ spillFolder: path('spill') }, work);

async function snapshot(name: string, asOf: number, more: string[] = []): Promise<void> {
  const own = ISRCS.map((isrc, standing) => `('${isrc}', ${standing})`);
  const rows = [...own, ...more].join(', ');
  await withDuck((connection) =>
    writeSnapshotFolder(connection, path(`${name}/snapshot`), {
      ...{ asOf, standings: STANDINGS },
      identifiers: {
        isrc: `SELECT * FROM (VALUES ${rows}) AS v (identifier, standing)`,
        gtin: `SELECT '00602547202895' AS identifier, 0 AS standing`,
      },
    }),
  );
}

const ASKED = ['--purpose', 'ai.train.generative', '--lawful-source'];

function heldIn(name: string): string[] {
  return ['--snapshot', path(`${name}/snapshot`), '--keys', path(`${name}/jwks.json`)];
}

/** The command as a process of its own. */
function checkApart(files: string[], input?: string) {
  const args = ['check', ...files, ...heldIn('now'), ...ASKED];
  return fermata(args, input === undefined ? {} : { input });
}

/** The same in this process. */
function check(files: string[], more: string[] = [], name = 'now') {
  const options: Record<string, unknown> = {
    ...{ snapshot: path(`${name}/snapshot`), keys: path(`${name}/jwks.json`) },
    ...{ purpose: ['ai.train.generative'], lawfulSource: true },
  };
  for (let at = 0; at < more.length; at += 2) {
    const name = more[at]!.slice(2).replace(/-(.)/g, (_, letter) => letter.toUpperCase());
    options[name] = name === 'column' ? [more[at + 1]] : more[at + 1];
  }
  return checkInProcess(files, options);
}

function file(name: string, content: string | Buffer): string {
  writeFileSync(path(name), content);
  return path(name);
}

beforeAll(async () => {
  // The last standing's word ended between the snapshot and now.
  await snapshot('now', Date.now() - 2 * HOUR);
  await snapshot('old', Date.now() - 25 * HOUR);
  await snapshot('now-kept', Date.now() - HOUR);
  await snapshot('old-kept', Date.now() - 25 * HOUR);
});

const CSV = [
  'n,Title,Track ISRC',
  '1,allowed,USUG11900000',
  '2,"never, ever",USUG11900001',
  '3,elsewhere,us-ug1-19-00002',
  '4,silent,USUG11900003',
  '5,ended,USUG11900004',
  '6,not registered,USUG11999999',
  '7,=no code,N/A',
  '8,none,',
  '9,typed,isrc: USUG11900000',
];

describe('fermata check', () => {
  it('sorts every row by what was said of it, and gives the rows back as they came', async () => {
    const ran = await check([file('a.csv', `${CSV.join('\n')}\n`)], ['--out', path('a')]);
    expect(ran.err).toContain('Looked for isrc in Track ISRC.');
    expect(ran.code).toBe(1);
    const rows = (name: string) =>
      readFileSync(path(`a/${name}.csv`), 'utf8')
        .trimEnd()
        .split('\n');
    const head = 'n,Title,Track ISRC,fermata_outcome,fermata_reasons';
    expect(rows('allowed')).toEqual([
      head,
      '1,allowed,USUG11900000,allowed,""',
      '9,typed,isrc: USUG11900000,allowed,""',
    ]);
    expect(rows('refused')).toEqual([
      head,
      '2,"never, ever",USUG11900001,refused,ai.train.generative denied deny',
      '3,elsewhere,us-ug1-19-00002,refused,ai.train.generative denied territory',
    ]);
    expect(rows('unknown').map((row) => row.slice(0, 1))).toEqual(['n', '4', '5', '6', '8']);
    expect(rows('invalid')).toEqual([head, '7,=no code,N/A,invalid,invalid_identifier']);
  });

  it('takes what the inquirer states into account', async () => {
    const manifest = file('de.csv', 'isrc\nUSUG11900002\n');
    expect((await check([manifest], ['--territory', 'DE'])).code).toBe(0);
    expect((await check([manifest], ['--territory', 'FR'])).code).toBe(1);
  });

  it('gives NDJSON back as NDJSON, a line that is none as invalid', async () => {
    const lines = [
      '{"isrc":"USUG11900001","n":12345678901234567890}',
      '',
      '{broken',
      '{"isrc":7}',
      '[1]',
      '{"isrc":"USUG11900000","isrc":"USUG11900001"}',
    ];
    await check([file('b.jsonl', lines.join('\n'))], ['--out', path('b')]);
    expect(readFileSync(path('b/refused.ndjson'), 'utf8')).toBe(
      '{"isrc":"USUG11900001","n":12345678901234567890,"fermata_outcome":"refused","fermata_reasons":"ai.train.generative denied deny"}\n',
    );
    const invalid = readFileSync(path('b/invalid.ndjson'), 'utf8').trimEnd().split('\n');
    expect(invalid.map((line) => JSON.parse(line))).toMatchObject([
      { fermata_line: '{broken', fermata_outcome: 'invalid' },
      { isrc: 7, fermata_outcome: 'invalid' },
      { fermata_line: '[1]' },
      // Named twice: readers differ in which of the two they take.
      { isrc: 'USUG11900001', fermata_outcome: 'invalid' },
    ]);
  });

  it('reads Parquet, gzip, zstd, tabs, several files, patterns and standard input', async () => {
    mkdirSync(path('many'));
    await withDuck((connection) =>
      connection.run(
        `COPY (SELECT 'USUG11900000' AS isrc, 1 AS n, [1, 2] AS list) TO '${path('p.parquet')}';
         COPY (SELECT 'USUG11900000' AS isrc) TO '${path('z.csv.zst')}' (COMPRESSION zstd)`,
      ),
    );
    file('many/1.tsv.gz', gzipSync('isrc\tt\nUSUG11900000\t"a\tb"\n'));
    file('many/2.tsv.gz', gzipSync('isrc\tt\nUSUG11900001\tc\n'));
    expect((await check([path('p.parquet')], ['--out', path('p')])).code).toBe(0);
    expect(readdirSync(path('p'))).toEqual(['allowed.parquet']);
    const ran = await check([path('many/*.tsv.gz')], ['--out', path('m')]);
    expect(ran.code).toBe(1);
    expect(gunzipSync(readFileSync(path('m/allowed.tsv.gz'))).toString()).toContain('"a\tb"');
    expect((await check([path('z.csv.zst')])).code).toBe(0);
    expect(await checkApart(['-'], 'USUG11900000\n')).toMatchObject({ code: 0 });
    expect(await checkApart(['-'], 'USUG11900001\n')).toMatchObject({ code: 1 });
  });

  it('does not read a column that has moved in a later file as another', async () => {
    const files = [file('h1.csv', 'isrc,parent\nUSUG11900000,x\n')];
    files.push(file('h2.csv', 'parent,isrc\nUSUG11900000,USUG11900001\n'));
    const ran = await check(files, ['--column', 'isrc=isrc']);
    expect(ran.code).toBe(3);
    expect(ran.err).toContain('other columns');
  });

  it('does not pass over a column that only some Parquet files have', async () => {
    await withDuck(async (connection) => {
      await connection.run(
        `COPY (SELECT 1 AS n) TO '${path('q1.parquet')}';
         COPY (SELECT 2 AS n, 'USUG11900001' AS isrc) TO '${path('q2.parquet')}'`,
      );
    });
    const { code, err } = await check([path('q*.parquet')]);
    expect([code, err]).toEqual([3, expect.stringMatching(/q2\.parquet has other columns/)]);
  });

  it('finds an identifier that stands in the later of two files only', async () => {
    file('late-1.csv', 'n,code\n1,\n');
    file('late-2.csv', 'n,code\n2,USUG11900001\n');
    expect((await check([path('late-*.csv')], ['--out', path('late')])).code).toBe(1);
    expect(readFileSync(path('late/refused.csv'), 'utf8')).toMatch(/^2,USUG11900001,/m);
  });

  it('writes the allowed rows alone where asked to', async () => {
    const manifest = file('w.csv', 'isrc\nUSUG11900000\nUSUG11900001\n');
    expect((await check([manifest], ['--write-allowed', path('w-allowed.csv')])).code).toBe(1);
    expect(readFileSync(path('w-allowed.csv'), 'utf8')).toContain('USUG11900000,allowed');
    expect(existsSync(path('w-allowed.csv.rows'))).toBe(false);
  });

  it('joins what several identifiers of one row say by the strictest', async () => {
    const rows = [
      'isrc,upc',
      'USUG11900001,0602547202895',
      'USUG11999999,602547202895',
      ',602547202895',
    ];
    const ran = await check([file('two.csv', `${rows.join('\n')}\n`)], ['--json', 'yes']);
    expect(JSON.parse(ran.out).rows).toEqual({ allowed: 2, refused: 1, unknown: 0, invalid: 0 });
  });

  it('writes the same report whenever the same is checked', async () => {
    const manifest = file('r.csv', 'isrc\nUSUG11900000\n');
    for (const name of ['r1', 'r2']) await check([manifest], ['--report', path(name)]);
    expect(readFileSync(path('r1'), 'utf8')).toBe(readFileSync(path('r2'), 'utf8'));
  });

  it('counts rows that can’t be cut into columns as invalid', async () => {
    const ran = await check(
      [file('bad.csv', 'isrc,t\nUSUG11900000,a\nUSUG11900000,b,c,d\n')],
      ['--out', path('bad')],
    );
    expect(ran.code).toBe(1);
    expect(readFileSync(path('bad/unreadable.txt'), 'utf8')).toContain('USUG11900000,b,c,d');
  });

  it('does not take unknown for permission, whatever the policy', async () => {
    const manifest = file('u.csv', 'isrc\nUSUG11999999\n');
    expect((await check([manifest])).code).toBe(1);
    const ran = await check(
      [manifest],
      ['--unknown-policy', 'allow_at_own_risk', '--out', path('u')],
    );
    expect(ran.code).toBe(0);
    expect(readdirSync(path('u'))).toEqual(['unknown.csv']);
  });

  describe('without a verdict', () => {
    const manifest = () => file('v.csv', 'isrc\nUSUG11900000\n');
    const isrcs = 'identifiers/scheme=isrc/part-0.parquet';
    const spoilt: [string, (at: string) => void][] = [
      ['it is not signed', (at) => writeFileSync(join(at, 'manifest.jws'), 'e30..AAAA')],
      [
        'a file of it was changed',
        (at) => {
          const bytes = readFileSync(join(at, isrcs));
          bytes[40]! ^= 1;
          writeFileSync(join(at, isrcs), bytes);
        },
      ],
      ['a file of it is not all there', (at) => appendFileSync(join(at, isrcs), 'x')],
      ['a file of it is missing', (at) => rmSync(join(at, 'standings.parquet'))],
    ];

    it.each(spoilt)('where %s', async (name, spoil) => {
      await snapshot(name, Date.now() - HOUR);
      spoil(path(`${name}/snapshot`));
      const ran = await check([manifest()], ['--out', path(`${name}-out`)], name);
      expect({ code: ran.code, out: ran.out }).toEqual({ code: 3, out: '' });
      expect(existsSync(path(`${name}-out`))).toBe(false);
    });

    it('where the snapshot has an identifier twice, which would answer a row twice', async () => {
      await snapshot('twice', Date.now() - HOUR, [`('${ISRCS[1]}', 0)`]);
      const both = file('w.csv', `isrc\n${ISRCS[0]}\n${ISRCS[1]}\n`);
      const ran = await check([both], ['--out', path('twice-out')], 'twice');
      expect(ran).toMatchObject({ code: 3, out: '' });
      expect(ran.err).toContain('2 rows came to 3 answers');
      expect(existsSync(path('twice-out'))).toBe(false);
    });

    it('where the snapshot has an identifier in a standing that it says nothing of', async () => {
      await snapshot('unsaid', Date.now() - HOUR, [`('USUG11900009', 99)`]);
      const ran = await check(
        [file('x.csv', 'isrc\nUSUG11900009\n')],
        ['--out', path('unsaid-out')],
        'unsaid',
      );
      expect(ran).toMatchObject({ code: 3, out: '' });
      expect(existsSync(path('unsaid-out'))).toBe(false);
    });

    it('where the snapshot has expired', async () => {
      const ran = await check([manifest()], [], 'old');
      expect(ran.code).toBe(3);
      expect(ran.err).toContain('has expired');
    });
    it('where the newest snapshot of a folder has expired, though an older one has not', async () => {
      mkdirSync(path('kept'));
      renameSync(path('now-kept/snapshot'), path('kept/512'));
      expect((await check([manifest()], ['--snapshot', path('kept')])).code).toBe(0);
      renameSync(path('old-kept/snapshot'), path('kept/1024'));
      const ran = await check([manifest()], ['--snapshot', path('kept')]);
      expect({ code: ran.code, out: ran.out }).toEqual({ code: 3, out: '' });
      expect(ran.err).toContain('has expired');
    });

    it('where no snapshot is named and none was pulled', async () => {
      const before = process.cwd();
      process.chdir(mkdtempSync(path('elsewhere-')));
      try {
        const asked = { keys: path('now/jwks.json'), purpose: ['ai.train.generative'] };
        const none = await checkInProcess([manifest()], asked);
        expect([none.code, none.err]).toEqual([2, expect.stringContaining('snapshot pull')]);
        mkdirSync('fermata-snapshots');
        cpSync(path('now/snapshot'), 'fermata-snapshots/7', { recursive: true });
        const ran = await checkInProcess([manifest()], asked);
        expect([ran.code, ran.err]).toEqual([1, expect.stringContaining('fermata-snapshots/7')]);
      } finally {
        process.chdir(before);
      }
    });

    it('where the snapshot has to be in the log and its proof does not show it', async () => {
      const policy = file('policy', POLICY_TEXT);
      const ran = await check([manifest()], ['--policy', policy, '--out', path('unlogged')]);
      expect({ code: ran.code, out: ran.out }).toEqual({ code: 3, out: '' });
      expect(ran.err).toContain('has no manifest.tlog-proof');
      expect(existsSync(path('unlogged'))).toBe(false);
      const none = file('no-policy', 'trust me\n');
      expect((await check([manifest()], ['--policy', none])).code).toBe(2);
    });

    it('where the manifest is missing, empty or has no identifiers', async () => {
      expect((await check([path('nowhere.csv')])).code).toBe(3);
      expect((await check([file('empty.csv', 'isrc\n')])).code).toBe(3);
      expect((await check([file('none.csv', 'a,b\n1,2\n')])).code).toBe(3);
      expect((await check([file('fake.parquet', 'PAR1 and no more')])).code).toBe(3);
    });
    it('and never over what is there', async () => {
      const ran = await check([manifest()], ['--report', file('there', '')]);
      expect(ran.code).toBe(2);
    });
  });
});
