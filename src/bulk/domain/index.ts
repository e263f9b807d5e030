/** Tables of identifiers and what is answered about them; the parts of a file. */
export { type ByteRange, readRange } from './byte-range.js';
export { type Columns, findColumns } from './columns.js';
export { itemOfCells } from './columns.js';
export { type ChunkFacts, CsvAnswer } from './csv-answer.js';
