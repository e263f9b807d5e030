import type {
  LayerAnswer,
  MatchedWork,
  OfferAnswer,
  PreservationInForce,
  PurposeAnswer,
} from '#consent/domain';
import { carrierOf } from './work-facts.js';

/**
 * The JSON of an answer, written by hand: a batch writes ten thousand of them, and members that
 * would say nothing (empty lists, false flags) are left out. `PurposeAnswerResponse` documents
 * every member, and a spec holds both against each other.
 *
 * The text is canonical (RFC 8785) as it is written: receipts sign its bytes, and whoever has read
 * an answer can make the same bytes again. So the members of each object stand in alphabetical
 * order, and what comes out of terms was put into that order when it was read.
 *
 * `self` is the name of the one matched work: its own id is not repeated in its layers. `until` gives what
 * stands for the end of its validity.
 */
export function writePurposeAnswer(
  answer: PurposeAnswer,
  self: string,
  until: (answer: PurposeAnswer) => string = untilOf,
): string {
  const { layers, works } = answer;
  let text = '';
  if (answer.basis !== 'none') text += `,"basis":"${answer.basis}"`;
  if (answer.outcome !== 'denied') text += writeConditions(layers);
  if (answer.conflict) text += ',"conflict":true';
  text += writeContained(answer, self) + writeDeciders(layers, self);
  if (answer.deleteWithinDays !== undefined) {
    text += `,"deleteWithinDays":${answer.deleteWithinDays}`;
  }
  text += words('disputeIds', answer.disputeIds) + values('duties', answer.duties);
  if (answer.existingCopies !== undefined) text += `,"existingCopies":"${answer.existingCopies}"`;
  text += objects('layers', layers, (one) => writeLayer(one, self));
  text += words('missingLayers', answer.missingLayers) + writeShares(answer.missingSharePpm);
  if (answer.newIngest !== undefined) text += `,"newIngest":${answer.newIngest}`;
  text += objects('offers', answer.offers, (one) => writeOffer(one, self));
  text += `,"outcome":"${answer.outcome}"${writeOverlays(answer)}`;
  text += objects('preservationTerms', answer.preservationTerms, (one) => writeTerms(one, self));
  text += words('reasons', answer.reasons) + words('state', answer.state);
  if (answer.trainedModels !== undefined) text += `,"trainedModels":"${answer.trainedModels}"`;
  if (answer.treatAs !== undefined) text += `,"treatAs":"${answer.treatAs}"`;
  if (answer.unverified) text += ',"unverified":true';
  text += `,"validUntil":"${until(answer)}"`;
  if (works.length > 1) text += objects('works', works, writeWork);
  return `{${text.slice(1)}}`;
}

/** The answers by purpose, in alphabetical order whatever the order they were asked in. */
export function writePurposes(
  answers: readonly PurposeAnswer[],
  self: string,
  until: (answer: PurposeAnswer) => string = untilOf,
): string {
  const sorted = answers.length < 2 ? answers : [...answers].sort(byPurpose);
  return `{${sorted.map((one) => `"${one.purpose}":${writePurposeAnswer(one, self, until)}`)}}`;
}

function untilOf({ validUntil }: PurposeAnswer): string {
  return instant(validUntil);
}

function byPurpose(a: PurposeAnswer, b: PurposeAnswer): number {
  return a.purpose < b.purpose ? -1 : 1;
}

function writeLayer(one: LayerAnswer, self: string): string {
  let text = one.basis.startsWith('licence:') ? `{"basis":"${one.basis}",` : '{';
  if (one.conflict) text += '"conflict":true,';
  text += `"layer":"${one.layer}"`;
  if (one.missingSharePpm > 0) text += `,"missingSharePpm":${one.missingSharePpm}`;
  text += `,"outcome":"${one.outcome}"${words('reasons', one.reasons)}`;
  if (one.unverified) text += ',"unverified":true';
  return `${text}${workId(one.workId, self)}}`;
}

function writeDeciders(layers: readonly LayerAnswer[], self: string): string {
  let text = '';
  for (const { layer, workId: name, decidedBy } of layers) {
    for (const one of decidedBy) {
      text += text === '' ? ',"decidedBy":[' : ',';
      text += one.auth ? `{"auth":"${one.auth}",` : '{';
      text += `"declarationId":"${one.declarationId}","layer":"${layer}","level":${one.level}`;
      if (one.logIndex !== undefined) text += `,"logIndex":${one.logIndex}`;
      text += `,"party":"${one.party}"`;
      if (one.unverified) text += ',"unverified":true';
      text += `${workId(name, self)}}`;
    }
  }
  return text === '' ? '' : `${text}]`;
}

function writeShares(shares: PurposeAnswer['missingSharePpm']): string {
  const sorted = Object.entries(shares).sort(([a], [b]) => (a < b ? -1 : 1));
  if (sorted.length === 0) return '';
  return `,"missingSharePpm":{${sorted.map(([layer, ppm]) => `"${layer}":${ppm}`)}}`;
}

function writeConditions(layers: readonly LayerAnswer[]): string {
  let texts: Set<string> | null = null;
  for (const layer of layers) {
    for (const one of layer.conditions) (texts ??= new Set()).add(JSON.stringify(one));
  }
  return texts === null ? '' : `,"conditions":[${[...texts]}]`;
}

function writeOffer(one: OfferAnswer, self: string): string {
  return (
    `{"declarationId":"${one.declarationId}"${values('duties', one.duties)}` +
    `,"layer":"${one.layer}"${words('offerIds', one.offerIds)},"party":"${one.party}"` +
    `${workId(one.workId, self)}}`
  );
}

function writeTerms(one: PreservationInForce, self: string): string {
  return (
    `{"accessMode":"${one.accessMode}","declarationId":"${one.declarationId}"` +
    `,"layer":"${one.layer}","party":"${one.party}","terms":${JSON.stringify(one.terms)}` +
    `${workId(one.workId, self)}}`
  );
}

function writeOverlays({ overlays }: PurposeAnswer): string {
  if (overlays.length === 0) return '';
  return words(
    'overlays',
    overlays.map((one) => one.id),
  );
}

/** Each of several matched works with its own outcome. */
function writeWork(one: MatchedWork): string {
  return `{"outcome":"${one.outcome}","workId":"${one.workId}"}`;
}

/** Each item of a release with its own outcome. */
function writeContained({ works }: PurposeAnswer, self: string): string {
  let text = '';
  for (const { workId: name, contained } of works) {
    for (const one of contained) {
      text += text === '' ? ',"contained":[' : ',';
      const release = name === self ? '' : `,"releaseId":"${name}"`;
      text += `{"kind":"${one.kind}","outcome":"${one.outcome}"${release}`;
      text += `,"workId":"${one.workId}"}`;
    }
  }
  return text === '' ? '' : `${text}]`;
}

function workId(name: string, self: string): string {
  const carrier = carrierOf(name);
  return carrier === self ? '' : `,"workId":"${carrier}"`;
}

/** A member that lists words of a closed list or ids, which need no escaping. */
function words(name: string, list: readonly string[]): string {
  return list.length === 0 ? '' : `,"${name}":["${list.join('","')}"]`;
}

function values(name: string, list: readonly unknown[]): string {
  return list.length === 0 ? '' : `,"${name}":${JSON.stringify(list)}`;
}

function objects<T>(name: string, of: readonly T[], write: (one: T) => string): string {
  return of.length === 0 ? '' : `,"${name}":[${of.map(write)}]`;
}

/** The last instant that was written: a batch writes the same one thousands of times. */
let last = { ms: 0, text: new Date(0).toISOString() };

export function instant(ms: number): string {
  if (ms !== last.ms) last = { ms, text: new Date(ms).toISOString() };
  return last.text;
}
