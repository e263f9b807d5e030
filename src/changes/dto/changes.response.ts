import type { Change, ChangesPage } from '../changes.service.js';
import { encodePosition, type Position, subjectOf } from '../domain/index.js';

export class ChangedIdentifierResponse {
  /** @example isrc */
  scheme: string;
  /** @example USUG11904206 */
  value: string;
}

export class ChangedWorkResponse {
  workId: string;
  /** Those that lead to it now, and those that did when it changed. An erased work has none. */
  identifiers: ChangedIdentifierResponse[];
}

export class ChangeSubjectResponse {
  /** What the leaf is about: a work, release, catalogue or party, or what its type names. */
  kind: string;
  id: string;
}

export class ChangeResponse {
  /** Position of the leaf in the log, from 0. */
  index: number;
  /** @example declaration */
  type: string;
  time: string;
  subject: ChangeSubjectResponse;
  /** The works whose answers may have changed by it. */
  works: ChangedWorkResponse[];
  /** Other rules hold: any answer may have changed. */
  everything?: boolean;
  /** More works follow under the same index on the next page. */
  more?: boolean;

  static from(change: Change): ChangeResponse {
    const { index, leaf, recordedAt, scope, works, next } = change;
    return {
      ...{ index, type: String(leaf['type']), time: recordedAt.toISOString() },
      ...{ subject: subjectOf(leaf), works: works as ChangedWorkResponse[] },
      ...(scope.kind === 'everything' ? { everything: true } : {}),
      ...(next.index === index ? { more: true } : {}),
    };
  }
}

export class ChangesResponse {
  /** In the order of the log. */
  items: ChangeResponse[];
  /** Log size up to which everything is told with this page: the next `since`. */
  upTo: number;
  /** Log size of the last published checkpoint; nothing beyond it is told. */
  logSize: number;
  /** Where to go on; null where nothing more is there yet. */
  nextCursor: string | null;

  static from({ changes, next, logSize }: ChangesPage): ChangesResponse {
    return {
      items: changes.map(ChangeResponse.from),
      upTo: next.index,
      logSize,
      nextCursor: isThereMore(next, logSize) ? encodePosition(next) : null,
    };
  }
}

/** Whether there is something after a position already. */
export function isThereMore(next: Position, logSize: number): boolean {
  return next.index < logSize;
}
