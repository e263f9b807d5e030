import type { RowDraft, RowFault } from './catalogue.js';
import { shown } from './tidy-text.js';

export type Repetition =
  | { readonly kind: 'new' }
  /** The same identifier with the same title and artist: nothing new is said. */
  | { readonly kind: 'same'; readonly firstLine: number }
  /** The same identifier on what seems to be another recording: a person has to look. */
  | { readonly kind: 'clash'; readonly fault: RowFault };

/** Finds rows of one file that name a recording which an earlier row named already. */
export class RepetitionCheck {
  private readonly first = new Map<string, { line: number; key: string }>();

  /** `columnOf` tells the column of a scheme, for the report. Only rows found new are remembered. */
  check(draft: RowDraft, line: number, columnOf: (scheme: string) => string | null): Repetition {
    const key = [draft.title, ...draft.artists].map(plain).join('\n');
    // Without an identifier, title and artist are all there is to tell rows apart.
    const names = draft.identifiers.map(({ scheme, value }) => `${scheme}:${value}`);
    if (names.length === 0) names.push(`title:${key}`);
    for (const [at, name] of names.entries()) {
      const earlier = this.first.get(name);
      if (!earlier) continue;
      if (earlier.key === key) return { kind: 'same', firstLine: earlier.line };
      const identifier = draft.identifiers[at]!;
      const fault: RowFault = {
        column: columnOf(identifier.scheme),
        value: shown(identifier.typed),
        code: 'identifier_repeated',
        detail: `Line ${earlier.line} has the same identifier with another title or artist.`,
        hint: 'One of the two is mistyped: mend it, or leave the wrong row out.',
      };
      return { kind: 'clash', fault };
    }
    for (const name of names) this.first.set(name, { line, key });
    return { kind: 'new' };
  }
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
