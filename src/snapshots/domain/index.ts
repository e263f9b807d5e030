/** What a snapshot says of an identifier, as pure functions over the facts of the consent model. */
export { factsText, normalFacts } from './normal-facts.js';
export type { Span } from './span.js';
