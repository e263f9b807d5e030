export {
  encodeLeaf,
  identifierCommitment,
  type LeafAuth,
  type LeafDraft,
  type LeafPlace,
  type LeafType,
} from './leaf.js';
export {
  appendLeaves,
  EMPTY_TREE,
  leafHash,
  nodeHash,
  rootOf,
  type TreeState,
} from './merkle-tree.js';
