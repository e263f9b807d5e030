import { describe, expect, it } from '@jest/globals';
import type { RowDraft } from './catalogue.js';
import { readRow, type RowReading } from './read-row.js';

function read(row: Record<string, string>, extra: string[] = []): RowReading {
  const columns = Object.keys(row);
  const mapping = columns.map((column, index) => ({
    index,
    column,
    field: column,
    by: 'header' as const,
  }));
  return readRow([...Object.values(row), ...extra], { columns, mapping, dateOrder: null });
}

function draftOf(row: Record<string, string>): RowDraft {
  const reading = read(row);
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.draft;
}

const codesOf = (reading: RowReading) => [
  ...(reading.ok ? [] : reading.faults).map(({ column, code }) => [column, code]),
];

describe('readRow', () => {
  it('keeps what was typed beside the canonical form of an identifier', () => {
    expect(draftOf({ title: 'One', isrc: 'us-ug1-19-04206' }).identifiers).toEqual([
      { scheme: 'isrc', value: 'USUG11904206', typed: 'us-ug1-19-04206' },
    ]);
  });

  it('gives a bar code to the release and an ISWC to the composition, never to the recording', () => {
    const draft = draftOf({
      title: 'One',
      album: 'Whole',
      isrc: 'USUG11904206',
      gtin: '036000291452',
      iswc: 'T-034.524.680-1',
    });
    expect(draft.identifiers.map(({ scheme }) => scheme)).toEqual(['isrc']);
    expect(draft.release).toMatchObject({ title: 'Whole', identifiers: [{ scheme: 'gtin' }] });
    expect(draft.composition).toMatchObject({ title: 'One', identifiers: [{ scheme: 'iswc' }] });
  });

  it('takes several identifiers in one cell', () => {
    const { identifiers } = draftOf({ title: 'One', isrc: 'USUG11904206; GBUM71029604' });
    expect(identifiers.map(({ value }) => value)).toEqual(['USUG11904206', 'GBUM71029604']);
  });

  it('takes thousands separators out of numbers that are identifiers', () => {
    const { identifiers } = draftOf({ title: 'One', deezer: '3,135,556' });
    expect(identifiers).toEqual([{ scheme: 'deezer', value: '3135556', typed: '3,135,556' }]);
  });

  it('parts names at semicolons and bars but never at a comma', () => {
    const { artists } = draftOf({ title: 'One', artist: 'Earth, Wind & Fire; Mira Vale|Zoë' });
    expect(artists).toEqual(['Earth, Wind & Fire', 'Mira Vale', 'Zoë']);
  });

  it('keeps a cell that looks like a formula as the text that it is', () => {
    expect(draftOf({ title: '=1+1', artist: "'@home" })).toMatchObject({
      title: '=1+1',
      artists: ['@home'],
    });
  });

  it('takes a row without identifier where title and artist are there, and warns', () => {
    expect(read({ title: 'One', artist: 'Mira', isrc: 'N/A' })).toMatchObject({
      ok: true,
      warnings: [{ code: 'no_identifier' }],
    });
  });

  it('takes a row without artist where an identifier is there, and warns', () => {
    expect(read({ title: 'One', artist: '', isrc: 'USUG11904206' })).toMatchObject({
      ok: true,
      warnings: [{ code: 'no_artist' }],
    });
  });

  it.each([
    [{ title: '', artist: 'Mira', isrc: 'USUG11904206' }, [['title', 'title_missing']]],
    [{ title: 'One', artist: '', isrc: '' }, [[null, 'nothing_to_go_by']]],
    [{ title: 'One', isrc: 'USUG1190420' }, [['isrc', 'identifier_refused']]],
    [{ title: 'a\u0000b', isrc: 'USUG11904206' }, [['title', 'control_character']]],
    [{ title: 'x'.repeat(1001), isrc: 'USUG11904206' }, [['title', 'too_long']]],
    [{ title: 'One', artist: 'x'.repeat(301), isrc: 'USUG11904206' }, [['artist', 'too_long']]],
    [
      { title: '', isrc: 'X', 'release-date': '1/2/2024' },
      [
        ['release-date', 'date_ambiguous'],
        ['isrc', 'identifier_refused'],
        ['title', 'title_missing'],
      ],
    ],
  ])('refuses %j and names every fault', (row, codes) => {
    expect(codesOf(read(row))).toEqual(codes);
  });

  it('says which check digit was expected', () => {
    const reading = read({ title: 'One', gtin: '036000291453' });
    expect(reading).toMatchObject({
      ok: false,
      faults: [
        { column: 'gtin', value: '036000291453', detail: expect.stringMatching(/should be 2/) },
      ],
    });
  });

  it('tells that a spreadsheet has shortened a bar code', () => {
    const reading = read({ title: 'One', gtin: '6.02548E+11' });
    expect(reading).toMatchObject({
      faults: [{ hint: expect.stringContaining('Format the column as text') }],
    });
  });

  it('refuses a row narrower than the header, and one that is wider unless the rest is empty', () => {
    const layout = {
      columns: ['title', 'isrc'],
      mapping: [{ index: 0, column: 'title', field: 'title', by: 'header' as const }],
      dateOrder: null,
    };
    expect(codesOf(readRow(['One'], layout))).toEqual([[null, 'wrong_width']]);
    const row = { title: 'One', isrc: 'USUG11904206' };
    expect(codesOf(read(row, ['', 'x']))).toEqual([[null, 'wrong_width']]);
    expect(read(row, ['', ' ']).ok).toBe(true);
  });

  it.each(['Beyonc\uFFFD', 'BeyoncÃ©', 'Patati Patatï¿½', 'Beyoncï¿', 'ýýýý - ýý', 'Itâ€™s'])(
    'warns that letters of %s were lost',
    (title) => {
      expect(read({ title, isrc: 'USUG11904206', artist: 'A' })).toMatchObject({
        ok: true,
        warnings: [{ code: 'damaged_text', value: title }],
      });
    },
  );

  it.each(['Beyoncé', 'Ãlvaro', 'Brennisteinn', 'ýmir'])('finds nothing wrong with %s', (title) => {
    expect(read({ title, isrc: 'USUG11904206', artist: 'A' }).warnings).toEqual([]);
  });
});
