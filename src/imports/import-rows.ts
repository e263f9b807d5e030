import { stringify } from 'csv-stringify';
import { Readable } from 'node:stream';
import { ImportRowResponse } from './dto/import.response.js';
import type { ImportRowEntity } from './entities/import-row.entity.js';

const COLUMNS = ['line', 'outcome', 'work', 'column', 'value', 'code', 'detail', 'hint'];

/**
 * Rows of an import as CSV for a spreadsheet: one line a fault or warning, at least one a row. Cells
 * that a spreadsheet would take for formulas are marked as text.
 */
export function rowsAsCsv(rows: AsyncIterable<ImportRowEntity>): Readable {
  const records = async function* () {
    for await (const row of rows) {
      const { line, outcome, work, faults, warnings } = ImportRowResponse.from(row);
      const remarks = [...faults, ...warnings];
      if (remarks.length === 0) yield [line, outcome, work, '', '', '', '', ''];
      for (const { column, value, code, detail, hint } of remarks) {
        yield [line, outcome, work, column, value, code, detail, hint];
      }
    }
  };
  return Readable.from(records()).pipe(
    stringify({ header: true, columns: COLUMNS, bom: true, escape_formulas: true }),
  );
}
