import {
  Answerer,
  type Ask,
  buildStanding,
  type EntryRow,
  type Found,
  inOrder,
  type Item,
  numberStandings,
  type WorkStanding,
  writeItemText,
} from '#lookup/domain';
import { FactsAt } from './facts.js';
import type { PublicState } from './public-state.js';
import { isOpenAt } from './world.js';

const WHOLE_PPM = 1_000_000;

type ReadableItem = Extract<Item, { result: 'readable' }>;

/**
 * Answers items as the registry answers them for one ask at one moment: by the same evaluation, from
 * the state that its log makes. Licences are no part of it; an answer that rests on one is not public.
 */
export class ReplayedAnswers {
  private readonly facts: FactsAt;
  private readonly size: number;

  /**
   * `asOf` in epoch ms. `logSize` is the log that the answer names; what was recorded after the
   * moment does not count, whatever the log holds.
   */
  constructor(
    private readonly state: PublicState,
    private readonly ask: Ask,
    private readonly asOf: number,
    logSize: number = state.size,
  ) {
    this.size = Math.min(logSize, state.sizeAt(asOf));
    this.facts = new FactsAt(state, this.size);
  }

  /** The item's JSON without its closing brace, as it stands in a live answer. Throws `Unopened`. */
  write(item: Item): string {
    return writeItemText(item, item.result === 'readable' ? this.find(item) : undefined);
  }

  private find({ identifier: { scheme, value } }: ReadableItem): Found {
    const entries = this.entriesOf(`${scheme}:${value}`);
    const standings = new Map<string, WorkStanding>();
    for (const { workId } of entries) standings.set(workId, buildStanding(workId, this.facts));
    const byId = numberStandings(entries, standings);
    const nobody = new Map<string, never>();
    const answerer = new Answerer(this.ask, this.asOf, { byId, licensed: nobody }, this.facts);
    return answerer.find(scheme, entries);
  }

  private entriesOf(name: string): EntryRow[] {
    const spans = this.state.world.identifiers.get(name);
    const entries = new Map<string, EntryRow>();
    for (const span of spans === undefined ? [] : Array.isArray(spans) ? spans : [spans]) {
      if (!isOpenAt(span, this.size)) continue;
      const { id: workId, releasedOn } = span.work;
      entries.set(workId, { workId, standingId: 0, confidencePpm: WHOLE_PPM, releasedOn });
    }
    return inOrder([...entries.values()]);
  }
}
