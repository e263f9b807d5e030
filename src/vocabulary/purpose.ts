/** What an inquirer careful about doubt makes of a purpose nobody spoke on (model, section 2). */
export type UnsetTreatment = 'refer' | 'deny';

export type PurposeFamily = 'preservation' | 'access' | 'ai' | 'dataset';

interface PurposeEntry {
  readonly parent: string | null;
  readonly unset: UnsetTreatment;
  readonly label: string;
}

/** The closed list of section 2, in its order. Ids are stable: they are signed, logged and exported. */
const ENTRIES = {
  preservation: { parent: null, unset: 'refer', label: 'preserve it' },
  'preservation.ingest': {
    parent: 'preservation',
    unset: 'refer',
    label: 'acquire it and keep one copy in a preservation store',
  },
  'preservation.replicate': {
    parent: 'preservation',
    unset: 'refer',
    label: 'keep exact extra copies, also at partner archives',
  },
  'preservation.migrate': {
    parent: 'preservation',
    unset: 'refer',
    label: 'change its format so that it stays readable',
  },
  'preservation.restore': {
    parent: 'preservation',
    unset: 'deny',
    label: 'repair or remaster its content',
  },
  'preservation.metadata': {
    parent: 'preservation',
    unset: 'refer',
    label: 'keep and publish its description',
  },
  'preservation.transfer': {
    parent: 'preservation',
    unset: 'refer',
    label: 'hand its custody to a named successor',
  },
  access: { parent: null, unset: 'deny', label: 'give access to it' },
  'access.onsite': { parent: 'access', unset: 'deny', label: 'show it in a reading room' },
  'access.research': {
    parent: 'access',
    unset: 'deny',
    label: 'let signed-in researchers use it from afar',
  },
  'access.accessible_format': {
    parent: 'access',
    unset: 'refer',
    label: 'make accessible copies for people who need them',
  },
  'access.preview': { parent: 'access', unset: 'deny', label: 'show a short clip or thumbnail' },
  'access.stream': { parent: 'access', unset: 'deny', label: 'stream or show it in public' },
  'access.download': { parent: 'access', unset: 'deny', label: 'offer copies for download' },
  ai: { parent: null, unset: 'deny', label: 'use it in automated systems' },
  'ai.search': { parent: 'ai', unset: 'refer', label: 'index it to find it and link to it' },
  'ai.analyse': { parent: 'ai', unset: 'refer', label: 'analyse it without generating content' },
  'ai.train': { parent: 'ai', unset: 'deny', label: 'train models on it' },
  'ai.train.nongenerative': {
    parent: 'ai.train',
    unset: 'deny',
    label: 'train models that generate no content',
  },
  'ai.train.generative': {
    parent: 'ai.train',
    unset: 'deny',
    label: 'train models that can generate content',
  },
  'ai.train.finetune': {
    parent: 'ai.train',
    unset: 'deny',
    label: 'adapt a generative model on it',
  },
  'ai.train.likeness': {
    parent: 'ai.train',
    unset: 'deny',
    label: 'model the voice, the performer or the style',
  },
  'ai.evaluate': {
    parent: 'ai',
    unset: 'refer',
    label: 'test models with it, never training on it',
  },
  'ai.input': { parent: 'ai', unset: 'deny', label: 'feed it to a model as input' },
  'ai.index': { parent: 'ai', unset: 'deny', label: 'keep an embedding index of it for AI' },
  'dataset.redistribute': {
    parent: null,
    unset: 'deny',
    label: 'pass the content itself on in a dataset',
  },
} as const satisfies Record<string, PurposeEntry>;

export type Purpose = keyof typeof ENTRIES;

export const PURPOSES = Object.freeze(Object.keys(ENTRIES)) as readonly Purpose[];

/** Everything the evaluation needs to know about a purpose, worked out once when the module loads. */
export interface PurposeRule {
  readonly purpose: Purpose;
  /** Position in the closed list; terms are stored in this order. */
  readonly order: number;
  readonly parent: Purpose | null;
  readonly family: PurposeFamily;
  readonly unset: UnsetTreatment;
  readonly label: string;
  /** The purpose itself, then each parent it inherits from, nearest first. */
  readonly chain: readonly Purpose[];
  /** The rule that this purpose may only tighten, whatever its own term says; null for most. */
  readonly tightens: PurposeRule | null;
  /** Section 3: consent to `ai`, `access` and `dataset` uses never launders a scraped copy. */
  readonly lawfulSourceByDefault: boolean;
}

/** Search inherits nothing from `ai`, neither a deny nor an allow (section 2). */
const CARVED_OUT: readonly Purpose[] = ['ai.search'];

/** Section 2: the left may be stricter than the right, never looser. */
const TIGHTENS: ReadonlyMap<Purpose, Purpose> = new Map([
  ['ai.train.finetune', 'ai.train.generative'],
  ['ai.train.likeness', 'ai.train'],
]);

const RULES = buildRules();

function buildRules(): ReadonlyMap<Purpose, PurposeRule> {
  const rules = new Map<Purpose, PurposeRule>();
  const build = (purpose: Purpose): PurposeRule => {
    const known = rules.get(purpose);
    if (known !== undefined) return known;
    const entry: PurposeEntry = ENTRIES[purpose];
    const bound = TIGHTENS.get(purpose);
    const family = purpose.split('.')[0] as PurposeFamily;
    const rule: PurposeRule = Object.freeze({
      purpose,
      order: PURPOSES.indexOf(purpose),
      parent: entry.parent as Purpose | null,
      family,
      unset: entry.unset,
      label: entry.label,
      chain: Object.freeze(chainOf(purpose)),
      tightens: bound === undefined ? null : build(bound),
      lawfulSourceByDefault: family !== 'preservation',
    });
    rules.set(purpose, rule);
    return rule;
  };
  for (const purpose of PURPOSES) build(purpose);
  return rules;
}

function chainOf(purpose: Purpose): Purpose[] {
  const chain: Purpose[] = [purpose];
  if (CARVED_OUT.includes(purpose)) return chain;
  let parent = ENTRIES[purpose].parent as Purpose | null;
  while (parent !== null) {
    chain.push(parent);
    parent = ENTRIES[parent].parent as Purpose | null;
  }
  return chain;
}

/** Whether a value is one of the stable purpose ids. Case matters, nothing is trimmed. */
export function isPurpose(value: unknown): value is Purpose {
  return typeof value === 'string' && RULES.has(value as Purpose);
}

/** The rule of a purpose. Throws on an id outside the closed list: that is a programmer's error. */
export function getPurposeRule(purpose: Purpose): PurposeRule {
  const rule = RULES.get(purpose);
  if (rule === undefined) throw new Error(`Not a purpose of the vocabulary: ${String(purpose)}`);
  return rule;
}

/** The purpose and the parents it inherits from, nearest first; `ai.search` stands alone. */
export function inheritanceChain(purpose: Purpose): readonly Purpose[] {
  return getPurposeRule(purpose).chain;
}

/**
 * Whether a grant for `declared` reaches `asked`: itself or one of its parents.
 * A grant for `ai` does not reach `ai.search`.
 */
export function purposeCovers(declared: Purpose, asked: Purpose): boolean {
  return getPurposeRule(asked).chain.includes(declared);
}
