import type { Layer } from '#vocabulary';
import type { DisputeRow } from '../disputes.query.js';
import type { DisputeEnd } from '../domain/index.js';

export class DisputeResponse {
  /** @example dsp_01kaq9x3n6fq2s7v4c8b5d0e1g */
  id: string;
  work: string;
  layer: Layer;
  /** The claims that are in dispute with each other. */
  claims: string[];
  /** Who holds them. */
  parties: string[];
  /** The party that opened it; null where the registry found two exclusive claims by itself. */
  openedBy: string | null;
  state: 'opened' | 'resolved';
  /** How it ended: `lapsed` when one side fell away. */
  how: DisputeEnd | null;
  /** When it was opened, UTC. */
  openedAt: string;
  /** When it ended, UTC. */
  resolvedAt: string | null;

  static from(dispute: DisputeRow): DisputeResponse {
    return {
      id: dispute.disputeId,
      work: dispute.workId,
      layer: dispute.layer,
      claims: [...dispute.claimIds],
      parties: [...dispute.partyIds],
      openedBy: dispute.openedBy,
      state: dispute.state,
      how: dispute.how,
      openedAt: dispute.openedAt.toISOString(),
      resolvedAt: dispute.resolvedAt?.toISOString() ?? null,
    };
  }
}

export class DisputePageResponse {
  items: DisputeResponse[];
  nextCursor: string | null;
}
