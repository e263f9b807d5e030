import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { statementsDuring } from '../accounts/statements.js';
import { createTestApp, type TestApp } from '../../support/test-app.js';
import {
  freshSongs,
  imported,
  importFile,
  type Importer,
  newImporter,
  type Report,
} from './import-fixture.js';

const fixture = (name: string) => readFileSync(`test/fixtures/catalogues/${name}`);
jest.setTimeout(60_000);

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp();
});
afterAll(() => t.close());

async function countOf(table: string, where = 'true'): Promise<number> {
  const [row] = await t.app
    .get(DataSource)
    .query(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`);
  return row.n;
}

async function worksOf(importer: Importer): Promise<{ id: string; kind: string; title: string }[]> {
  const answer = await t.request('GET', `/v1/works?party=${importer.party}&limit=200`, {
    as: importer.token,
  });
  return answer.json<{ items: { id: string; kind: string; title: string }[] }>().items;
}

async function read(url: string, as: string) {
  return (await t.request('GET', url, { as })).json();
}

describe('POST /v1/imports', () => {
  it('registers each good row and claims its recording', async () => {
    const songs = freshSongs();
    const mira = await newImporter(t);
    const report = await imported(t, mira, songs);
    expect(report).toMatchObject({
      dryRun: false,
      counts: { rows: 2, registered: 2, joined: 0, unchanged: 0, refused: 0 },
      rows: `/v1/imports/${report.id}/rows`,
    });
    const works = await worksOf(mira);
    expect(works.map(({ kind, title }) => [kind, title])).toEqual([
      ['recording', 'Nachtzug'],
      ['recording', 'Frühlicht'],
    ]);
    const work = await read(`/v1/works/${works[1]!.id}`, mira.token);
    expect(work).toMatchObject({
      identifiers: [
        {
          scheme: 'isrc',
          value: expect.stringMatching(/^DEQ0021\d{5}$/),
          typed: expect.stringMatching(/^DE-Q00-21-\d{5}$/),
        },
      ],
      contributors: [{ name: 'Mira Vale', role: 'performer' }],
    });
    const claims = await read(`/v1/works/${works[0]!.id}/claims`, mira.token);
    expect(claims.items).toMatchObject([
      { party: mira.party, layer: 'recording', role: 'owner', sharePpm: 1_000_000, level: 0 },
    ]);
  });

  it('changes nothing when the same file comes again', async () => {
    const songs = freshSongs();
    const mira = await newImporter(t);
    await imported(t, mira, songs);
    const before = await countOf('log_leaves');
    const again = await imported(t, mira, songs);
    expect(again.counts).toMatchObject({ registered: 0, unchanged: 2 });
    expect(await countOf('log_leaves')).toBe(before);
    expect(await worksOf(mira)).toHaveLength(2);
  });

  it('recognises works without identifiers by title and artist', async () => {
    const mira = await newImporter(t);
    const file = 'title,artist\nUnlisted,Mira Vale\nUnlisted,Someone Else\n';
    expect((await imported(t, mira, file)).counts).toMatchObject({ registered: 2, warned: 2 });
    expect((await imported(t, mira, file)).counts).toMatchObject({ registered: 0, unchanged: 2 });
  });

  it('registers no work twice when one file arrives twice at once', async () => {
    const songs = freshSongs();
    const mira = await newImporter(t);
    const reports = await Promise.all([imported(t, mira, songs), imported(t, mira, songs)]);
    expect(reports.map(({ counts }) => counts.registered).sort()).toEqual([0, 2]);
    expect(await worksOf(mira)).toHaveLength(2);
  });

  it('takes the good rows of a file and explains the bad ones', async () => {
    const mira = await newImporter(t);
    const file = fixture('faults.csv')
      .toString()
      .replaceAll('DEA1B20', 'DEA1C20')
      .replace('A1B-20', 'A1C-20');
    const report = await imported(t, mira, file);
    expect(report.counts).toEqual({
      rows: 10,
      registered: 2,
      joined: 0,
      unchanged: 1,
      refused: 7,
      warned: 2,
    });
    expect(report.refused.map(({ line, faults }) => [line, faults[0]!.code])).toEqual([
      [3, 'title_missing'],
      [4, 'identifier_refused'],
      [5, 'identifier_refused'],
      [6, 'date_unreadable'],
      [7, 'wrong_width'],
      [10, 'identifier_repeated'],
      [11, 'nothing_to_go_by'],
    ]);
  });

  it('stores nothing in a dry run and answers as the import then does', async () => {
    const songs = freshSongs();
    const mira = await newImporter(t);
    const tables = ['works', 'claims', 'imports', 'import_rows', 'log_leaves', 'catalogues'];
    const before = await Promise.all(tables.map((table) => countOf(table)));
    const query = { template: 'preserve_never_train', fileName: 'songs.csv' };
    const answer = await importFile(t, mira, songs, { query: { ...query, dryRun: 'true' } });
    expect(answer.statusCode).toBe(200);
    const dry = answer.json<Report>();
    expect(dry).toMatchObject({ id: null, dryRun: true, rows: null });
    expect(dry.catalogue).toEqual({ id: null, name: 'songs' });
    expect(await Promise.all(tables.map((table) => countOf(table)))).toEqual(before);
    const real = await imported(t, mira, songs, query);
    expect(real.counts).toEqual(dry.counts);
  });

  it('gives a bar code to a release that contains the recordings', async () => {
    const mira = await newImporter(t);
    const file = `title,artist,album,isrc,upc
One,Mira Vale,Whole,DEA1B2200001,720642442524
Two,Mira Vale,Whole,DEA1B2200002,720642442524
`;
    await imported(t, mira, file);
    const works = await worksOf(mira);
    const release = works.find(({ kind }) => kind === 'release')!;
    expect(release.title).toBe('Whole');
    const { links } = await read(`/v1/works/${release.id}`, mira.token);
    expect(links).toMatchObject([
      { kind: 'contains', verified: true },
      { kind: 'contains', verified: true },
    ]);
    const more = 'title,artist,album,isrc,upc\nThree,Mira Vale,Whole,DEA1B2200003,720642442524\n';
    const second = await imported(t, mira, more);
    expect(second.warned).toMatchObject([{ warnings: [{ code: 'release_left_out' }] }]);
  });

  it('creates and claims the composition where own songs are imported', async () => {
    const mira = await newImporter(t);
    const file = `title,artist,composer,isrc,iswc
Song,Mira Vale,Jo Lind,DEA1B2300001,T-034.524.680-1
Song (live),Mira Vale,Jo Lind,DEA1B2300002,T-034.524.680-1
`;
    await imported(t, mira, file, { layers: 'recording,composition' });
    const works = await worksOf(mira);
    const compositions = works.filter(({ kind }) => kind === 'composition');
    expect(compositions).toHaveLength(1);
    const claims = await read(`/v1/works/${compositions[0]!.id}/claims`, mira.token);
    expect(claims.items).toMatchObject([{ layer: 'composition', party: mira.party }]);
    const live = works.find(({ title }) => title === 'Song (live)')!;
    const { links } = await read(`/v1/works/${live.id}`, mira.token);
    expect(links).toMatchObject([{ kind: 'embodies', work: compositions[0]!.id }]);
  });

  it('joins a recording that somebody else registered, with a claim of its own', async () => {
    const owner = await newImporter(t, 'Owner');
    const label = await newImporter(t, 'Label');
    const file = 'title,artist,isrc\nShared Song,Owner,DEA1B2400001\n';
    await imported(t, owner, file);
    const [work] = await worksOf(owner);
    const respelled = file.replace('Shared Song', 'SHARED SONG (Remastered)');
    const report = await imported(t, label, respelled);
    expect(report.counts).toMatchObject({ registered: 0, joined: 1 });
    expect(await worksOf(label)).toEqual([]);
    const claims = await read(`/v1/works/${work!.id}/claims`, owner.token);
    expect(claims.items.map(({ party }: { party: string }) => party).sort()).toEqual(
      [owner.party, label.party].sort(),
    );
    expect((await imported(t, label, respelled)).counts).toMatchObject({ unchanged: 1, joined: 0 });
  });

  it('registers a recording of another title beside the one that has its identifier, and warns', async () => {
    const owner = await newImporter(t, 'Owner');
    const other = await newImporter(t, 'Other');
    await imported(t, owner, 'title,artist,isrc\nFirst Song,Owner,DEA1B2400002\n');
    const report = await imported(t, other, 'title,artist,isrc\nSecond,Other,DEA1B2400002\n');
    expect(report.counts).toMatchObject({ registered: 1, joined: 0 });
    expect(report.warned).toMatchObject([{ warnings: [{ code: 'identifier_shared' }] }]);
  });

  it('declares a template on a catalogue of the imported works, in a number of rows that never grows', async () => {
    const songs = freshSongs();
    const mira = await newImporter(t);
    await imported(t, mira, songs);
    const before = await countOf('declarations');
    const report = await imported(t, mira, songs, {
      template: 'preserve_never_train',
      fileName: 'Early songs.csv',
    });
    expect(report.counts).toMatchObject({ unchanged: 2 });
    expect(report.catalogue).toEqual({ id: expect.any(String), name: 'Early songs' });
    expect((await countOf('declarations')) - before).toBe(7);
    const url = `/v1/catalogues/${report.catalogue!.id}/works`;
    expect((await read(url, mira.token)).items).toHaveLength(2);
    await imported(t, mira, songs, {
      template: 'preserve_never_train',
      fileName: 'Early songs.csv',
    });
    expect((await countOf('declarations')) - before).toBe(7);
  });

  it('finds the encoding and says how it read the file', async () => {
    const mira = await newImporter(t);
    const report = await imported(t, mira, fixture('latin-1-semicolon.csv'));
    expect(report.encoding).toBe('iso-8859-1');
    expect(report.columns[0]).toEqual({ column: 'Titel', field: 'title', by: 'header' });
    expect((await worksOf(mira)).map(({ title }) => title)).toContain('Über den Dächern');
  });

  it('takes the mapping that the request names', async () => {
    const mira = await newImporter(t);
    const file = 'a,b,c\nDEA1B2600001,Mira Vale,Mapped\n';
    const refused = await importFile(t, mira, file);
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({
      type: '/problems/imports/unreadable',
      reason: 'no_title_column',
      columns: ['a', 'b', 'c'],
    });
    await imported(t, mira, file, { map: 'title:c,artist:b' });
    expect((await worksOf(mira)).map(({ title }) => title)).toEqual(['Mapped']);
  });

  it('stores cells with control characters nowhere but as marks in the report', async () => {
    const mira = await newImporter(t);
    const rows = Array.from({ length: 300 }, (_, n) => `Song ${n},Mira Vale,`);
    const file = `title,artist,isrc\n${rows.join('\n')}\na\u0000b,\u0001,DEA1B2700001\n`;
    const report = await imported(t, mira, file);
    expect(report.refused).toMatchObject([
      {
        line: 302,
        faults: [
          { column: 'title', code: 'control_character', value: 'a\uFFFDb' },
          { column: 'artist', code: 'control_character' },
        ],
      },
    ]);
    expect(await read(`${report.rows}?outcome=refused`, mira.token)).toMatchObject({
      items: [{ line: 302 }],
    });
  });

  it.each([
    ['an empty file', '', {}, 422, 'imports/unreadable'],
    ['a quotation mark left open', 'title,isrc\n"A,B\n', {}, 422, 'imports/unreadable'],
    ['an unknown template', freshSongs(), { template: 'nonsense' }, 400, 'request/invalid'],
    ['an unknown layer', freshSongs(), { layers: 'composition' }, 400, 'request/invalid'],
    ['a mapping that is none', freshSongs(), { map: 'isrc' }, 400, 'request/invalid'],
    ['a field that is none', freshSongs(), { map: 'foo:isrc' }, 422, 'imports/unreadable'],
    ['an unknown encoding', freshSongs(), { encoding: 'klingon' }, 422, 'imports/unreadable'],
    ['an unknown parameter', freshSongs(), { dryrun: 'true' }, 400, 'request/invalid'],
    ['dryRun that is neither', freshSongs(), { dryRun: 'yes' }, 400, 'request/invalid'],
  ])('refuses %s', async (_, content, query, status, code) => {
    const mira = await newImporter(t);
    const answer = await importFile(t, mira, content, { query: query as Record<string, string> });
    expect([answer.statusCode, answer.json().type]).toEqual([status, `/problems/${code}`]);
    expect(await worksOf(mira)).toEqual([]);
  });

  it('refuses a body that is no file, and files anywhere else', async () => {
    const songs = freshSongs();
    const mira = await newImporter(t);
    const json = await t.request('POST', `/v1/imports?party=${mira.party}`, {
      as: mira.token,
      body: { title: 'A' },
    });
    expect(json.statusCode).toBe(400);
    const headers = { 'content-type': 'text/csv' };
    const elsewhere = await t.request('POST', '/v1/works', {
      as: mira.token,
      body: songs,
      headers,
    });
    expect(elsewhere.statusCode).toBe(415);
  });

  it('lets nobody import without a credential, its scope and its party', async () => {
    const songs = freshSongs();
    const [mira, other] = [await newImporter(t), await newImporter(t, 'Other')];
    expect((await importFile(t, { ...mira, token: '' }, songs)).statusCode).toBe(401);
    const foreign = await importFile(t, { token: other.token, party: mira.party }, songs);
    expect(foreign.json()).toMatchObject({ status: 404, type: '/problems/parties/not-found' });
    const archive = await t.signUp('archive');
    expect((await importFile(t, { ...mira, token: archive }, songs)).statusCode).toBe(403);
  });

  it('refuses a file that Content-Digest does not name', async () => {
    const songs = freshSongs();
    const mira = await newImporter(t);
    const digest = createHash('sha256').update('other').digest('base64');
    const headers = { 'content-digest': `sha-256=:${digest}:` };
    const answer = await importFile(t, mira, songs, { headers });
    expect(answer.json()).toMatchObject({ type: '/problems/imports/digest-mismatch' });
  });

  it('gives the first answer again for one Idempotency-Key and file, and refuses it for another', async () => {
    const songs = freshSongs();
    const mira = await newImporter(t);
    const keyed = (content: string) => {
      const digest = createHash('sha256').update(content).digest('base64');
      const headers = { 'idempotency-key': 'k1', 'content-digest': `sha-256=:${digest}:` };
      return importFile(t, mira, content, { headers });
    };
    const first = await keyed(songs);
    expect(first.statusCode).toBe(201);
    const second = await keyed(songs);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.json()).toEqual(first.json());
    expect((await keyed(`${songs}More,Mira Vale,DEA1B2100009\n`)).statusCode).toBe(422);
    const bare = await importFile(t, mira, songs, { headers: { 'idempotency-key': 'k2' } });
    expect(bare.json()).toMatchObject({ errors: [{ pointer: '/headers/content-digest' }] });
  });

  it('runs no more statements for nine hundred rows than for a hundred', async () => {
    const mira = await newImporter(t);
    const file = (year: number, n: number) =>
      `title,artist,isrc\n${Array.from({ length: n }, (_, at) => `S${at},M,DESTM${year}${String(at).padStart(5, '0')}`).join('\n')}`;
    const few = await statementsDuring(() => imported(t, mira, file(21, 100)));
    const many = await statementsDuring(() => imported(t, mira, file(22, 900)));
    expect(many.length).toBe(few.length);
  });

  it('tells how far it is to whoever asks for lines, and ends in the report', async () => {
    const mira = await newImporter(t);
    const rows = Array.from(
      { length: 2_500 },
      (_, n) => `S${n},M,DEZZZ21${String(n).padStart(5, '0')}`,
    );
    const headers = { accept: 'application/x-ndjson' };
    const answer = await importFile(t, mira, `title,artist,isrc\n${rows.join('\n')}`, { headers });
    expect(answer.headers['content-type']).toBe('application/x-ndjson');
    const lines = answer.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1).report.counts).toMatchObject({ registered: 2_500 });
    expect(lines.slice(0, -1).every((line) => line.progress.total === 2_500)).toBe(true);
    expect(lines.length).toBeGreaterThan(2);
  });
});

describe('GET /v1/imports', () => {
  it('lists imports and their rows by page, and all rows as CSV', async () => {
    const mira = await newImporter(t);
    const report = await imported(t, mira, 'title,artist,isrc\nA,M,DEA1B2800001\n=B,M,X\nC,M,Y\n');
    const list = await read(`/v1/imports?party=${mira.party}`, mira.token);
    expect(list.items).toMatchObject([{ id: report.id, counts: { refused: 2 } }]);
    const first = await read(`${report.rows}?outcome=refused&limit=1`, mira.token);
    expect(first.items).toMatchObject([{ line: 3, work: null, faults: [{ value: 'X' }] }]);
    const next = `${report.rows}?outcome=refused&limit=1&cursor=${first.nextCursor}`;
    const second = await read(next, mira.token);
    expect([second.items[0].line, second.nextCursor]).toEqual([4, null]);
    const csv = await t.request('GET', report.rows!, {
      as: mira.token,
      headers: { accept: 'text/csv' },
    });
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body.split('\n')).toHaveLength(5);
    expect(csv.body).toContain('3,refused,,isrc,X,identifier_refused');
  });

  it('shows an import to nobody else', async () => {
    const songs = freshSongs();
    const [mira, other] = [await newImporter(t), await newImporter(t, 'Other')];
    const report = await imported(t, mira, songs);
    for (const url of [`/v1/imports/${report.id}`, report.rows!, '/v1/imports/imp_0']) {
      const answer = await t.request('GET', url, { as: other.token });
      expect(answer.json()).toMatchObject({ status: 404, type: '/problems/imports/not-found' });
    }
  });
});
