import { Injectable } from '@nestjs/common';
import { Database } from '#platform';

interface NumberRow {
  digest: string;
  standing_id: number;
}

/** The numbers of standings, kept from snapshot to snapshot. */
@Injectable()
export class SnapshotStandings {
  constructor(private readonly database: Database) {}

  /**
   * The numbers of facts with these digests (hex, each once), in order; new ones get the next. `size` is
   * the log size of the snapshot that uses them.
   */
  async number(digests: readonly string[], size: number): Promise<number[]> {
    const known = await this.rows(
      `UPDATE snapshot_standings SET last_size = greatest(last_size, $2)
       WHERE digest IN (SELECT decode(digest, 'hex') FROM unnest($1::text[]) AS given (digest))
       RETURNING encode(digest, 'hex') AS digest, standing_id`,
      [digests, size],
    );
    const missing = digests.filter((digest) => !known.has(digest));
    if (missing.length === 0) return digests.map((digest) => known.get(digest)!);
    const fresh = await this.rows(
      `INSERT INTO snapshot_standings (digest, last_size)
       SELECT decode(digest, 'hex'), $2 FROM unnest($1::text[]) AS given (digest)
       RETURNING encode(digest, 'hex') AS digest, standing_id`,
      [missing, size],
    );
    return digests.map((digest) => (known.get(digest) ?? fresh.get(digest))!);
  }

  private async rows(sql: string, parameters: unknown[]): Promise<Map<string, number>> {
    const result = (await this.database.dataSource.query(sql, parameters)) as unknown;
    // TypeORM gives an UPDATE's rows with their number beside them.
    const [first] = result as unknown[];
    const rows = (Array.isArray(first) ? first : result) as NumberRow[];
    return new Map(rows.map((row) => [row.digest, row.standing_id]));
  }

  /** Forgets those that only snapshots before this log size have used. */
  async forgetBefore(size: number): Promise<void> {
    await this.database.dataSource.query(`DELETE FROM snapshot_standings WHERE last_size < $1`, [
      size,
    ]);
  }
}
