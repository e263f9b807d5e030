import { describeVocabulary } from '#lookup/domain';
import type { PublicState } from './public-state.js';

/** The closed lists that this program answers with. */
export const OWN_VOCABULARY = describeVocabulary();

/** Why this program can't answer from the state: it has other lists than the log; null if it can. */
export function vocabularyFault({ world: { vocabulary } }: PublicState): string | null {
  const { version, digest } = OWN_VOCABULARY;
  if (vocabulary === null || vocabulary.digest === digest) return null;
  const logged = `the log names vocabulary ${vocabulary.version} of digest ${vocabulary.digest}`;
  return `${logged}, this program has ${version} of ${digest}`;
}
