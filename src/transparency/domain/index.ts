export { contentFault } from './content-check.js';
export { LEAF_DATA_MAP, type DataMapLine } from './data-map.js';
export {
  encodeLeaf,
  identifierCommitment,
  LEAF_TYPES,
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
export { consistencyProof, inclusionProof, rootAt } from './proofs.js';
export {
  checkpointText,
  type NoteSigner,
  noteSigner,
  rawPublicKey,
  signNote,
  verifierKey,
} from './signed-note.js';
export {
  encodeBundle,
  GrowingTree,
  type Tile,
  TILE_WIDTH,
  tilePath,
  tileWidthAt,
} from './tiles.js';
