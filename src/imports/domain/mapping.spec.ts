import { describe, expect, it } from '@jest/globals';
import { ColumnEvidence } from './column-evidence.js';
import { mapColumns, parseMapping } from './mapping.js';

function fieldsOf(
  columns: Record<string, string[]>,
  requested?: ReadonlyMap<string, string>,
): Record<string, string> {
  const evidence = Object.values(columns).map((cells) => {
    const column = new ColumnEvidence();
    cells.forEach((cell) => column.add(cell));
    return column;
  });
  const result = mapColumns(Object.keys(columns), evidence, requested);
  if (!result.ok) throw new Error(`${result.detail} ${result.hint}`);
  return Object.fromEntries(
    result.mapping.map(({ column, field, by }) => [column, `${field}, ${by}`]),
  );
}

const SPOTIFY = ['4uLU6hMCjMI75M1A2tKUQC', '0VjIjW4GlUZAMYd2vXMi3b', '7qiZfU4dY1lWllzX7mPBI3'];

describe('mapColumns', () => {
  it.each([
    ['Track Name', 'title'],
    ['SONG TITLE', 'title'],
    ['Künstler', 'artist'],
    ['artist(s)', 'artist'],
    ['Release_Date', 'release-date'],
    ['UPC/EAN', 'gtin'],
    ['ISRC Code', 'isrc'],
    ['Spotify ID', 'spotify-track'],
    ['recording_mbid', 'mbid'],
  ])('knows the header %s', (header, field) => {
    expect(fieldsOf({ [header]: [] })).toEqual({ [header]: `${field}, header` });
  });

  it('takes the more telling of two headers for one field', () => {
    expect(fieldsOf({ Name: [], Track: [], 'Album Artist': [], Artist: [] })).toEqual({
      Track: 'title, header',
      Artist: 'artist, header',
    });
  });

  it('recognises identifiers by their values where the header says nothing', () => {
    expect(fieldsOf({ code: ['USUG11904206', 'GB-UM7-10-29604', ''] })).toEqual({
      code: 'isrc, values',
    });
    expect(fieldsOf({ id: SPOTIFY })).toEqual({ id: 'spotify-track, values' });
  });

  it('does not take bare Spotify ids of albums or artists for those of tracks', () => {
    expect(fieldsOf({ album_id: SPOTIFY })).toEqual({});
    expect(fieldsOf({ id: [...SPOTIFY, ...SPOTIFY, ...SPOTIFY] })).toEqual({});
  });

  it('does not take counts of plays for bar codes', () => {
    expect(fieldsOf({ streams: ['036000291452', '123456789013', '987654321091'] })).toEqual({});
  });

  it('lets the request overrule header and values, and leave a field out', () => {
    const columns = { Track: [], Version: [], ISRC: ['USUG11904206'] };
    expect(
      fieldsOf(
        columns,
        new Map([
          ['title', 'version'],
          ['isrc', ''],
        ]),
      ),
    ).toEqual({
      Version: 'title, request',
    });
    expect(fieldsOf(columns, new Map([['title', '#2']]))).toMatchObject({
      Version: 'title, request',
    });
  });

  it.each([
    [[['titel2', 'Track']], 'no field'],
    [[['title', 'Nothing']], 'no column'],
    [
      [
        ['title', 'Track'],
        ['artist', 'Track'],
      ],
      'both',
    ],
    [[['title', '#9']], 'no column'],
  ])('refuses %j', (entries, part) => {
    const mapped = mapColumns(
      ['Track'],
      [new ColumnEvidence()],
      new Map(entries as [string, string][]),
    );
    expect(mapped).toMatchObject({ ok: false, detail: expect.stringContaining(part) });
  });
});

describe('parseMapping', () => {
  it('reads pairs with = or :, and keeps commas within a column’s name', () => {
    expect(parseMapping(['isrc=ISRC,title:Track', 'artist=Name, first,album='])).toEqual(
      new Map([
        ['isrc', 'ISRC'],
        ['title', 'Track'],
        ['artist', 'Name, first'],
        ['album', ''],
      ]),
    );
  });

  it('refuses what names no field', () => {
    expect(parseMapping(['isrc'])).toBeNull();
  });
});
