import { Injectable } from '@nestjs/common';
import { Clock, DomainProblem } from '#kernel';
import type { Transaction } from '#platform';
import { Acknowledgements } from './acknowledgements.service.js';
import { appendLeaves, encodeLeaf, leafHash, type LeafDraft, rootOf } from './domain/index.js';
import { type HeadRow, type LeafRow, LogRepository } from './log.repository.js';

/** Where the log put some leaves: the index of each, in the order given, and their one time. */
export interface Appended {
  readonly leafIndexes: readonly number[];
  /** The place of each leaf in its stream. */
  readonly streamVersions: readonly number[];
  /** Epoch milliseconds, later than every leaf before. */
  readonly recordedAt: number;
  /** Hash of the last of them. */
  readonly lastHash: Buffer;
}

/** How far a clock may stand behind the last leaf before somebody has to look at it. */
export const CLOCK_BEHIND_MAX_MS = 5_000;

/**
 * Appends leaves in the caller's transaction: the change and its leaf exist together or not at all.
 *
 * The head row stays locked until the commit, and nothing that a leaf tells of changes without it.
 * So whoever decides by what is there now holds the head first, reads, and then appends. Rows of
 * parties and mandates are locked before the head, everywhere, and rows of works never: two
 * transactions that waited for each other would both be lost.
 */
@Injectable()
export class LogAppender {
  constructor(
    private readonly log: LogRepository,
    private readonly acknowledgements: Acknowledgements,
    private readonly clock: Clock,
  ) {}

  /**
   * For whoever appended in the name of other requests than the running one: holds back the answer to
   * the running request, too, until a checkpoint covers what was appended with it.
   */
  acknowledgeAfter({ leafIndexes, lastHash }: Appended): void {
    this.acknowledgements.holdUntil(leafIndexes.at(-1)! + 1, lastHash);
  }

  /** Keeps every other append waiting until this transaction ends. */
  async hold(tx: Transaction): Promise<void> {
    await this.log.lockHead(tx);
  }

  /** The content of the last leaf of a stream; null where it has none. Call it while holding. */
  async findLast(tx: Transaction, stream: string): Promise<Record<string, unknown> | null> {
    const entry = await this.log.findLastEntry(tx, stream);
    return entry && (JSON.parse(entry.toString('utf8')) as Record<string, unknown>);
  }

  async append(tx: Transaction, drafts: readonly LeafDraft[]): Promise<Appended> {
    await this.acknowledgements.refuseWhereHopeless();
    const head = await this.log.lockHead(tx);
    const recordedAt = this.timeAfter(head);
    const streams = await this.log.lastOfStreams(tx, [...new Set(drafts.map((d) => d.stream))]);
    const leaves = drafts.map((draft, offset): LeafRow => {
      const last = streams.get(draft.stream);
      const streamVersion = (last?.streamVersion ?? 0) + 1;
      const leafIndex = head.size + offset;
      streams.set(draft.stream, { streamVersion, leafIndex });
      const entry = encodeLeaf(draft, {
        streamVersion,
        previous: last?.leafIndex ?? null,
        recordedAt,
      });
      return {
        leafIndex,
        leafHash: leafHash(entry),
        entry,
        leafType: draft.type,
        streamKey: draft.stream,
        streamVersion,
        concerns: draft.concerns ?? [],
      };
    });
    const tree = appendLeaves(
      head,
      leaves.map((leaf) => leaf.leafHash),
    );
    await this.log.appendLeaves(tx, leaves, { tree, root: rootOf(tree), recordedAt });
    const lastHash = leaves.at(-1)!.leafHash;
    this.acknowledgements.expect(tx, tree.size, lastHash);
    return {
      leafIndexes: leaves.map((leaf) => leaf.leafIndex),
      streamVersions: leaves.map((leaf) => leaf.streamVersion),
      recordedAt,
      lastHash,
    };
  }

  /**
   * Strictly later than the last leaf: whoever asks "as of t" gets all leaves up to t, and no
   * transaction after this one can add another at t. A clock that went back is not papered over.
   */
  private timeAfter(head: HeadRow): number {
    const now = this.clock.now();
    if (now < head.recordedAt - CLOCK_BEHIND_MAX_MS) {
      throw new DomainProblem(
        'transparency/clock-behind',
        'The clock of this server stands behind the last leaf of the log; it has to be set right.',
        { retryAfterSeconds: 60 },
      );
    }
    return Math.max(now, head.recordedAt + 1);
  }
}
