import type { LayerAnswer, OfferAnswer, PurposeAnswer } from '#consent/domain';
import { carrierOf } from './work-facts.js';

/**
 * The JSON of an answer, written by hand: a batch writes ten thousand of them, and members that
 * would say nothing (empty lists, false flags) are left out. `PurposeAnswerResponse` documents
 * every member, and a spec holds both against each other.
 *
 * `self` is the name of the one matched work: its own id is not repeated in its layers.
 */
export function writePurposeAnswer(answer: PurposeAnswer, self: string): string {
  const { layers } = answer;
  let text = `{"outcome":"${answer.outcome}"`;
  if (answer.treatAs !== undefined) text += `,"treatAs":"${answer.treatAs}"`;
  if (answer.basis !== 'none') text += `,"basis":"${answer.basis}"`;
  text += words('reasons', answer.reasons) + words('state', answer.state);
  if (layers.length > 0) text += `,"layers":[${layers.map((one) => writeLayer(one, self))}]`;
  text += writeDeciders(layers, self);
  text += words('missingLayers', answer.missingLayers);
  text += writeShares(answer.missingSharePpm);
  text += values('duties', answer.duties);
  if (answer.outcome !== 'denied') text += writeConditions(layers);
  if (answer.offers.length > 0) {
    text += `,"offers":[${answer.offers.map((one) => writeOffer(one, self))}]`;
  }
  if (answer.overlays.length > 0) {
    text += words(
      'overlays',
      answer.overlays.map((one) => one.id),
    );
  }
  if (answer.conflict) text += ',"conflict":true';
  if (answer.unverified) text += ',"unverified":true';
  text += words('disputeIds', answer.disputeIds);
  text += writePreservation(answer, self);
  text += writeWorks(answer, self);
  return `${text},"validUntil":"${instant(answer.validUntil)}"}`;
}

/** What an identifier without any work is answered for each purpose. */
export function writePurposes(answers: readonly PurposeAnswer[], self: string): string {
  return `{${answers.map((one) => `"${one.purpose}":${writePurposeAnswer(one, self)}`)}}`;
}

function writeLayer(one: LayerAnswer, self: string): string {
  let text = `{"layer":"${one.layer}"${workId(one.workId, self)},"outcome":"${one.outcome}"`;
  if (one.basis.startsWith('licence:')) text += `,"basis":"${one.basis}"`;
  if (one.missingSharePpm > 0) text += `,"missingSharePpm":${one.missingSharePpm}`;
  text += words('reasons', one.reasons);
  if (one.conflict) text += ',"conflict":true';
  if (one.unverified) text += ',"unverified":true';
  return `${text}}`;
}

function writeDeciders(layers: readonly LayerAnswer[], self: string): string {
  let text = '';
  for (const { layer, workId: name, decidedBy } of layers) {
    for (const one of decidedBy) {
      text += text === '' ? ',"decidedBy":[' : ',';
      text += one.auth ? `{"auth":"${one.auth}",` : '{';
      text += `"layer":"${layer}"${workId(name, self)},"declarationId":"${one.declarationId}"`;
      if (one.logIndex !== undefined) text += `,"logIndex":${one.logIndex}`;
      text += `,"party":"${one.party}","level":${one.level}`;
      text += one.unverified ? ',"unverified":true}' : '}';
    }
  }
  return text === '' ? '' : `${text}]`;
}

function writeShares(shares: PurposeAnswer['missingSharePpm']): string {
  for (const _ in shares) return `,"missingSharePpm":${JSON.stringify(shares)}`;
  return '';
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
    `{"layer":"${one.layer}"${workId(one.workId, self)},"party":"${one.party}"` +
    `,"declarationId":"${one.declarationId}"${values('duties', one.duties)}` +
    `${words('offerIds', one.offerIds)}}`
  );
}

function writePreservation(answer: PurposeAnswer, self: string): string {
  let text = '';
  if (answer.existingCopies !== undefined) text += `,"existingCopies":"${answer.existingCopies}"`;
  if (answer.deleteWithinDays !== undefined) {
    text += `,"deleteWithinDays":${answer.deleteWithinDays}`;
  }
  if (answer.trainedModels !== undefined) text += `,"trainedModels":"${answer.trainedModels}"`;
  if (answer.newIngest !== undefined) text += `,"newIngest":${answer.newIngest}`;
  if (answer.preservationTerms.length === 0) return text;
  const terms = answer.preservationTerms.map(
    (one) =>
      `{"layer":"${one.layer}"${workId(one.workId, self)},"party":"${one.party}"` +
      `,"declarationId":"${one.declarationId}","accessMode":"${one.accessMode}"` +
      `,"terms":${JSON.stringify(one.terms)}}`,
  );
  return `${text},"preservationTerms":[${terms}]`;
}

/** Each of several works, and each item of a release, with its own outcome. */
function writeWorks({ works }: PurposeAnswer, self: string): string {
  let text = '';
  if (works.length > 1) {
    const each = works.map((one) => `{"workId":"${one.workId}","outcome":"${one.outcome}"}`);
    text += `,"works":[${each}]`;
  }
  for (const { workId: name, contained } of works) {
    for (const one of contained) {
      text += text.includes('"contained":[') ? ',' : ',"contained":[';
      const release = name === self ? '' : `"releaseId":"${name}",`;
      text += `{${release}"workId":"${one.workId}","kind":"${one.kind}"`;
      text += `,"outcome":"${one.outcome}"}`;
    }
  }
  return text.includes('"contained":[') ? `${text}]` : text;
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

export function instant(ms: number): string {
  return new Date(ms).toISOString();
}
