import { encodePosition, type Position } from '../domain/index.js';
import type { HoldingEntity } from '../entities/holding.entity.js';
import type { HoldingPage } from '../holding-changes.service.js';
import { isThereMore } from './changes.response.js';

export class HoldingResponse {
  /** @example hld_01kaq9x3n6fq2s7v4c8b5d0e1g */
  id: string;
  /** How many identifiers are held. */
  identifiers: number;
  /** Log size from which on changes count. */
  since: number;
  webhook: string | null;
  /** `paused` after three days without success, or once the receiver said 410; resume to go on. */
  state: 'active' | 'paused';
  /** Log size up to which the webhook was told. */
  toldUpTo: number;
  /** Failures since the last success. */
  failures: number;
  nextTryAt: string | null;
  createdAt: string;

  static from(holding: HoldingEntity): HoldingResponse {
    return {
      id: holding.holdingId,
      identifiers: holding.identifiers,
      since: Number(holding.since),
      webhook: holding.webhookId,
      state: holding.state,
      toldUpTo: Number(holding.toldUpTo),
      failures: holding.failures,
      nextTryAt: holding.retryAt?.toISOString() ?? null,
      createdAt: holding.createdAt.toISOString(),
    };
  }
}

export class HoldingsResponse {
  holdings: HoldingResponse[];
}

export class HeldChangeResponse {
  /** @example isrc */
  scheme: string;
  /** @example USUG11904206 */
  value: string;
  /** Of the last leaf that may have changed its answer. */
  index: number;
}

export class HoldingChangesResponse {
  /** What is held and may have another answer now; ask for it anew. */
  changed: HeldChangeResponse[];
  /** Other rules hold: everything that is held may have changed. */
  everything?: boolean;
  /** Log size that this page begins at. */
  since: number;
  /** Log size up to which everything is told with this page: the next `since`. */
  upTo: number;
  /** Log size of the last published checkpoint; nothing beyond it is told. */
  logSize: number;
  /** Where to go on, also after a page with nothing in it; null where nothing more is there yet. */
  nextCursor: string | null;

  static from(page: HoldingPage & { from: Position }): HoldingChangesResponse {
    const { changed, everything, from, next, logSize } = page;
    return {
      changed: changed as HeldChangeResponse[],
      ...(everything ? { everything } : {}),
      ...{ since: from.index, upTo: next.index, logSize },
      nextCursor: isThereMore(next, logSize) ? encodePosition(next) : null,
    };
  }
}
