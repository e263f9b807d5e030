import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { OpenedCatalogue, ReadingOptions, ReadRow } from '../catalogue.js';
import { csvReader } from './csv.js';

const fixture = (name: string) => readFileSync(`test/fixtures/catalogues/${name}`);

async function opened(bytes: Uint8Array, options: ReadingOptions = {}): Promise<OpenedCatalogue> {
  const catalogue = await csvReader.open(bytes, options);
  if (!catalogue.ok) throw new Error(`${catalogue.code}: ${catalogue.detail}`);
  return catalogue;
}

async function rowsOf(bytes: Uint8Array, options: ReadingOptions = {}): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  for await (const row of (await opened(bytes, options)).rows()) rows.push(row);
  return rows;
}

const text = (content: string) => Buffer.from(content, 'utf8');

async function titlesOf(bytes: Uint8Array, options?: ReadingOptions): Promise<string[]> {
  const rows = await rowsOf(bytes, options);
  return rows.map((row) => (row.outcome === 'draft' ? row.draft.title : row.outcome));
}

describe('csvReader', () => {
  it.each([
    ['latin-1-semicolon.csv', 'iso-8859-1', ';', ['Grüße aus Köln', 'Über den Dächern']],
    ['windows-1252.csv', 'windows-1252', ',', ['L’été – encore']],
    ['utf-8-bom.csv', 'utf-8', ',', ['Prélude']],
    ['utf-16.tsv', 'utf-16le', '\t', ['Nachtzug']],
    ['shifted-jis.csv', 'shift_jis', ',', ['夜の歌はまだ終わらない', '春のうたと雨の音']],
    ['preamble.csv', 'utf-8', '|', ['Nachtzug']],
  ])('finds encoding and separator of %s', async (name, encoding, delimiter, titles) => {
    const { survey } = await opened(fixture(name));
    expect(survey).toMatchObject({ encoding, delimiter });
    expect(await titlesOf(fixture(name))).toEqual(titles);
  });

  it('says what it assumed where the encoding was not plain', async () => {
    const { survey } = await opened(fixture('latin-1-semicolon.csv'));
    expect(survey.notes[0]).toMatch(/Read as iso-8859-1/);
  });

  it('reads the encoding that it is told to read', async () => {
    const bytes = text('title,isrc\nPrélude,FRZ111900002\n');
    expect(await titlesOf(bytes, { encoding: 'latin1' })).toEqual(['PrÃ©lude']);
  });

  it('keeps quotes and line breaks in cells and counts lines as an editor does', async () => {
    const rows = await rowsOf(fixture('quotes-and-line-breaks.csv'));
    expect(rows.map((row) => [row.line, row.outcome === 'draft' && row.draft.title])).toEqual([
      [2, 'Say "Hello"'],
      [3, 'Two lines'],
      [5, 'A 7" single'],
      [6, '=SUM(A1)'],
    ]);
  });

  it('explains each bad row and takes the good ones', async () => {
    const rows = await rowsOf(fixture('faults.csv'));
    const told = rows.map((row) => [
      row.line,
      row.outcome === 'refused' ? row.faults[0]!.code : row.outcome,
    ]);
    expect(told).toEqual([
      [2, 'draft'],
      [3, 'title_missing'],
      [4, 'identifier_refused'],
      [5, 'identifier_refused'],
      [6, 'date_unreadable'],
      [7, 'wrong_width'],
      [9, 'repeated'],
      [10, 'identifier_repeated'],
      [11, 'nothing_to_go_by'],
      [12, 'draft'],
    ]);
    expect(rows[7]).toMatchObject({
      faults: [{ column: 'ISRC', detail: expect.stringMatching(/Line 2 /) }],
    });
    expect(rows[6]).toMatchObject({ firstLine: 2 });
  });

  it('learns the order of day and month from the whole column, and says so', async () => {
    const bytes = text(
      'title,isrc,release date\nA,DEA1B2000001,5/4/2024\nB,DEA1B2000002,4/26/2024\n',
    );
    const rows = await rowsOf(bytes);
    expect(rows[0]).toMatchObject({ draft: { releasedOn: '2024-05-04' } });
    expect((await opened(bytes)).survey.notes).toEqual([
      'Dates in “release date” are read as month/day/year, for 1 of them can be nothing else; 1 could be either.',
    ]);
  });

  it('refuses a date that nothing decides, until it is told the order', async () => {
    const bytes = text('title,isrc,release date\nA,DEA1B2000001,5/4/2024\n');
    expect(await rowsOf(bytes)).toMatchObject([{ faults: [{ code: 'date_ambiguous' }] }]);
    expect(await rowsOf(bytes, { dateOrder: 'dmy' })).toMatchObject([
      { draft: { releasedOn: '2024-04-05' } },
    ]);
  });

  it('takes a spreadsheet’s word for the separator', async () => {
    expect(await titlesOf(text('sep=;\nname;isrc\nA, B, C;DEA1B2000001\n'))).toEqual(['A, B, C']);
  });

  it('reads a file without header when it is told which column is the title', async () => {
    const bytes = text('DEA1B2000001,First\nDEA1B2000002,Second\n');
    expect(await csvReader.open(bytes, {})).toMatchObject({ ok: false, code: 'no_title_column' });
    expect(await titlesOf(bytes, { mapping: new Map([['title', '#2']]) })).toEqual([
      'First',
      'Second',
    ]);
  });

  it('gives the same rows however often they are read', async () => {
    const catalogue = await opened(fixture('faults.csv'));
    const read = async () => {
      const rows: ReadRow[] = [];
      for await (const row of catalogue.rows()) rows.push(row);
      return rows;
    };
    expect(await read()).toEqual(await read());
  });

  it('lets go of the file when the reader of its rows stops early', async () => {
    for await (const row of (await opened(fixture('faults.csv'))).rows()) {
      expect(row.line).toBe(2);
      break;
    }
  });

  it.each([
    ['', 'empty'],
    [' \n\n', 'empty'],
    ['title,isrc\n', 'empty'],
    ['title,isrc\n"A,DEA1B2000001\nB,DEA1B2000002\n', 'quote_not_closed'],
    [`title,isrc\n"${'A'.repeat(300_000)}",DEA1B2000001\n`, 'row_too_long'],
    ['PK\u0003\u0004\u0000\u0000\u0000\u0000xl', 'not_text'],
    ['isrc,plays\nDEA1B2000001,7\n', 'no_title_column'],
    [`title,isrc\n${'A,\n'.repeat(20_001)}`, 'too_many_rows'],
    [`${'c,'.repeat(600)}title\n${'x,'.repeat(600)}A\n`, 'too_many_columns'],
  ])('refuses %.30j as a whole: %s', async (content, code) => {
    expect(await csvReader.open(text(content), {})).toMatchObject({
      ok: false,
      code,
      detail: expect.stringMatching(/\.$/),
      hint: expect.stringMatching(/\.$/),
    });
  });

  it('refuses a mapping that does not fit the file, and lists the columns', async () => {
    const options = { mapping: new Map([['title', 'Nothing']]) };
    expect(await csvReader.open(fixture('faults.csv'), options)).toMatchObject({
      code: 'mapping_refused',
      columns: ['Track', 'Artist', 'ISRC', 'UPC', 'Release Date'],
    });
  });
});
