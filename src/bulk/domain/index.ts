/** Tables of identifiers and what is answered about them; the parts of a file. */
export { readRange } from './byte-range.js';
export { type Columns, findColumns, itemOfCells } from './columns.js';
export { CsvAnswer } from './csv-answer.js';
