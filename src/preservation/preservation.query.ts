import { Injectable } from '@nestjs/common';
import { Database } from '#platform';

/** One step on the way of a trigger, as anybody may read it. */
export interface TriggerStepRow {
  kind: string;
  step: number;
  state: 'declared' | 'dissented' | 'in_effect' | 'objected' | 'dropped';
  partyId: string | null;
  months: number | null;
  evidenceUrl: string | null;
  evidenceDigest: string | null;
  holders: number | null;
  inEffectAt: Date | null;
  recordedAt: Date;
}

/** A trigger has at most so many steps shown; each archive has one word in a round. */
const STEPS_MAX = 1_000;

@Injectable()
export class PreservationQuery {
  constructor(private readonly database: Database) {}

  /** The last steps of the triggers of a work, newest first. */
  async listTriggers(workId: string): Promise<TriggerStepRow[]> {
    return this.database.reader.query(
      `SELECT kind, step, state, party_id AS "partyId", months, evidence_url AS "evidenceUrl",
         evidence_digest AS "evidenceDigest", holders, in_effect_at AS "inEffectAt",
         recorded_at AS "recordedAt"
       FROM trigger_steps WHERE work_id = $1 ORDER BY leaf_index DESC LIMIT ${STEPS_MAX}`,
      [workId],
    );
  }

  /** What parties hold and declared, for whoever takes their data along. */
  async describe(partyIds: readonly string[]): Promise<Record<string, unknown>> {
    const [row] = await this.database.reader.query(
      `SELECT (SELECT coalesce(jsonb_agg(to_jsonb(h) ORDER BY work_id), '[]')
           FROM custodies h WHERE party_id = ANY($1)) AS custodies,
         (SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY leaf_index), '[]')
           FROM trigger_steps t WHERE party_id = ANY($1)) AS trigger_steps`,
      [partyIds],
    );
    return row;
  }
}
