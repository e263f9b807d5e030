import type { Layer } from '#vocabulary';
import type { LayerAnswer } from './answer.js';
import { describeLayer, licensedLayer, missingLayer } from './describe-layer.js';
import type { Weighed } from './describe-layer.js';
import { listDisputes } from './disputes.js';
import type { LayerDispute } from './disputes.js';
import type { Asking, WorkFacts } from './inquiry.js';
import { findLicence } from './licence.js';
import { listLiveClaims } from './live-claims.js';
import type { Outcome } from './outcome-order.js';
import { Effect } from './resolve-statement.js';
import { listSpeakers } from './speaker.js';
import type { Speaker } from './speaker.js';

/** The whole of a layer, in parts per million. */
export const WHOLE_PPM = 1_000_000;

/**
 * The answer of one layer of one work: licences, authority, statements, shares, disputes and conditions
 * (section 4, rules 2 to 5, 8 and 9).
 *
 * A dispute suspends a licence on that layer: whoever granted it may not be the one who could.
 */
export function evaluateLayer(work: WorkFacts, layer: Layer, asking: Asking): LayerAnswer {
  const claims = listLiveClaims(work.claims, layer, asking);
  const dispute = listDisputes(work, layer, claims, asking);
  if (!dispute.open) {
    const licence = findLicence(asking, layer, work.workId);
    if (licence !== null) return licensedLayer(work.workId, layer, licence);
    if (claims.length === 0) return missingLayer(work.workId, layer);
  }
  const speakers = listSpeakers(work, layer, claims, asking);
  return describeLayer(work, layer, speakers, weigh(speakers, dispute), asking);
}

/**
 * Rule 4.5. Who speaks alone silences others only by speaking: while an exclusive holder is silent,
 * refusals and licence terms of other holders count, and nothing they allow makes up the whole. A
 * dispute takes that privilege away too.
 *
 * Only verified claims above the whole are flagged; a stranger's claim casts no doubt on a known owner.
 */
function weigh(speakers: readonly Speaker[], dispute: LayerDispute): Weighed {
  let claimedPpm = 0;
  let spokenPpm = 0;
  let someAlone = false;
  let aloneSilent = false;
  for (const one of speakers) {
    const silent = one.effect === Effect.unset;
    claimedPpm += one.sharePpm;
    if (!silent) spokenPpm += one.sharePpm;
    if (one.alone) someAlone = true;
    if (one.alone && silent) aloneSilent = true;
  }
  const othersMuted = someAlone && !aloneSilent && !dispute.open;
  const wholeVerified = someAlone || claimedPpm >= WHOLE_PPM;
  let effect: Effect = Effect.unset;
  for (const one of speakers) {
    one.counted = one.verified ? one.alone || !othersMuted : !wholeVerified;
    if (one.counted && one.effect > effect) effect = one.effect;
  }
  const gapPpm = othersMuted ? 0 : someAlone ? WHOLE_PPM : Math.max(0, WHOLE_PPM - spokenPpm);
  const outcome = outcomeOf(effect, gapPpm, dispute.open);
  const conflict = claimedPpm > WHOLE_PPM || isContradicted(speakers, outcome);
  return { effect, outcome, gapPpm, conflict, dispute };
}

/** Within a layer a deny stands above a dispute, and a licence that is needed above a silence. */
function outcomeOf(effect: Effect, gapPpm: number, disputed: boolean): Outcome {
  if (effect === Effect.deny) return 'denied';
  if (disputed) return 'disputed';
  if (effect === Effect.licence) return 'licence_required';
  if (effect === Effect.unset || gapPpm > 0) return 'unknown';
  return effect === Effect.duties ? 'permitted_with_duties' : 'permitted';
}

/** Whether a word that is only reported is stricter than the outcome. */
function isContradicted(speakers: readonly Speaker[], outcome: Outcome): boolean {
  if (outcome === 'denied') return false;
  for (const one of speakers) {
    if (one.counted) continue;
    if (one.effect === Effect.deny) return true;
    if (one.effect === Effect.licence && outcome !== 'licence_required') return true;
    if (one.effect === Effect.duties && outcome === 'permitted') return true;
  }
  return false;
}
