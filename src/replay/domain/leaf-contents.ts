import {
  isPurpose,
  type Layer,
  LAYERS,
  type Purpose,
  type Territory,
  WORK_KINDS,
} from '#vocabulary';
import type { SubjectKind, TriggerKind } from '#consent/domain';
import { SUBJECT_KINDS, TRIGGER_KINDS } from '#consent/domain';
import { isId } from '#kernel';
import type { Link, StandingClaim } from '#lookup/domain';
import { type Leaf, ReplayFault } from './read-leaf.js';

/**
 * The contents of leaves by type, each field checked for what it means. That every field is known
 * and has its form was checked when the leaf was read.
 */
type Fields = Readonly<Record<string, never>>;

export interface LinkContent {
  readonly kind: Link['kind'] | 'illustrated_by';
  readonly to: string;
  readonly verified: boolean;
}

export interface CatalogueContent {
  readonly id: string;
  readonly keeper: string;
}

/** What a leaf of a work adds and ends. */
export interface WorkContent {
  /** In the first leaf of a work, and in no other. */
  readonly born: {
    readonly kind: (typeof WORK_KINDS)[number];
    releasedOn: string | undefined;
  } | null;
  readonly addIdentifiers: readonly string[];
  readonly removeIdentifiers: readonly string[];
  readonly addLinks: readonly LinkContent[];
  readonly removeLinks: readonly Omit<LinkContent, 'verified'>[];
  readonly addCatalogues: readonly CatalogueContent[];
  readonly removeCatalogues: readonly string[];
}

export interface ClaimContent {
  readonly party: string;
  readonly work: string;
  readonly layer: Layer;
  readonly sharePpm: number;
  readonly territory: Territory | null;
  readonly exclusive: boolean;
  readonly level: StandingClaim['level'];
  readonly state: 'active' | 'disputed' | 'withdrawn';
  readonly mandate: string | null;
  readonly madeAt: number | null;
}

export interface DeclarationContent {
  readonly declaration: string;
  readonly party: string;
  readonly layer: Layer;
  readonly subjectKind: SubjectKind;
  readonly subject: string;
  readonly terms: string;
  readonly effectiveFrom: number | null;
  readonly effectiveUntil: number | null;
  readonly withdraws: string | null;
}

export interface DisputeContent {
  readonly work: string;
  readonly layer: Layer;
  readonly claims: readonly string[];
  readonly openedBy: string | null;
  readonly state: 'opened' | 'resolved';
}

export interface TriggerContent {
  readonly work: string;
  readonly kind: TriggerKind;
  readonly months: number | null;
  readonly party: string | null;
  readonly state: (typeof TRIGGER_STATES)[number];
  readonly inEffectAt: number | null;
}

export interface MandateContent {
  readonly representative: string;
  readonly purposes: readonly Purpose[] | null;
  readonly validUntil: number | null;
  readonly state: 'confirmed' | 'revoked';
  readonly society: boolean;
}

const LINK_KINDS = ['embodies', 'contains', 'samples', 'illustrated_by'];
const TRIGGER_STATES = ['declared', 'dissented', 'in_effect', 'objected', 'dropped'] as const;
const DISPUTE_ENDS = ['withdrawn', 'upheld', 'dismissed', 'lapsed'];
const CLAIM_STATES = ['active', 'disputed', 'withdrawn'];

/** Holds a leaf against what its type means. Throws {@link ReplayFault}. */
function demand(leaf: Leaf, isGood: boolean, reason: string): void {
  if (!isGood) throw new ReplayFault('content', leaf.index, reason);
}

function demandFields(leaf: Leaf, names: readonly string[]): Fields {
  for (const name of names) demand(leaf, name in leaf.content, `it has no ${name}`);
  return leaf.content as Fields;
}

const EMPTY: readonly never[] = Object.freeze([]);

export function workContent(leaf: Leaf): WorkContent {
  const c = leaf.content as Fields;
  demand(leaf, isId('work', leaf.stream), 'its stream is no work');
  const isFirst = leaf.n === 1;
  if (isFirst) {
    demandFields(leaf, ['kind', 'identifiers', 'links', 'catalogues']);
    demand(
      leaf,
      (WORK_KINDS as readonly string[]).includes(c['kind']!),
      'there is no such kind of work',
    );
  }
  const begins = ['kind', 'releasedOn', 'identifiers', 'links', 'catalogues'];
  for (const name of Object.keys(c)) {
    const where = isFirst ? 'the first leaf of a work' : 'a later leaf of a work';
    demand(leaf, begins.includes(name) === isFirst, `${where} has no ${name}`);
  }
  const addLinks: readonly LinkContent[] = c[isFirst ? 'links' : 'addLinks'] ?? EMPTY;
  const removeLinks: readonly LinkContent[] = c['removeLinks'] ?? EMPTY;
  for (const { kind, to } of [...addLinks, ...removeLinks]) {
    demand(
      leaf,
      LINK_KINDS.includes(kind) && isId('work', to),
      'it has a link of no kind, or to no work',
    );
  }
  for (const { verified } of addLinks) {
    demand(leaf, verified !== undefined, 'a link does not say whether it is verified');
  }
  const addCatalogues: readonly CatalogueContent[] =
    c[isFirst ? 'catalogues' : 'addCatalogues'] ?? EMPTY;
  for (const { id, keeper } of addCatalogues) {
    const isGood = isId('catalogue', id) && isId('party', keeper);
    demand(leaf, isGood, 'it names no catalogue, or nobody who keeps it');
  }
  return {
    born: isFirst ? { kind: c['kind']!, releasedOn: c['releasedOn'] } : null,
    addIdentifiers: c[isFirst ? 'identifiers' : 'addIdentifiers'] ?? EMPTY,
    removeIdentifiers: c['removeIdentifiers'] ?? EMPTY,
    ...{ addLinks, removeLinks, addCatalogues },
    removeCatalogues: c['removeCatalogues'] ?? EMPTY,
  };
}

export function claimContent(leaf: Leaf): ClaimContent {
  const c = demandFields(leaf, [
    ...['party', 'work', 'layer', 'role', 'sharePpm', 'territory', 'exclusive', 'level'],
    ...['method', 'state', 'mandate', 'madeAt'],
  ]) as unknown as ClaimContent;
  demand(leaf, isId('claim', leaf.stream), 'its stream is no claim');
  demand(leaf, isId('party', c.party) && isId('work', c.work), 'it names no party or no work');
  demand(leaf, LAYERS.includes(c.layer), 'there is no such layer');
  demand(leaf, c.sharePpm >= 1 && c.sharePpm <= 1_000_000, 'its share is not within the whole');
  demand(leaf, c.level <= 4, 'there is no such level');
  demand(leaf, CLAIM_STATES.includes(c.state), 'there is no such state of a claim');
  demand(
    leaf,
    (c.madeAt === null) === (leaf.n === 1),
    'only a first version is made at its own time',
  );
  return c;
}

export function declarationContent(leaf: Leaf): DeclarationContent {
  const c = demandFields(leaf, [
    ...['declaration', 'party', 'layer', 'subjectKind', 'subject', 'terms'],
    ...['effectiveFrom', 'effectiveUntil', 'withdraws'],
  ]) as unknown as DeclarationContent;
  const { party, layer, subjectKind, subject } = c;
  demand(
    leaf,
    isId('declaration', c.declaration) && isId('party', party),
    'it names no declaration or no party',
  );
  demand(leaf, LAYERS.includes(layer), 'there is no such layer');
  demand(leaf, SUBJECT_KINDS.includes(subjectKind), 'there is no such kind of subject');
  const kind = subjectKind === 'release' ? 'work' : subjectKind;
  demand(leaf, isId(kind, subject), `its subject is no ${subjectKind}`);
  const stream = `${party}/${layer}/${subjectKind}/${subject}`;
  demand(leaf, leaf.stream === stream, 'its stream is not that of its party, layer and subject');
  return c;
}

export function disputeContent(leaf: Leaf): DisputeContent {
  const c = demandFields(leaf, ['work', 'layer', 'claims', 'openedBy', 'state', 'how']) as unknown;
  const { work, layer, claims, openedBy, state, how } = c as DisputeContent & {
    how: string | null;
  };
  demand(leaf, isId('dispute', leaf.stream), 'its stream is no dispute');
  demand(leaf, isId('work', work), 'it names no work');
  demand(leaf, LAYERS.includes(layer), 'there is no such layer');
  const areClaims = claims.length >= 2 && claims.every((one) => isId('claim', one));
  demand(leaf, areClaims, 'it does not name two claims');
  demand(leaf, openedBy === null || isId('party', openedBy), 'nobody opened it');
  const expected = leaf.n === 1 ? 'opened' : 'resolved';
  demand(leaf, state === expected && leaf.n <= 2, 'a dispute is opened, then resolved');
  const isEnd = how !== null && DISPUTE_ENDS.includes(how);
  demand(leaf, state === 'opened' ? how === null : isEnd, 'it does not say how the dispute ended');
  return c as DisputeContent;
}

export function triggerContent(leaf: Leaf): TriggerContent {
  const names = ['work', 'kind', 'months', 'party', 'evidence', 'state', 'holders', 'inEffectAt'];
  const c = demandFields(leaf, names) as unknown as TriggerContent;
  const { work, kind, party, state, inEffectAt } = c;
  demand(leaf, isId('work', work), 'it names no work');
  demand(leaf, TRIGGER_KINDS.includes(kind), 'there is no such trigger');
  demand(leaf, leaf.stream === `${work}/${kind}`, 'its stream is not that of its work and kind');
  demand(leaf, TRIGGER_STATES.includes(state), 'there is no such state of a trigger');
  const isByNobody = state === 'in_effect' || state === 'dropped';
  demand(
    leaf,
    isByNobody ? party === null : isId('party', party),
    'it names no party, or one too many',
  );
  const isTimed =
    state === 'in_effect' ? inEffectAt !== null && inEffectAt > leaf.t : inEffectAt === null;
  demand(leaf, isTimed, 'only what takes effect says when, and that is later');
  return c;
}

export function mandateContent(leaf: Leaf): MandateContent {
  const c = demandFields(leaf, [
    ...['principal', 'representative', 'rights', 'purposes', 'territory', 'validFrom'],
    ...['validUntil', 'state', 'society'],
  ]) as unknown as MandateContent & { principal: string };
  demand(leaf, isId('mandate', leaf.stream), 'its stream is no mandate');
  demand(leaf, isId('party', c.principal) && isId('party', c.representative), 'it names no party');
  demand(leaf, c.purposes === null || c.purposes.every(isPurpose), 'there is no such purpose');
  const expected = leaf.n === 1 ? 'confirmed' : 'revoked';
  demand(leaf, c.state === expected && leaf.n <= 2, 'a mandate is confirmed, then revoked');
  return c;
}
