import type { Applying } from './applying.js';
import { disputeContent, triggerContent } from './leaf-contents.js';
import { type Leaf, ReplayFault } from './read-leaf.js';
import {
  added,
  ClaimStream,
  DisputeStream,
  NEVER,
  type Stream,
  TriggerStream,
  WorkStream,
} from './world.js';

/** A dispute over claims of one layer of a work: it is open until its second leaf. */
export function applyDispute(leaf: Leaf, before: Stream | undefined, applying: Applying): Stream {
  const { work: workId, layer, claims } = disputeContent(leaf);
  const work = workOf(leaf, workId, applying);
  if (before !== undefined) {
    const known = before as DisputeStream;
    const isSame = known.layer === layer && String(known.claims) === String(claims);
    if (!isSame || !work.disputes.includes(known)) {
      refuse(leaf, 'it says something else of the dispute than before');
    }
    known.until = leaf.index;
    return known;
  }
  const parties = claims.map((claimId) => {
    const claim = applying.world.streams.get(claimId);
    const latest = claim instanceof ClaimStream ? claim.latest : null;
    if (latest?.work !== workId || latest.layer !== layer) {
      refuse(leaf, 'it touches a claim that is not on this layer of this work');
    }
    return latest!.party;
  });
  const dispute = new DisputeStream(
    leaf.stream,
    applying.one(layer) as typeof layer,
    claims,
    [...new Set(parties)].sort(),
    leaf.index,
  );
  work.disputes = added(work.disputes, dispute);
  return dispute;
}

/**
 * What archives, and those who object, say of one state of a work. Who may speak and when a quorum is
 * reached is the registry's to judge; what came of it counts from its leaf on.
 */
export function applyTrigger(leaf: Leaf, before: Stream | undefined, applying: Applying): Stream {
  const { work: workId, kind, months, state, inEffectAt } = triggerContent(leaf);
  const work = workOf(leaf, workId, applying);
  const trigger = (before as TriggerStream | undefined) ?? new TriggerStream();
  const { inForce } = trigger;
  if (state === 'in_effect') {
    if (inForce !== null) refuse(leaf, 'the trigger has reached its quorum before');
    trigger.inForce = {
      ...{ kind, inEffectSince: inEffectAt!, from: leaf.index, until: NEVER },
      ...(months === null ? {} : { months }),
    };
    work.triggers = added(work.triggers, trigger.inForce);
  } else if (inForce !== null && leaf.t >= inForce.inEffectSince) {
    refuse(leaf, 'the trigger is in effect, and nothing stops it any more');
  } else if (inForce !== null && (state === 'objected' || state === 'dropped')) {
    inForce.until = leaf.index;
    trigger.inForce = null;
  }
  return trigger;
}

function workOf(leaf: Leaf, workId: string, { world }: Applying): WorkStream {
  const work = world.streams.get(workId);
  return work instanceof WorkStream
    ? work
    : refuse(leaf, 'it is about a work that the log does not know');
}

function refuse(leaf: Leaf, reason: string): never {
  throw new ReplayFault('content', leaf.index, reason);
}
