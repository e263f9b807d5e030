import type { Duty, Explainable, Outcome } from '#consent/domain';
import type { Layer } from '#vocabulary';

/**
 * An answer as `GET /v1/lookup/{scheme}/{value}` gives it, as far as pages show it. The pages read
 * what programs read, so that nobody is told two stories. Members that would say nothing are absent.
 */
export interface WireAnswer {
  readonly scheme: string;
  readonly value: string;
  readonly result: 'found' | 'not_found' | 'ambiguous_match';
  readonly works?: readonly { readonly workId: string; readonly kind: string }[];
  readonly purposes: Readonly<Record<string, WirePurpose>>;
  readonly asOf: string;
  readonly log: { readonly size: number; readonly root: string };
  readonly vocabulary: string;
  readonly unknownPolicy: string;
  readonly overlays?: Readonly<Record<string, { readonly title: string; readonly note: string }>>;
}

export interface WirePurpose {
  readonly outcome: Outcome;
  readonly basis?: Explainable['basis'];
  readonly reasons?: Explainable['reasons'];
  readonly state?: Explainable['state'];
  readonly layers?: readonly WireLayer[];
  readonly decidedBy?: readonly WireDecider[];
  readonly missingLayers?: readonly Layer[];
  readonly duties?: readonly Duty[];
  readonly offers?: readonly WireOffer[];
  readonly overlays?: readonly string[];
  readonly conflict?: boolean;
  readonly disputeIds?: readonly string[];
  readonly works?: readonly WireWork[];
  readonly contained?: readonly WireWork[];
  readonly validUntil: string;
}

export interface WireLayer {
  readonly layer: Layer;
  readonly workId?: string;
  readonly outcome: Outcome;
  readonly missingSharePpm?: number;
}

export interface WireDecider {
  readonly layer: Layer;
  readonly workId?: string;
  readonly declarationId: string;
  readonly logIndex?: number;
  readonly party: string;
  readonly level: number;
}

export interface WireOffer {
  readonly layer: Layer;
  readonly party: string;
  readonly duties?: readonly Duty[];
}

export interface WireWork {
  readonly workId: string;
  readonly outcome: Outcome;
}

/** Ids of all works and parties that a page about this answer will name. */
export function idsIn(answer: WireAnswer): { workIds: string[]; partyIds: string[] } {
  const workIds = new Set((answer.works ?? []).map(({ workId }) => workId));
  const partyIds = new Set<string>();
  for (const one of Object.values(answer.purposes)) {
    for (const { party } of [...(one.decidedBy ?? []), ...(one.offers ?? [])]) partyIds.add(party);
    for (const { workId } of [
      ...(one.layers ?? []),
      ...(one.works ?? []),
      ...(one.contained ?? []),
    ]) {
      if (workId !== undefined) workIds.add(workId);
    }
  }
  return { workIds: [...workIds], partyIds: [...partyIds] };
}
