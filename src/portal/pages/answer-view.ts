import { explainAnswer, explainDuty, type Outcome, VERIFIED_LEVEL } from '#consent/domain';
import { displayIdentifier, isSchemeName } from '#identifiers';
import { type Purpose, PURPOSES } from '#vocabulary';
import type { Names } from '../names.query.js';
import type { WireAnswer, WireDecider, WireLayer, WirePurpose } from './answer-on-the-wire.js';
import { labelOf } from './form-choices.js';

/** An outcome as a page shows it: never by colour alone, always by a word and a sign. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly words: string;
  readonly sign: 'yes' | 'no' | 'licence' | 'unknown';
}

interface DeciderView {
  readonly declarationId: string;
  readonly party: string;
  readonly standing: string;
  readonly logIndex: number | null;
}

interface LayerView {
  readonly layer: string;
  readonly work: string | null;
  readonly verdict: Verdict;
  readonly missingShare: string | null;
  readonly deciders: readonly DeciderView[];
}

/** One purpose of an answer, ready for the template. */
export interface PurposeView {
  readonly purpose: string;
  readonly label: string;
  readonly verdict: Verdict;
  readonly sentences: readonly string[];
  readonly layers: readonly LayerView[];
  readonly offers: readonly { party: string; layer: string; duties: readonly string[] }[];
  readonly overlays: readonly { title: string; note: string }[];
  readonly items: readonly { title: string; verdict: Verdict }[];
  readonly canStateMore: boolean;
  readonly validUntil: Moment;
}

export interface Moment {
  readonly iso: string;
  readonly words: string;
}

export interface AnswerView {
  readonly identifier: string;
  readonly isFound: boolean;
  readonly titles: readonly { title: string; kind: string; workId: string }[];
  readonly purposes: readonly PurposeView[];
  readonly asOf: Moment;
  readonly log: { readonly size: string; readonly root: string };
  readonly vocabulary: string;
}

const VERDICTS: Readonly<Record<Outcome, readonly [words: string, sign: Verdict['sign']]>> = {
  permitted: ['Yes', 'yes'],
  permitted_with_duties: ['Yes, with duties', 'yes'],
  licence_required: ['Only with a licence', 'licence'],
  denied: ['No', 'no'],
  unknown: ['Nobody has permitted it', 'unknown'],
  disputed: ['No, while it is disputed', 'no'],
};

/** Puts an answer into the words of a page; `asker` begins a sentence. */
export function viewAnswer(answer: WireAnswer, names: Names, asker: string): AnswerView {
  const { scheme, value } = answer;
  return {
    identifier: isSchemeName(scheme) ? displayIdentifier(scheme, value) : value,
    isFound: answer.result !== 'not_found',
    titles: (answer.works ?? []).map(({ workId, kind }) => ({
      title: names.get(workId) ?? workId,
      kind,
      workId,
    })),
    // A program reads them by the alphabet, a person in the order of the vocabulary.
    purposes: PURPOSES.filter((purpose) => Object.hasOwn(answer.purposes, purpose)).map((purpose) =>
      viewPurpose(purpose, answer.purposes[purpose]!, { answer, names, asker }),
    ),
    asOf: momentOf(answer.asOf),
    log: { size: answer.log.size.toLocaleString('en'), root: answer.log.root },
    vocabulary: answer.vocabulary,
  };
}

interface Around {
  readonly answer: WireAnswer;
  readonly names: Names;
  readonly asker: string;
}

function viewPurpose(purpose: Purpose, one: WirePurpose, around: Around): PurposeView {
  const { answer, names, asker } = around;
  const name = (id: string) => names.get(id) ?? id;
  const { reasons = [], state = [], missingLayers = [], duties = [], basis = 'none' } = one;
  const { outcome, conflict = false } = one;
  const sentences = explainAnswer(asker, {
    // The page lets nobody name a policy, so it speaks of none.
    ...{ purpose, outcome, treatAs: undefined, conflict },
    ...{ reasons, state, missingLayers, duties, basis },
  });
  const isSilent = outcome === 'unknown';
  return {
    purpose,
    label: labelOf(purpose),
    verdict: verdictOf(outcome),
    sentences: isSilent ? [...sentences, 'Silence is no permission: take it as a no.'] : sentences,
    layers: (one.layers ?? []).map((layer) => viewLayer(layer, one.decidedBy ?? [], name)),
    offers: (one.offers ?? []).map(({ party, layer, duties: owed = [] }) => ({
      party: name(party),
      layer,
      duties: owed.map(explainDuty),
    })),
    overlays: (one.overlays ?? []).flatMap((id) => answer.overlays?.[id] ?? []),
    items: [...(one.works ?? []), ...(one.contained ?? [])].map(({ workId, outcome: own }) => ({
      title: name(workId),
      verdict: verdictOf(own),
    })),
    canStateMore: state.length > 0,
    validUntil: momentOf(one.validUntil),
  };
}

function viewLayer(
  one: WireLayer,
  deciders: readonly WireDecider[],
  name: (id: string) => string,
): LayerView {
  const own = deciders.filter(({ layer, workId }) => layer === one.layer && workId === one.workId);
  return {
    layer: one.layer,
    work: one.workId === undefined ? null : name(one.workId),
    verdict: verdictOf(one.outcome),
    missingShare: one.missingSharePpm === undefined ? null : percent(one.missingSharePpm),
    deciders: own.map(({ declarationId, party, level, logIndex }) => ({
      declarationId,
      party: name(party),
      standing:
        level >= VERIFIED_LEVEL ? `verified, level ${level}` : `not verified, level ${level}`,
      logIndex: logIndex ?? null,
    })),
  };
}

function verdictOf(outcome: Outcome): Verdict {
  const [words, sign] = VERDICTS[outcome];
  return { outcome, words, sign };
}

function percent(sharePpm: number): string {
  return `${(sharePpm / 10_000).toLocaleString('en', { maximumFractionDigits: 4 })} %`;
}

const inWords = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
});

function momentOf(iso: string): Moment {
  return { iso, words: `${inWords.format(new Date(iso))} UTC` };
}
