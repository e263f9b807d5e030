import { describe, expect, it } from '@jest/globals';
import { readRange } from './byte-range.js';
import { findColumns, itemOfCells } from './columns.js';
import { CsvAnswer } from './csv-answer.js';

const columnsOf = (...header: string[]) => {
  const found = findColumns(header);
  if (!found.ok) throw new Error(found.why);
  return found.columns;
};

describe('findColumns', () => {
  it.each([
    [['title', 'Scheme', ' VALUE '], { kind: 'named', scheme: 1, value: 2 }],
    [['ISRC'], { kind: 'schemes', of: [{ scheme: 'isrc', at: 0 }] }],
    [['isrc', 'x', 'iswc'], { kind: 'schemes', of: expect.anything() }],
  ])('finds identifiers in %j', (header, found) => {
    expect(findColumns(header)).toMatchObject({ ok: true, columns: { found } });
  });

  it.each([[['title']], [['scheme']], [['constructor', '__proto__']], [['isrc', 'ISRC']]])(
    'finds none in %j and says why',
    (header) => {
      expect(findColumns(header)).toEqual({ ok: false, why: expect.any(String) });
    },
  );
});

describe('itemOfCells', () => {
  it('takes the first scheme that a row has a value of', () => {
    const columns = columnsOf('isrc', 'iswc');
    expect(itemOfCells(['', 'T-034.524.680-1'], columns, 0)).toMatchObject({
      result: 'readable',
      identifier: { scheme: 'iswc' },
    });
    expect(itemOfCells(['', ' '], columns, 7)).toMatchObject({ result: 'invalid_item', index: 7 });
  });

  it('answers a row of another width as a bad item', () => {
    const item = itemOfCells(['a', 'b', 'c'], columnsOf('scheme', 'value'), 3);
    expect(item).toMatchObject({ result: 'invalid_item', index: 3 });
  });
});

describe('CsvAnswer', () => {
  it('puts our columns behind those that came, in place of those of an earlier answer', () => {
    const csv = new CsvAnswer(columnsOf('isrc', 'fermata_result', 'title'), ['ai'], false);
    const cells = ['x', 'found', 'T'];
    const item = itemOfCells(cells, columnsOf('isrc', 'fermata_result', 'title'), 0);
    const facts = { purposes: ['ai'], asOf: 0, logSize: 4 };
    const row = csv.row(cells, item, null, facts, '');
    expect(csv.header().slice(0, 3)).toEqual(['isrc', 'title', 'fermata_result']);
    expect(row.slice(0, 3)).toEqual(['x', 'T', 'invalid_identifier']);
    expect(row).toHaveLength(csv.header().length);
    expect(csv.remark('end', 'rows=1')).toHaveLength(csv.header().length);
  });
});

describe('readRange', () => {
  it.each([
    [undefined, null],
    ['bytes=0-', { first: 0, last: 99 }],
    ['bytes=10-19', { first: 10, last: 19 }],
    ['bytes=90-500', { first: 90, last: 99 }],
    ['bytes=-10', { first: 90, last: 99 }],
    ['bytes=-500', { first: 0, last: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-1', null],
    ['bytes=0-1,5-6', null],
    ['bytes=-', null],
    ['lines=0-1', null],
    ['bytes=99999999999999999999-', null],
  ])('%s', (header, expected) => {
    expect(readRange(header, 100)).toEqual(expected);
  });
});
