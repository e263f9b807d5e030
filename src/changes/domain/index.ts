/** What a leaf may have changed, and how far that was told. */
export { type LeafEntry, type LeafScope, scopeOf, subjectOf } from './leaf-scope.js';
export { decodePosition, encodePosition, type Position, positionAt } from './position.js';
