import { getPurposeRule, type Layer } from '#vocabulary';
import type { PurposeAnswer } from './answer.js';
import type { Reason, Stateable } from './reason.js';
import type { Duty } from './terms.js';

const LAYER_NAMES: Readonly<Record<Layer, string>> = {
  recording: 'the recording',
  performance: 'the performance, voice and likeness',
  composition: 'the composition and its lyrics',
  artwork: 'the artwork',
  text: 'the text',
  image: 'the image',
  video: 'the video',
};

const REASON_SENTENCES: Readonly<Record<Reason, string>> = {
  territory: 'the terms do not hold in that place',
  period: 'the terms do not hold at that time',
  actorClass: 'the terms are for other kinds of users',
  actors: 'the terms name who may, and that is someone else',
  actorMode: 'the terms are for another way of asking',
  modelOpenness: 'the terms are for another kind of model release',
  modelRelease: 'the terms are for one named model version',
  outputRestriction: 'the restriction on output has not been accepted',
  volumeCap: 'the cap on volume has not been accepted',
  qualityCap: 'the cap on quality has not been accepted',
  embargoUntil: 'the embargo is not over',
  trigger: 'the event that would open it has not been established',
  lawfulSource: 'the copy has not been stated to come from a lawful source',
  custodians: 'only the named custodians may',
  unknown_condition: 'a condition is not understood by this version',
  deny: 'a rightsholder refuses',
  unverified: 'the refusal comes from a claim that is still to be verified',
  compensate: 'a rightsholder wants to be paid',
  obtain_consent: 'a rightsholder wants to be asked first',
  silent: 'a rightsholder has not said anything about it',
  missing_share: 'nobody speaks for a part of the rights',
  unverified_allow: 'the one who allows it is not verified yet',
  withdrawn: 'an earlier declaration was withdrawn',
  ended: 'an earlier declaration has ended',
  disputed: 'it is disputed who holds the rights',
  ambiguous_match: 'it is not certain which work this is',
  not_found: 'nothing is registered under this identifier',
  nothing_contained: 'the release lists nothing that it contains',
};

const STATE_SENTENCES: Readonly<Record<Stateable, string>> = {
  territory: 'where the use takes place',
  actorClass: 'what kind of user you are',
  inquirer: 'who you are',
  actorMode: 'whether a person supplies each work or a machine collects them',
  modelOpenness: 'whether the weights will be open',
  modelRelease: 'which model version it is for',
  lawfulSource: 'whether the copy comes from a lawful source',
  'accepts.outputRestriction': 'that you accept the restriction on output',
  'accepts.volumeCap': 'that you accept the cap on volume',
  'accepts.qualityCap': 'that you accept the cap on quality',
};

/** A duty in plain words, as part of a sentence. */
export function explainDuty(duty: Duty): string {
  switch (duty.kind) {
    case 'compensate': {
      const price = duty.amount === undefined ? '' : ` ${duty.amount} ${duty.currency ?? ''}`;
      const per = duty.model.replaceAll('_', ' ');
      return duty.model === 'free' ? 'nothing is to be paid' : `pay${price.trimEnd()} (${per})`;
    }
    case 'attribute':
      return duty.text === undefined ? 'name the author' : `name the author as "${duty.text}"`;
    case 'notify':
      return 'tell the rightsholder';
    case 'report_usage':
      return 'report the use';
    case 'obtain_consent':
      return 'ask first';
    case 'delete_on_withdrawal':
      return `delete copies within ${duty.days} days of a withdrawal`;
    case 'no_sublicense':
      return 'grant nobody else the right';
    case 'share_alike':
      return 'share results under the same terms';
    case 'carry_terms':
      return 'pass these terms on with every copy';
  }
}

/** The members of an answer that its explanation is made of. */
export type Explainable = Pick<
  PurposeAnswer,
  | 'purpose'
  | 'outcome'
  | 'reasons'
  | 'missingLayers'
  | 'duties'
  | 'state'
  | 'basis'
  | 'conflict'
  | 'treatAs'
>;

function shortAnswer(answer: Explainable): string {
  switch (answer.outcome) {
    case 'permitted':
      return 'yes';
    case 'permitted_with_duties':
      return 'yes, with duties';
    case 'licence_required':
      return answer.reasons.includes('compensate') ? 'no, unless paid' : 'no, unless licensed';
    case 'denied':
      return 'no';
    case 'unknown':
      return 'nothing that permits it';
    case 'disputed':
      return 'no, while the rights are disputed';
  }
}

/**
 * One answer as plain sentences for a person, the short answer first: "A dataset builder who asks today
 * will get: no, unless paid." `asker` is a noun phrase that begins a sentence. Says nothing the answer
 * does not say, and calls no unknown a permission.
 */
export function explainAnswer(asker: string, answer: Explainable): readonly string[] {
  const { label } = getPurposeRule(answer.purpose);
  const sentences = [
    `${asker} who asks today will get: ${shortAnswer(answer)}.`,
    `The question was whether one may ${label}.`,
  ];
  const why = answer.reasons.map((reason) => REASON_SENTENCES[reason]);
  if (why.length > 0) sentences.push(`Why: ${why.join('; ')}.`);
  if (answer.missingLayers.length > 0) {
    const layers = answer.missingLayers.map((layer) => LAYER_NAMES[layer]);
    sentences.push(`Nobody who may has spoken for ${layers.join(' or ')}.`);
  }
  if (answer.duties.length > 0 && answer.outcome !== 'unknown') {
    sentences.push(`What it takes: ${answer.duties.map(explainDuty).join('; ')}.`);
  }
  if (answer.state.length > 0) {
    const wanted = answer.state.map((name) => STATE_SENTENCES[name]);
    sentences.push(`An answer may change if the inquiry states ${wanted.join(', ')}.`);
  }
  if (answer.basis.startsWith('licence:')) {
    sentences.push('This rests on a licence to the one who asks; others get another answer.');
  }
  if (answer.conflict) sentences.push('Claims on this work conflict; the strictest word counts.');
  if (answer.treatAs !== undefined) sentences.push(treatmentSentence(answer.treatAs));
  return sentences;
}

function treatmentSentence(treatAs: NonNullable<PurposeAnswer['treatAs']>): string {
  switch (treatAs) {
    case 'deny':
      return 'By the policy that was named, this is treated as a no.';
    case 'refer':
      return 'By the policy that was named, this is referred to a person.';
    case 'allow_at_own_risk':
      return 'Going ahead would be at the own risk of the one who asks; nobody has permitted it.';
  }
}
