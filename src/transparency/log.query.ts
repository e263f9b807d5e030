import { Injectable } from '@nestjs/common';
import { Database } from '#platform';

export interface LeafView {
  readonly index: number;
  readonly hash: Buffer;
  readonly entry: Buffer;
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
}
