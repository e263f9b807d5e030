import { type Ask, readIdentified } from '#lookup/domain';
import { type PublicState, ReplayedAnswers } from './domain/index.js';

/** An item of an answer, as it stands in one. */
export interface ReplayedItem {
  /** The bytes that a live answer has for it. */
  readonly text: string;
  readonly item: {
    readonly result: string;
    readonly detail?: string;
    readonly works?: { workId: string; kind: string }[];
    readonly purposes?: Record<string, { outcome: string }>;
  };
}

/** What the log makes of one identifier at the moment of the ask. Throws `Unopened`. */
export function replayItem(
  state: PublicState,
  ask: Ask & { readonly asOf: number },
  scheme: string,
  value: string,
): ReplayedItem {
  const answers = new ReplayedAnswers(state, ask, ask.asOf);
  const text = `${answers.write(readIdentified(scheme, value))}}`;
  return { text, item: JSON.parse(text) };
}
