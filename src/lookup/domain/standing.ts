import type { Layer, Purpose, Territory, WorkKind } from '#vocabulary';
import { canonicalJson } from '#kernel';
import type { ClaimFact, TriggerInEffect } from '#consent/domain';

/** A claim as it counts from now on; who it belongs to is known by id. Instants in epoch ms. */
export interface StandingClaim {
  readonly party: string;
  readonly layer: Layer;
  readonly sharePpm: number;
  readonly level: ClaimFact['level'];
  readonly exclusive: boolean;
  readonly disputed: boolean;
  readonly territory?: Territory;
  /** Of unverified claims alone: they lapse counted from here. */
  readonly madeAt?: number;
  readonly until?: number;
  /** Purposes of a collecting society's mandate. */
  readonly speaksFor?: readonly Purpose[];
}

/** An open dispute over a layer of the work, between these parties. */
export interface StandingDispute {
  readonly disputeId: string;
  readonly layer: Layer;
  readonly parties: readonly string[];
}

/** A declaration whose subject is the work itself. Instants in epoch ms. */
export interface OwnStatement {
  readonly declarationId: string;
  readonly logIndex: number;
  readonly termSetId: number;
  readonly party: string;
  readonly layer: Layer;
  readonly recordedAt: number;
  readonly effectiveFrom?: number;
  readonly effectiveUntil?: number;
  readonly withdraws?: string;
  /** Signed with a passkey of the party's own; absent: the registry alone vouches. */
  readonly auth?: 'passkey';
}

/**
 * What the evaluation has to know of a work at one moment, apart from statements that cover more
 * than the work: those are reached by the ids of parties, catalogues and releases, so that a
 * party's new default touches no standing.
 */
export interface WorkStanding {
  /** Absent for an embodied work read back from a standing: its id would keep standings apart. */
  readonly workId?: string;
  readonly kind: WorkKind;
  /** YYYY-MM-DD. */
  readonly releasedOn?: string;
  readonly claims: readonly StandingClaim[];
  readonly statements: readonly OwnStatement[];
  /** Open disputes over its layers; absent where there are none. */
  readonly disputes?: readonly StandingDispute[];
  /** Triggers that archives declared and nobody stopped; absent where there are none. */
  readonly triggers?: readonly TriggerInEffect[];
  /** Catalogues of claimants that hold the work. */
  readonly catalogues: readonly string[];
  /** Releases that contain the work and have statements of their own. */
  readonly releases: readonly string[];
  readonly embodies: readonly WorkStanding[];
  readonly contains: readonly WorkStanding[];
  /** Works sampled by a verified link. */
  readonly samples: readonly WorkStanding[];
}

/** A work beyond the depth that is followed: nobody speaks for it, so nothing through it permits. */
export function unfollowed(workId: string, kind: WorkKind): WorkStanding {
  return {
    workId,
    kind,
    claims: [],
    statements: [],
    catalogues: [],
    releases: [],
    embodies: [],
    contains: [],
    samples: [],
  };
}

/**
 * A standing without any id: positions into `refs` stand where ids were. Members that would be
 * empty are absent. Works in the same position have equal shapes, and there are few shapes.
 */
export interface Shape {
  readonly kind: WorkKind;
  readonly released?: number;
  readonly claims?: readonly ShapeClaim[];
  /** Positions of own statements (see {@link encodeStanding}) with party and layer. */
  readonly statements?: readonly { readonly party: number; layer: Layer; readonly at: number }[];
  readonly disputes?: readonly ShapeDispute[];
  /** Positions of `kind|inEffectSince|months`. */
  readonly triggers?: readonly number[];
  readonly catalogues?: readonly number[];
  readonly releases?: readonly number[];
  readonly embodies?: readonly Shape[];
  readonly contains?: readonly NamedShape[];
  readonly samples?: readonly NamedShape[];
}

export interface NamedShape {
  readonly work: number;
  readonly shape: Shape;
}

interface ShapeClaim {
  readonly party: number;
  readonly layer: Layer;
  readonly share: number;
  readonly level: ClaimFact['level'];
  readonly exclusive?: true;
  readonly disputed?: true;
  readonly territory?: Territory;
  readonly made?: number;
  readonly until?: number;
  readonly speaksFor?: readonly Purpose[];
}

interface ShapeDispute {
  readonly id: number;
  readonly layer: Layer;
  readonly parties: readonly number[];
}

export interface EncodedStanding {
  /** Canonical JSON of a {@link Shape}. */
  readonly shape: string;
  readonly refs: readonly string[];
}

/**
 * Splits a standing into its shape and the ids in it. Equal standings give equal text whatever the
 * order of their parts; the root's own id and release date belong to the entry, not the standing.
 */
export function encodeStanding(root: WorkStanding): EncodedStanding {
  const refs: string[] = [];
  const positions = new Map<string, number>();
  const at = (ref: string): number => {
    const known = positions.get(ref);
    if (known !== undefined) return known;
    positions.set(ref, refs.length);
    return refs.push(ref) - 1;
  };
  const shape = shapeOf(root, at, true);
  return { shape: canonicalJson(shape), refs };
}

type Place = (ref: string) => number;

function shapeOf(work: WorkStanding, at: Place, isRoot: boolean): Shape {
  return {
    kind: work.kind,
    ...(isRoot || work.releasedOn === undefined ? {} : { released: at(work.releasedOn) }),
    ...listed('claims', sortedBy(work.claims, claimKey), (claim) => shapeOfClaim(claim, at)),
    ...listed('statements', sortedBy(work.statements, statementKey), (one) => ({
      party: at(one.party),
      layer: one.layer,
      at: at(statementRef(one)),
    })),
    ...listed('disputes', sortedBy(work.disputes ?? [], disputeKey), (one) => ({
      id: at(one.disputeId),
      layer: one.layer,
      parties: [...one.parties].sort().map(at),
    })),
    ...listed('triggers', (work.triggers ?? []).map(triggerRef).sort(), at),
    ...listed('catalogues', [...work.catalogues].sort(), at),
    ...listed('releases', [...work.releases].sort(), at),
    ...listed('embodies', sortedBy(work.embodies, standaloneText), (one) =>
      shapeOf(one, at, false),
    ),
    ...listed('contains', sortedBy(work.contains, nameOf), (one) => namedShape(one, at)),
    ...listed('samples', sortedBy(work.samples, nameOf), (one) => namedShape(one, at)),
  };
}

function namedShape(work: WorkStanding, at: Place): NamedShape {
  return { work: at(nameOf(work)), shape: shapeOf(work, at, false) };
}

function nameOf(work: WorkStanding): string {
  return work.workId ?? '';
}

function shapeOfClaim(claim: StandingClaim, at: Place): ShapeClaim {
  return {
    party: at(claim.party),
    layer: claim.layer,
    share: claim.sharePpm,
    level: claim.level,
    ...(claim.exclusive ? { exclusive: true } : {}),
    ...(claim.disputed ? { disputed: true } : {}),
    ...(claim.territory === undefined ? {} : { territory: claim.territory }),
    ...(claim.madeAt === undefined ? {} : { made: at(String(claim.madeAt)) }),
    ...(claim.until === undefined ? {} : { until: at(String(claim.until)) }),
    ...(claim.speaksFor === undefined ? {} : { speaksFor: claim.speaksFor }),
  };
}

function listed<Name extends string, In, Out>(
  name: Name,
  parts: readonly In[],
  map: (part: In) => Out,
): { [key in Name]?: Out[] } {
  return parts.length === 0 ? {} : ({ [name]: parts.map((part) => map(part)) } as never);
}

/** What tells claims apart comes before whose they are, so that parties in one position share. */
function claimKey(claim: StandingClaim): string {
  const { party, ...rest } = claim;
  return `${claim.layer} ${canonicalJson(rest)} ${party}`;
}

function statementKey(one: OwnStatement): string {
  return `${one.layer} ${String(one.logIndex).padStart(16, '0')} ${one.declarationId}`;
}

function disputeKey(one: StandingDispute): string {
  return `${one.layer} ${one.disputeId}`;
}

function triggerRef(one: TriggerInEffect): string {
  return [one.kind, one.inEffectSince, one.months ?? ''].join('|');
}

function standaloneText(work: WorkStanding): string {
  const { shape, refs } = encodeStanding(work);
  return `${shape} ${refs.join(' ')}`;
}

function sortedBy<T>(parts: readonly T[], key: (part: T) => string): readonly T[] {
  if (parts.length < 2) return parts;
  return parts
    .map((part) => ({ part, key: key(part) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ part }) => part);
}

/** Fields of a statement that differ from work to work, in one ref; empty where absent. */
function statementRef(one: OwnStatement): string {
  return [
    one.declarationId,
    one.logIndex,
    one.termSetId,
    one.recordedAt,
    one.effectiveFrom ?? '',
    one.effectiveUntil ?? '',
    one.withdraws ?? '',
    ...(one.auth ? [one.auth] : []),
  ].join('|');
}

/** The standing that `shape` and `refs` were made from, but for the ids of embodied works. */
export function decodeStanding(shape: Shape, refs: readonly string[]): WorkStanding {
  const named = (one: NamedShape) => ({
    ...decodeStanding(one.shape, refs),
    workId: ref(one.work),
  });
  const ref = (at: number) => refs[at]!;
  return {
    kind: shape.kind,
    ...(shape.released === undefined ? {} : { releasedOn: ref(shape.released) }),
    claims: (shape.claims ?? []).map((claim) => claimOf(claim, refs)),
    statements: (shape.statements ?? []).map((one) =>
      statementOf(ref(one.party), one.layer, ref(one.at)),
    ),
    ...(shape.disputes === undefined
      ? {}
      : { disputes: shape.disputes.map((one) => disputeOf(one, refs)) }),
    ...(shape.triggers === undefined
      ? {}
      : { triggers: shape.triggers.map((at) => triggerOf(ref(at))) }),
    catalogues: (shape.catalogues ?? []).map(ref),
    releases: (shape.releases ?? []).map(ref),
    embodies: (shape.embodies ?? []).map((one) => decodeStanding(one, refs)),
    contains: (shape.contains ?? []).map(named),
    samples: (shape.samples ?? []).map(named),
  };
}

function claimOf(claim: ShapeClaim, refs: readonly string[]): StandingClaim {
  return {
    party: refs[claim.party]!,
    layer: claim.layer,
    sharePpm: claim.share,
    level: claim.level,
    exclusive: claim.exclusive ?? false,
    disputed: claim.disputed ?? false,
    ...(claim.territory === undefined ? {} : { territory: claim.territory }),
    ...(claim.made === undefined ? {} : { madeAt: Number(refs[claim.made]) }),
    ...(claim.until === undefined ? {} : { until: Number(refs[claim.until]) }),
    ...(claim.speaksFor === undefined ? {} : { speaksFor: claim.speaksFor }),
  };
}

function disputeOf({ id, layer, parties }: ShapeDispute, refs: readonly string[]): StandingDispute {
  return { disputeId: refs[id]!, layer, parties: parties.map((at) => refs[at]!) };
}

function triggerOf(ref: string): TriggerInEffect {
  const [kind, since, months] = ref.split('|');
  return {
    kind: kind as TriggerInEffect['kind'],
    inEffectSince: Number(since),
    ...(months ? { months: Number(months) } : {}),
  };
}

function statementOf(party: string, layer: Layer, ref: string): OwnStatement {
  const [declarationId, logIndex, termSetId, recordedAt, from, until, withdraws, auth] =
    ref.split('|');
  return {
    declarationId: declarationId!,
    logIndex: Number(logIndex),
    termSetId: Number(termSetId),
    party,
    layer,
    recordedAt: Number(recordedAt),
    ...(from ? { effectiveFrom: Number(from) } : {}),
    ...(until ? { effectiveUntil: Number(until) } : {}),
    ...(withdraws ? { withdraws } : {}),
    ...(auth === 'passkey' ? { auth } : {}),
  };
}
