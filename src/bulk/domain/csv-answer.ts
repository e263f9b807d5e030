import type { Found, Item } from '#lookup/domain';
import { type Columns, OWN_PREFIX } from './columns.js';

/** An answer by purpose as it is read back from the text that every answer is written from. */
interface PurposeText {
  readonly outcome: string;
  readonly reasons?: readonly string[];
  readonly validUntil: string;
}

/** What all rows of a chunk have in common. */
export interface ChunkFacts {
  readonly purposes: readonly string[];
  /** Epoch ms. */
  readonly asOf: number;
  readonly logSize: number;
}

const own = (name: string): string => `${OWN_PREFIX}${name}`;

/** Rows of the table that say something of all others: `end`, `error`, `summary`. */
export type Remark = 'end' | 'error' | 'summary';

/**
 * The cells of an answered table: those of its rows as they came, then ours. `withItems` adds the
 * item's canonical JSON, which is what a receipt signs.
 */
export class CsvAnswer {
  private readonly kept: readonly number[];
  private readonly known = new WeakMap<object, readonly string[]>();

  constructor(
    private readonly columns: Columns,
    private readonly purposes: readonly string[],
    private readonly withItems: boolean,
  ) {
    const isOwn = (name: string) => name.trim().toLowerCase().startsWith(OWN_PREFIX);
    this.kept = columns.header.flatMap((name, at) => (isOwn(name) ? [] : [at]));
  }

  header(): string[] {
    return [
      ...this.kept.map((at) => this.columns.header[at]!),
      own('result'),
      own('detail'),
      own('works'),
      ...this.purposes.map(own),
      ...['reasons', 'valid_until', 'as_of', 'log_size'].map(own),
      ...(this.withItems ? [own('item')] : []),
    ];
  }

  row(
    cells: readonly string[],
    item: Item,
    found: Found | null,
    facts: ChunkFacts,
    itemText: string,
  ): string[] {
    const [result, detail] =
      item.result === 'readable'
        ? [found!.answered.result, '']
        : [item.result, item.result === 'invalid_item' ? item.detail : item.refusal.detail];
    return [
      ...this.kept.map((at) => cells[at] ?? ''),
      result,
      detail,
      found ? found.works.map((one) => one.workId).join(' ') : '',
      ...(found ? this.answered(found.answered) : [...this.purposes.map(() => ''), '', '']),
      new Date(facts.asOf).toISOString(),
      String(facts.logSize),
      ...(this.withItems ? [itemText] : []),
    ];
  }

  remark(what: Remark, detail: string, text = ''): string[] {
    const blank = this.purposes.length + 5;
    return [
      ...this.kept.map(() => ''),
      what,
      detail,
      ...Array.from({ length: blank }, () => ''),
      ...(this.withItems ? [text] : []),
    ];
  }

  /** Outcomes, reasons and validity: the same for all works in one standing, so read once. */
  private answered(answered: Found['answered']): readonly string[] {
    const known = this.known.get(answered);
    if (known) return known;
    const by = JSON.parse(answered.purposes) as Record<string, PurposeText>;
    const reasons = Object.entries(by).flatMap(([purpose, { reasons: why }]) =>
      why ? [`${purpose}: ${why.join(' ')}`] : [],
    );
    const validUntil = Object.values(by).map((one) => one.validUntil);
    const cells = [
      ...this.purposes.map((purpose) => by[purpose]!.outcome),
      reasons.join('; '),
      validUntil.sort()[0] ?? '',
    ];
    this.known.set(answered, cells);
    return cells;
  }
}
