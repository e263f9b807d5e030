import type { EntryRow } from './entry.js';
import { decodeStanding, encodeStanding, type Shape, type WorkStanding } from './standing.js';

/**
 * Gives equal standings one number, as the projection does for those of now; taken apart
 * and put together like them, so that their parts stand in the same order.
 */
export function numberStandings(
  entries: readonly EntryRow[],
  standings: ReadonlyMap<string, WorkStanding>,
): Map<number, WorkStanding> {
  const numbers = new Map<string, number>();
  const byId = new Map<number, WorkStanding>();
  for (const entry of entries) {
    const standing = standings.get(entry.workId)!;
    const { shape, refs } = encodeStanding(standing);
    const key = `${shape} ${refs.join(' ')}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = numbers.size + 1;
      numbers.set(key, number);
      byId.set(number, decodeStanding(JSON.parse(shape) as Shape, refs));
    }
    entry.standingId = number;
  }
  return byId;
}
