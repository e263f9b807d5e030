import type { Layer, Territory, VerificationLevel, WorkKind } from '#vocabulary';

/** What a claimant is to the work. A closed list, because it stands in the public log. */
export const CLAIM_ROLES = [
  'owner',
  'author',
  'composer',
  'lyricist',
  'arranger',
  'performer',
  'producer',
  'label',
  'publisher',
  'licensee',
  'collecting_society',
  'assignee',
  'heir',
  'visual_artist',
  'photographer',
  'director',
] as const;

export type ClaimRole = (typeof CLAIM_ROLES)[number];

export type ClaimState = 'active' | 'disputed' | 'withdrawn';

/**
 * How the level came about: it follows the holder's own level, or that of the principal whose
 * mandate the claim rests on, or an operator decided it on evidence.
 */
export type ClaimMethod = 'party' | 'mandate' | 'operator';

/** One version of a claim as the registry keeps it. Instants are epoch milliseconds. */
export interface Claim {
  readonly claimId: string;
  readonly version: number;
  readonly workId: string;
  readonly partyId: string;
  readonly layer: Layer;
  readonly role: ClaimRole;
  readonly sharePpm: number;
  /** Null: the whole world. */
  readonly territory: Territory | null;
  readonly exclusive: boolean;
  readonly level: VerificationLevel;
  readonly method: ClaimMethod;
  readonly evidence: string | null;
  readonly state: ClaimState;
  readonly mandateId: string | null;
  /** The account that made this version; of one that followed the holder, that of the one before. */
  readonly madeBy: string;
  readonly madeAt: number;
}

/** The layers that can be claimed on each kind of work. A release is answered by what it contains. */
const LAYERS_OF: Readonly<Record<WorkKind, readonly Layer[]>> = {
  recording: ['recording', 'performance'],
  composition: ['composition'],
  release: [],
  artwork: ['artwork'],
  text: ['text'],
  image: ['image'],
  video: ['video', 'performance'],
};

/** Why this layer can't be claimed on a work of this kind, or null when it can. */
export function layerFault(kind: WorkKind, layer: Layer): string | null {
  const layers = LAYERS_OF[kind];
  if (layers.includes(layer)) return null;
  if (layers.length === 0) return `nothing is claimed on a ${kind}: claim the works it contains`;
  const hint =
    layer === 'composition' && kind === 'recording'
      ? '; claim the composition that it embodies'
      : '';
  return `a ${kind} has the layers ${layers.join(', ')}, not ${layer}${hint}`;
}

/**
 * The next version of a claim, or null when the claim is withdrawn or nothing would change; who made
 * it is no change by itself.
 */
export function nextVersion(
  claim: Claim,
  change: Partial<Pick<Claim, 'level' | 'method' | 'evidence' | 'state' | 'madeBy'>>,
): Claim | null {
  if (claim.state === 'withdrawn') return null;
  const next = { ...claim, ...change, version: claim.version + 1 };
  const same =
    next.level === claim.level &&
    next.method === claim.method &&
    next.evidence === claim.evidence &&
    next.state === claim.state;
  return same ? null : next;
}
