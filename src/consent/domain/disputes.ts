import { type Layer, meet } from '#vocabulary';
import { noteChange } from './inquiry.js';
import type { Asking, ClaimFact, WorkFacts } from './inquiry.js';
import { isVerified } from './live-claims.js';

/** Whether a layer is in dispute where and when it is asked about, and the recorded disputes. */
export interface LayerDispute {
  readonly open: boolean;
  readonly ids: readonly string[];
}

const NO_DISPUTE: LayerDispute = Object.freeze({ open: false, ids: Object.freeze([]) });

/**
 * Rule 4.8: a recorded open dispute, a verified claim in state `disputed`, or two verified exclusive
 * claims of different parties that meet in the place asked about (anywhere, when it is unstated). An
 * unverified claim never makes a dispute, so a stranger cannot block a known owner by quarrelling; for
 * the same reason a recorded one counts only while verified claims of two of its parties meet there.
 */
export function listDisputes(
  work: WorkFacts,
  layer: Layer,
  live: readonly ClaimFact[],
  asking: Asking,
): LayerDispute {
  let open = false;
  for (let at = 0; at < live.length; at += 1) {
    const claim = live[at]!;
    if (!isVerified(claim)) continue;
    if (claim.state === 'disputed') open = true;
    if (claim.exclusive && at + 1 < live.length && meetsRival(live, at, asking)) open = true;
  }
  const recorded = work.disputes;
  if (recorded === undefined || recorded.length === 0) return open ? UNNAMED : NO_DISPUTE;
  const ids: string[] = [];
  for (const one of recorded) {
    if (one.layer !== layer) continue;
    if (one.openedAt !== undefined && one.openedAt > asking.asOf) continue;
    if (one.closedAt !== undefined && one.closedAt <= asking.asOf) continue;
    if (one.parties !== undefined && !doMeet(one.parties, live, asking)) continue;
    noteChange(asking, one.closedAt);
    ids.push(one.disputeId);
  }
  if (ids.length === 0) return open ? UNNAMED : NO_DISPUTE;
  return { open: true, ids: ids.sort() };
}

const UNNAMED: LayerDispute = Object.freeze({ open: true, ids: NO_DISPUTE.ids });

function meetsRival(live: readonly ClaimFact[], at: number, asking: Asking): boolean {
  const claim = live[at]!;
  for (let other = at + 1; other < live.length; other += 1) {
    const rival = live[other]!;
    if (!rival.exclusive || !isVerified(rival) || rival.party === claim.party) continue;
    if (meet(claim.territory, rival.territory, asking.territory)) return true;
  }
  return false;
}

function doMeet(parties: readonly string[], live: readonly ClaimFact[], asking: Asking): boolean {
  const sides = live.filter((claim) => isVerified(claim) && parties.includes(claim.party));
  return sides.some((one, at) =>
    sides
      .slice(at + 1)
      .some(
        (other) =>
          other.party !== one.party && meet(one.territory, other.territory, asking.territory),
      ),
  );
}
