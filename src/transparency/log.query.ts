import { Injectable } from '@nestjs/common';
import { Database } from '#platform';

export interface LeafView {
  readonly index: number;
  readonly hash: Buffer;
  readonly entry: Buffer;
}

export interface SoughtLeaf {
  readonly index: number;
  /** Whether it must be on the disk when this returns. */
  readonly flushed: boolean;
}

@Injectable()
export class LogQuery {
  constructor(private readonly database: Database) {}

  async findLeaf(index: number): Promise<LeafView | null> {
    const [row] = await this.database.reader.query(
      `SELECT leaf_hash, entry FROM log_leaves WHERE leaf_index = $1`,
      [index],
    );
    return row ? { index, hash: row.leaf_hash, entry: row.entry } : null;
  }

  /** Size of the log and hash of its last leaf; null where it has none. */
  async findHead(): Promise<{ size: number; lastHash: Buffer } | null> {
    const [row] = await this.database.dataSource.query(
      `SELECT h.size, l.leaf_hash FROM log_head h JOIN log_leaves l ON l.leaf_index = h.size - 1`,
    );
    return row ? { size: Number(row.size), lastHash: row.leaf_hash } : null;
  }

  /** The hashes of leaves, in the order asked; null for one that is not there. */
  async findLeafHashes(sought: readonly SoughtLeaf[]): Promise<(Buffer | null)[]> {
    const flush = sought.some((one) => one.flushed);
    const rows: { i: string; h: Buffer }[] = await this.database.dataSource.query(
      `SELECT leaf_index AS i, leaf_hash AS h${
        flush ? `, pg_logical_emit_message(true, 'fermata', 'flush')` : ''
      }
       FROM log_leaves WHERE leaf_index = ANY($1::bigint[])`,
      [sought.map(({ index }) => index)],
    );
    const found = new Map(rows.map(({ i, h }) => [Number(i), h]));
    return sought.map(({ index }) => found.get(index) ?? null);
  }
}
