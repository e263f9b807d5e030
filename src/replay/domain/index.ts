/** From leaves to answers: the public state of a registry as its log alone makes it. Pure. */
export { ReplayedAnswers } from './answer.js';
export { type Difference, differences } from './differences.js';
export { Unopened } from './facts.js';
export { NOTHING_OPENED, Opened } from './opened.js';
export { vocabularyFault } from './own-vocabulary.js';
export { PublicState } from './public-state.js';
export { type FaultKind, type Leaf, ReplayFault } from './read-leaf.js';
export { type AnsweredQuestion, type Comparison, recompute } from './receipt-question.js';
export { KeyStream } from './world.js';
