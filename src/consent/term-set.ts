import { canonicalJson, sha256 } from '#kernel';
import type { Territory } from '#vocabulary';
import type { AfterWithdrawal, PreservationTerms, Term } from './domain/index.js';

/** What a declaration says, apart from who, about what and when: interned, for wishes repeat. */
export interface TermSetContent {
  readonly terms: readonly Term[];
  readonly territory?: Territory;
  readonly preservationTerms?: PreservationTerms;
  readonly afterWithdrawal?: AfterWithdrawal;
}

/** SHA-256 of the canonical JSON of the content; it stands in the log for the content. */
export function termSetDigest(content: TermSetContent): Buffer {
  return sha256(canonicalJson(content));
}
