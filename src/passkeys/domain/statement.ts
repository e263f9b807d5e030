import { canonicalJson } from '#kernel';

/** One line of what a declaration is about: a layer of one subject. */
export interface StatedStream {
  readonly layer: string;
  readonly subjectKind: string;
  readonly subject: string;
}

/**
 * What somebody signs. Everything that decides what a declaration does stands in it, spelled out:
 * a template may change its words, the terms signed may not. Instants are epoch milliseconds, as in
 * the leaf.
 */
export type Statement =
  | {
      readonly act: 'declare' | 'withdraw';
      readonly party: string;
      /** Every layer and subject that is declared on; the order does not matter. */
      readonly streams: readonly StatedStream[];
      /** Terms, territory and the rest, in canonical form. */
      readonly terms: object;
      readonly effectiveFrom: number | null;
      readonly effectiveUntil: number | null;
      readonly replaces: string | null;
      readonly withdraws: string | null;
    }
  /** To bind one more passkey, or to let unsigned declarations widen what is allowed again. */
  | { readonly act: 'bind' | 'loosen'; readonly party: string };

/** The canonical JSON of a statement: equal statements give equal text. */
export function statementText(statement: Statement): string {
  if (!('streams' in statement)) return canonicalJson({ v: 1, ...statement });
  const streams = statement.streams
    .map(({ layer, subjectKind, subject }) => ({ layer, subjectKind, subject }))
    .sort((a, b) => order(canonicalJson(a), canonicalJson(b)));
  return canonicalJson({ v: 1, ...statement, streams });
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
