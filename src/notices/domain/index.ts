export { type LeafEntry, leafInWords } from './leaf-in-words.js';
export { retryAfter } from './retry-after.js';
