import { readOpening } from '#openings/domain';
import { readTermSet, type TermSet } from '#lookup/domain';
import { canonicalJson } from '#kernel';
import { ReplayFault } from './read-leaf.js';

/** In the place of an index: some leaf has asked for these terms. */
const ASKED_FOR = -1;

/** The openings of some leaves, each of which must be asked for by its leaf. */
export class Opened {
  /** `index commitment` → `scheme:value`. */
  private readonly identifiers = new Map<string, string>();
  private readonly terms = new Map<string, { index: number; termSet: TermSet }>();

  /**
   * Reads an openings file (NDJSON) of the leaves `first` to before `end`, of which those before
   * `from` are done with. An opening that does not come to its commitment, or of another file, is
   * refused. Throws {@link ReplayFault}.
   */
  static read(file: string, first: number, end: number, from = first): Opened {
    const opened = new Opened();
    for (const line of file.split('\n')) {
      if (line === '') continue;
      const read = readOpening(line);
      if (!read.ok) throw new ReplayFault('opening', first, `an opening: ${read.reason}`);
      const { opening } = read;
      if (opening.index < first || opening.index >= end) {
        throw new ReplayFault('opening', opening.index, 'its opening stands in a foreign file');
      }
      if ('terms' in opening) {
        const termSet = readTermSet(canonicalJson(opening.content));
        const index = opening.index < from ? ASKED_FOR : opening.index;
        opened.terms.set(opening.terms, { index, termSet });
      } else if (opening.index >= from) {
        const { index, commitment, scheme, value } = opening;
        opened.identifiers.set(`${index} ${commitment}`, `${scheme}:${value}`);
      }
    }
    return opened;
  }

  /** The identifier behind a commitment of this leaf; undefined where it was erased. */
  identifier(index: number, commitment: string): string | undefined {
    const key = `${index} ${commitment}`;
    const name = this.identifiers.get(key);
    this.identifiers.delete(key);
    return name;
  }

  /** The terms behind a digest; a file holds them once, at the first of its leaves that names them. */
  termSet(digest: string): TermSet | undefined {
    const found = this.terms.get(digest);
    if (found) found.index = ASKED_FOR;
    return found?.termSet;
  }

  /** Refuses openings of leaves before `end` that no leaf asked for. */
  demandUsed(end: number): void {
    for (const [key] of this.identifiers) {
      const index = Number(key.slice(0, key.indexOf(' ')));
      if (index < end) throw new ReplayFault('opening', index, 'it has no such commitment to open');
    }
    for (const { index } of this.terms.values()) {
      if (index >= 0 && index < end) {
        throw new ReplayFault('opening', index, 'it names no terms with the digest that is opened');
      }
    }
  }
}

export const NOTHING_OPENED = new Opened();
