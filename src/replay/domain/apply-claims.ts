import { claimContent, mandateContent } from './leaf-contents.js';
import type { Applying } from './applying.js';
import { type Leaf, ReplayFault } from './read-leaf.js';
import {
  added,
  ClaimStream,
  type ClaimVersion,
  MandateStream,
  type Stream,
  WorkStream,
} from './world.js';

/** A version of a claim: it takes the place of the one before from its leaf on. */
export function applyClaim(leaf: Leaf, before: Stream | undefined, applying: Applying): Stream {
  const content = claimContent(leaf);
  const { streams } = applying.world;
  const claim = (before as ClaimStream | undefined) ?? new ClaimStream();
  const last = claim.latest;
  const isSame =
    last === null ||
    (last.party === content.party && last.work === content.work && last.layer === content.layer);
  if (!isSame) refuse(leaf, 'a version of a claim names another party, work or layer');
  if (last?.state === 'withdrawn') refuse(leaf, 'the claim was withdrawn before');
  if (content.mandate !== null && !(streams.get(content.mandate) instanceof MandateStream)) {
    refuse(leaf, 'it rests on a mandate that the log does not know');
  }
  const work = streams.get(content.work);
  if (!(work instanceof WorkStream)) refuse(leaf, 'it claims a work that the log does not know');
  const { one } = applying;
  claim.latest = {
    party: one(content.party),
    work: work.id,
    layer: one(content.layer),
    sharePpm: content.sharePpm,
    territory: content.territory,
    exclusive: content.exclusive,
    level: content.level,
    state: content.state,
    mandate: content.mandate === null ? null : one(content.mandate),
    madeAt: content.madeAt ?? leaf.t,
    from: leaf.index,
    before: last,
  } as ClaimVersion;
  if (before === undefined) work.claims = added(work.claims, claim);
  return claim;
}

/** What a mandate grants never changes; a claim that rests on a revoked one is withdrawn by itself. */
export function applyMandate(leaf: Leaf, before: Stream | undefined): Stream {
  const { representative, purposes, validUntil, society } = mandateContent(leaf);
  if (before === undefined) return new MandateStream(representative, purposes, validUntil, society);
  const known = before as MandateStream;
  const isSame =
    known.representative === representative &&
    known.until === validUntil &&
    known.isSociety === society &&
    String(known.purposes) === String(purposes);
  return isSame ? known : refuse(leaf, 'a revoked mandate says something else than before');
}

function refuse(leaf: Leaf, reason: string): never {
  throw new ReplayFault('content', leaf.index, reason);
}
