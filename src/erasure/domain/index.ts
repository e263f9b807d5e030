/** The pure face of erasure: what is personal, and the journal of who was erased. */
export { DATA_MAP, dataMapMarkdown } from './data-map.js';
export {
  doneLine,
  type Erasure,
  type ErasureReason,
  intendedLine,
  type JournaledErasure,
  readJournal,
} from './journal.js';
