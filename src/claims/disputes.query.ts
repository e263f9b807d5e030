import { Injectable } from '@nestjs/common';
import { Database, type PageRequest } from '#platform';
import { DISPUTE_COLUMNS } from './disputes.repository.js';
import type { Dispute } from './domain/index.js';

/** A dispute as it is now, with when it began and when it ended. */
export type DisputeRow = Dispute & { openedAt: Date; resolvedAt: Date | null };

const CURRENT = `SELECT DISTINCT ON (dispute_id) ${DISPUTE_COLUMNS},
    (SELECT o.recorded_at FROM disputes o WHERE o.dispute_id = d.dispute_id AND o.version = 1)
      AS "openedAt",
    CASE WHEN version = 2 THEN recorded_at END AS "resolvedAt"
  FROM disputes d`;

/** Read-only SQL over disputes. */
@Injectable()
export class DisputesQuery {
  constructor(private readonly database: Database) {}

  async findDispute(disputeId: string): Promise<DisputeRow | null> {
    const [row] = await this.database.reader.query(
      `${CURRENT} WHERE dispute_id = $1 ORDER BY dispute_id, version DESC`,
      [disputeId],
    );
    return row ?? null;
  }

  async listOfWork(workId: string, page: PageRequest): Promise<DisputeRow[]> {
    return this.database.reader.query(
      `${CURRENT} WHERE work_id = $1 AND dispute_id > $2 ORDER BY dispute_id, version DESC LIMIT $3`,
      [workId, page.after, page.limit + 1],
    );
  }
}
