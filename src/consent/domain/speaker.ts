import { covers, type Layer, type VerificationLevel } from '#vocabulary';
import type { Asking, ClaimFact, WorkFacts } from './inquiry.js';
import { isVerified, VERIFIED_LEVEL } from './live-claims.js';
import { REASON_BIT } from './reason.js';
import { Effect, resolvePosition } from './resolve-statement.js';
import type { Position } from './resolve-statement.js';

/** One claimant of a layer, with its word after rule 4.3. */
export interface Speaker {
  readonly party: string;
  /** The highest level among its live claims on the layer. */
  readonly level: VerificationLevel;
  readonly verified: boolean;
  /**
   * Verified share that covers all of the place asked about. Where no place is stated only claims for
   * the whole world add to it, while refusals by holders of any place still count.
   */
  readonly sharePpm: number;
  /** A verified exclusive holder, or a CMO whose mandate covers the purpose. */
  readonly alone: boolean;
  readonly position: Position;
  readonly effect: Effect;
  readonly reasons: number;
  /** Whether its word decides or is only reported; settled when the layer is weighed. */
  counted: boolean;
}

/** Everyone with a live claim on the layer, each once. Without a claim nobody is heard (rule 4.3). */
export function listSpeakers(
  work: WorkFacts,
  layer: Layer,
  claims: readonly ClaimFact[],
  asking: Asking,
): Speaker[] {
  const speakers: Speaker[] = [];
  for (let at = 0; at < claims.length; at += 1) {
    let first = 0;
    while (claims[first]!.party !== claims[at]!.party) first += 1;
    if (first === at) speakers.push(speakerOf(work, layer, claims, at, asking));
  }
  return speakers;
}

/** Adds up the claims of one party, from its first one on. */
function speakerOf(
  work: WorkFacts,
  layer: Layer,
  claims: readonly ClaimFact[],
  first: number,
  asking: Asking,
): Speaker {
  const party = claims[first]!.party;
  let level: VerificationLevel = 0;
  let sharePpm = 0;
  let alone = false;
  for (let at = first; at < claims.length; at += 1) {
    const claim = claims[at]!;
    if (claim.party !== party) continue;
    if (claim.level > level) level = claim.level;
    if (!isVerified(claim) || !covers(claim.territory, asking.territory)) continue;
    sharePpm += claim.sharePpm;
    if (claim.exclusive || hasMandate(claim, asking)) alone = true;
  }
  const position = resolvePosition(work, party, layer, asking);
  const verified = level >= VERIFIED_LEVEL;
  let effect = position.effect;
  let reasons = position.reasons;
  if (!verified) {
    // Asymmetric trust goes by the word as declared: an unverified allow is unset even where its own
    // conditions fail, and an unverified conditional is a deny even where they hold.
    const refuses = position.declared === 'deny' || position.declared === 'conditional';
    effect = refuses ? Effect.deny : Effect.unset;
    if (refuses) reasons |= REASON_BIT.unverified;
    else if (position.declared === 'allow') reasons = REASON_BIT.unverified_allow;
  }
  return { party, level, verified, sharePpm, alone, position, effect, reasons, counted: true };
}

function hasMandate(claim: ClaimFact, asking: Asking): boolean {
  if (claim.speaksFor === undefined) return false;
  for (const purpose of asking.rule.chain) if (claim.speaksFor.includes(purpose)) return true;
  return false;
}
