import type { TriggerStepRow } from '../preservation.query.js';

export class TriggerStepResponse {
  /** Which state of the work. */
  kind: string;
  /** Counts the steps of this work and kind. */
  step: number;
  state: 'declared' | 'dissented' | 'in_effect' | 'objected' | 'dropped';
  /** Who said so; null where it followed by itself. */
  party: string | null;
  months: number | null;
  evidenceUrl: string | null;
  /** SHA-256 in hex. */
  evidenceDigest: string | null;
  /** How many registered archives held the work then. */
  holders: number | null;
  /** From when on it counts, UTC, unless somebody objects before. */
  inEffectAt: string | null;
  /** UTC. */
  recordedAt: string;

  static from(row: TriggerStepRow): TriggerStepResponse {
    const { partyId: party, inEffectAt, recordedAt, ...rest } = row;
    return {
      ...{ ...rest, party },
      inEffectAt: inEffectAt?.toISOString() ?? null,
      recordedAt: recordedAt.toISOString(),
    };
  }
}

export class TriggersResponse {
  /** Newest first. */
  items: TriggerStepResponse[];

  static from(rows: readonly TriggerStepRow[]): TriggersResponse {
    return { items: rows.map(TriggerStepResponse.from) };
  }
}
