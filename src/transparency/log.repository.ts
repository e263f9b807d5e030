import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import type { TreeState } from './domain/index.js';

export interface HeadRow extends TreeState {
  readonly recordedAt: number;
}

export interface LeafRow {
  readonly leafIndex: number;
  readonly leafHash: Buffer;
  readonly entry: Buffer;
  readonly leafType: string;
  readonly streamKey: string;
  readonly streamVersion: number;
  /** Parties that are told of it. */
  readonly concerns: readonly string[];
}

@Injectable()
export class LogRepository {
  /** The head, locked until the transaction ends: one append at a time in the whole database. */
  async lockHead(tx: Transaction): Promise<HeadRow> {
    const [row] = await tx.manager.query(
      `SELECT size, frontier, recorded_at FROM log_head FOR UPDATE`,
    );
    const frontier: Buffer[] = [];
    for (let at = 0; at < row.frontier.length; at += 32) {
      frontier.push(row.frontier.subarray(at, at + 32));
    }
    return { size: Number(row.size), frontier, recordedAt: row.recorded_at.getTime() };
  }

  /** The last leaf of each of these streams that has one. */
  async lastOfStreams(
    tx: Transaction,
    streams: readonly string[],
  ): Promise<Map<string, { streamVersion: number; leafIndex: number }>> {
    const rows = await tx.manager.query(
      `SELECT key, last.stream_version, last.leaf_index
       FROM unnest($1::text[]) AS key
       CROSS JOIN LATERAL (
         SELECT stream_version, leaf_index FROM log_leaves
         WHERE stream_key = key ORDER BY stream_version DESC LIMIT 1
       ) AS last`,
      [streams],
    );
    return new Map(
      rows.map((row: { key: string; stream_version: number; leaf_index: string }) => [
        row.key,
        { streamVersion: row.stream_version, leafIndex: Number(row.leaf_index) },
      ]),
    );
  }

  async findLastEntry(tx: Transaction, stream: string): Promise<Buffer | null> {
    const [row] = await tx.manager.query(
      `SELECT entry FROM log_leaves WHERE stream_key = $1 ORDER BY stream_version DESC LIMIT 1`,
      [stream],
    );
    return row?.entry ?? null;
  }

  /**
   * Stores leaves, at least one and in the order of their indexes, and the head that they make, in one statement: every statement under the head's
   * lock keeps all other writers waiting. The commit does not wait for the disk, because nobody is
   * told of the change before a signed checkpoint covers it, and whoever signs flushes first
   * (docs/decisions/0009).
   */
  async appendLeaves(
    tx: Transaction,
    leaves: readonly LeafRow[],
    head: { tree: TreeState; root: Buffer; recordedAt: number },
  ): Promise<void> {
    const concerned = leaves.flatMap((leaf) =>
      [...new Set(leaf.concerns)].map((party) => [party, leaf.leafIndex] as const),
    );
    let start = 1;
    const starts = leaves.map(({ entry }) => (start += entry.length) - entry.length);
    await tx.manager.query(
      `WITH leaves AS (
         INSERT INTO log_leaves (leaf_index, leaf_hash, entry, leaf_type, stream_key,
           stream_version, recorded_at)
         SELECT $1::bigint + nth - 1, substring($2::bytea FROM (nth::integer - 1) * 32 + 1 FOR 32),
           substring($3::bytea FROM start FOR length), type, stream, version, $7::timestamptz
         FROM unnest($4::text[], $5::text[], $6::integer[], $13::integer[], $14::integer[])
           WITH ORDINALITY AS leaf (type, stream, version, start, length, nth)
       ), concerns AS (
         INSERT INTO log_concerns (party_id, leaf_index)
         SELECT * FROM unnest($8::text[], $9::bigint[])
       )
       UPDATE log_head SET size = $10, root = $11, frontier = $12, recorded_at = $7
       FROM set_config('synchronous_commit', 'off', true)`,
      [
        leaves[0]!.leafIndex,
        // One value instead of one in each row: the driver would write an array of bytes as text.
        Buffer.concat(leaves.map((leaf) => leaf.leafHash)),
        Buffer.concat(leaves.map((leaf) => leaf.entry)),
        leaves.map((leaf) => leaf.leafType),
        leaves.map((leaf) => leaf.streamKey),
        leaves.map((leaf) => leaf.streamVersion),
        new Date(head.recordedAt),
        concerned.map(([party]) => party),
        concerned.map(([, leafIndex]) => leafIndex),
        head.tree.size,
        head.root,
        Buffer.concat(head.tree.frontier as Buffer[]),
        starts,
        leaves.map((leaf) => leaf.entry.length),
      ],
    );
  }
}
