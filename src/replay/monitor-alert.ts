import type { FaultKind } from './domain/index.js';

/**
 * What a monitor can find:
 * - `checkpoint`, `tree`: not signed by whom it must be, or not what the signed root says
 * - `fork`: two histories of one log; `cut` is one that has lost its end
 * - `form`, `content`, `stream`, `order`, `opening`: a leaf that must not be there
 * - `future`, `backdated`: a leaf whose time is not when it was recorded
 * - `vocabulary`: other lists than this monitor computes with
 * - `answer`, `stale`, `unpublished`: a live lookup that says something else than the log
 * - `unreachable`: the registry does not answer
 */
export type AlertKind =
  | FaultKind
  | 'checkpoint'
  | 'tree'
  | 'fork'
  | 'future'
  | 'backdated'
  | 'vocabulary'
  | 'answer'
  | 'stale'
  | 'unpublished'
  | 'unreachable';

export interface Alert {
  readonly kind: AlertKind;
  readonly detail: string;
  /** ISO 8601. */
  readonly at: string;
  /** Log size that the monitor had verified by then. */
  readonly size: number;
}

/** The largest tree that a monitor saw, to be kept between its runs. */
export interface Seen {
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** When the log was last seen with this size, epoch ms. */
  readonly seenAt: number;
}

/** Reads what {@link writeSeen} wrote; null for anything else. */
export function readSeen(text: string): Seen | null {
  try {
    const seen = JSON.parse(text) as Seen & { v?: unknown };
    const isGood =
      seen.v === 1 &&
      typeof seen.origin === 'string' &&
      [seen.size, seen.seenAt].every((one) => Number.isSafeInteger(one) && one >= 0) &&
      Buffer.from(String(seen.root), 'base64').length === 32;
    const { origin, size, root, seenAt } = seen;
    return isGood ? { origin, size, root, seenAt } : null;
  } catch {
    return null;
  }
}

export function writeSeen(seen: Seen): string {
  return `${JSON.stringify({ v: 1, ...seen })}\n`;
}
