import { type Purpose, PURPOSES } from '#vocabulary';
import type { AfterWithdrawal, PreservationTerms } from './preservation-terms.js';
import type { Duty, PriceModel, Term } from './terms.js';
import { validateTerms } from './validate-terms.js';

export const TEMPLATE_IDS = [
  'preserve_never_train',
  'preservation_open_after_delisting',
  'train_only_with_licence',
  'open_to_research',
  'no_ai_at_all',
  'open_with_attribution',
] as const;
export type TemplateId = (typeof TEMPLATE_IDS)[number];

export interface TemplateParameter {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly example: unknown;
}

export interface TemplatePrice {
  readonly amount: string;
  readonly currency: string;
  readonly model?: PriceModel;
}

export interface TemplateParameters {
  readonly price?: TemplatePrice;
  /** How the artist wants to be named. */
  readonly attribution?: string;
  /** For how many months nobody may have offered the work. */
  readonly months?: number;
}

/** Full terms, as they would have been declared by hand. */
export interface Expansion {
  readonly terms: readonly Term[];
  readonly preservationTerms?: PreservationTerms;
  readonly afterWithdrawal?: AfterWithdrawal;
}

export interface Template {
  readonly id: TemplateId;
  readonly title: string;
  readonly description: string;
  readonly parameters: readonly TemplateParameter[];
  /** Expands to canonical terms. Check parameters from outside with `validateTerms` on the result. */
  readonly expand: (parameters?: TemplateParameters) => Expansion;
}

const KEEP_DARK: AfterWithdrawal = {
  existingCopies: 'keep_dark',
  trainedModels: 'exclude_from_next_version',
};

function allow(purpose: Purpose): Term {
  return { purpose, decision: 'allow' };
}

function deny(purpose: Purpose): Term {
  return { purpose, decision: 'deny' };
}

function inOrder(terms: readonly Term[]): readonly Term[] {
  return [...terms].sort((a, b) => PURPOSES.indexOf(a.purpose) - PURPOSES.indexOf(b.purpose));
}

/** Refusing `ai` leaves search to be answered for itself; each template says what it wants there. */
const PRESERVE_NEVER_TRAIN: Template = {
  id: 'preserve_never_train',
  title: 'Preserve it, never train on it',
  description:
    'Archives may keep this for the future, in the dark, and may describe and find it. No model may learn from it or be fed with it.',
  parameters: [],
  expand: () => ({
    terms: inOrder([
      allow('preservation'),
      allow('ai.search'),
      deny('ai'),
      deny('dataset.redistribute'),
    ]),
    preservationTerms: { accessMode: 'dark', retention: 'indefinite' },
    afterWithdrawal: KEEP_DARK,
  }),
};

const MONTHS: TemplateParameter = {
  name: 'months',
  description: 'For how many months nobody may have offered the work legally.',
  required: false,
  example: 12,
};

const PRESERVATION_OPEN_AFTER_DELISTING: Template = {
  id: 'preservation_open_after_delisting',
  title: 'Preservation opens after delisting',
  description:
    'Archives may keep this in the dark. Once archives have established that it is legally available nowhere, they may open it to the public. No AI.',
  parameters: [MONTHS],
  expand: ({ months = 12 } = {}) => {
    const whenDelisted = (purpose: Purpose): Term => ({
      purpose,
      decision: 'conditional',
      conditions: [{ kind: 'trigger', trigger: 'delisted_everywhere', months }],
    });
    return {
      terms: inOrder([
        allow('preservation'),
        whenDelisted('access.onsite'),
        whenDelisted('access.research'),
        whenDelisted('access.stream'),
        deny('ai'),
        deny('dataset.redistribute'),
      ]),
      preservationTerms: {
        accessMode: 'dark',
        retention: 'indefinite',
        triggers: [{ trigger: 'delisted_everywhere', months, effect: { accessMode: 'open' } }],
      },
      afterWithdrawal: KEEP_DARK,
    };
  },
};

const PRICE: TemplateParameter = {
  name: 'price',
  description: 'What one training costs. Left out, everyone has to ask first.',
  required: false,
  example: { amount: '10.00', currency: 'EUR', model: 'per_training_run' },
};

const TRAIN_ONLY_WITH_LICENCE: Template = {
  id: 'train_only_with_licence',
  title: 'Train only with a licence',
  description:
    'Training is possible for those who take a licence first. Voice, likeness and style are not for sale, and nobody may pass the content on.',
  parameters: [PRICE],
  expand: ({ price } = {}) => {
    const duties: readonly Duty[] =
      price === undefined
        ? [{ kind: 'obtain_consent' }]
        : [{ kind: 'compensate', ...price, model: price.model ?? 'per_training_run' }];
    return {
      terms: inOrder([
        allow('ai.search'),
        { purpose: 'ai.train', decision: 'conditional', duties },
        deny('ai.train.likeness'),
        deny('ai.input'),
        deny('ai.index'),
        deny('dataset.redistribute'),
      ]),
      afterWithdrawal: KEEP_DARK,
    };
  },
};

const OPEN_TO_RESEARCH: Template = {
  id: 'open_to_research',
  title: 'Open to research',
  description:
    'Researchers, libraries, archives and teachers may keep, study and analyse this. Commercial users get nothing, and no model that generates content may learn from it.',
  parameters: [],
  expand: () => {
    const forResearch = (purpose: Purpose): Term => ({
      purpose,
      decision: 'conditional',
      conditions: [{ kind: 'actorClass', in: ['heritage_institution', 'research', 'education'] }],
    });
    return {
      terms: inOrder([
        allow('preservation'),
        forResearch('access.onsite'),
        forResearch('access.research'),
        deny('ai'),
        allow('ai.search'),
        forResearch('ai.analyse'),
        forResearch('ai.train.nongenerative'),
        forResearch('ai.evaluate'),
        deny('dataset.redistribute'),
      ]),
      preservationTerms: { accessMode: 'onsite', retention: 'indefinite' },
      afterWithdrawal: KEEP_DARK,
    };
  },
};

const NO_AI_AT_ALL: Template = {
  id: 'no_ai_at_all',
  title: 'No AI at all',
  description:
    'No automated use of any kind, not even a search index, and nobody may pass the content on in a dataset. Preservation and access are left open to be declared.',
  parameters: [],
  expand: () => ({
    terms: inOrder([deny('ai'), deny('ai.search'), deny('dataset.redistribute')]),
    afterWithdrawal: KEEP_DARK,
  }),
};

const ATTRIBUTION: TemplateParameter = {
  name: 'attribution',
  description: 'How you want to be named.',
  required: false,
  example: 'Ada Example',
};

const OPEN_WITH_ATTRIBUTION: Template = {
  id: 'open_with_attribution',
  title: 'Open, with my name on it',
  description:
    'Everyone may keep, show, analyse and train on this from a lawful copy, as long as you are named. Your voice, likeness and style are not to be imitated.',
  parameters: [ATTRIBUTION],
  expand: ({ attribution } = {}) => {
    const named = (purpose: Purpose): Term => ({
      purpose,
      decision: 'conditional',
      duties: [
        attribution === undefined
          ? { kind: 'attribute' }
          : { kind: 'attribute', text: attribution },
      ],
    });
    return {
      terms: inOrder([
        allow('preservation'),
        named('access'),
        named('ai'),
        allow('ai.search'),
        deny('ai.train.likeness'),
        named('dataset.redistribute'),
      ]),
      preservationTerms: { accessMode: 'open', retention: 'indefinite' },
      afterWithdrawal: { existingCopies: 'keep', trainedModels: 'none' },
    };
  },
};

/** The common wishes, each of which can be previewed before it is declared. */
export const TEMPLATES: readonly Template[] = Object.freeze([
  PRESERVE_NEVER_TRAIN,
  PRESERVATION_OPEN_AFTER_DELISTING,
  TRAIN_ONLY_WITH_LICENCE,
  OPEN_TO_RESEARCH,
  NO_AI_AT_ALL,
  OPEN_WITH_ATTRIBUTION,
]);

/** The template of an id; null for an id outside the list. */
export function findTemplate(id: string): Template | null {
  return TEMPLATES.find((one) => one.id === id) ?? null;
}

/** Expands a template and checks the result like any other input, so that bad parameters are named. */
export function expandTemplate(
  template: Template,
  parameters: TemplateParameters,
): ReturnType<typeof validateTerms> & { readonly expansion: Expansion } {
  const expansion = template.expand(parameters);
  return { ...validateTerms(expansion.terms), expansion };
}
