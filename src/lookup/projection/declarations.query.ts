import type { Layer } from '#vocabulary';
import type { SubjectKind } from '#consent/domain';
import type { DeclarationRow } from '../domain/statements.js';

/** The columns that a statement is made from. */
export const DECLARATION_COLUMNS = `declaration_id, party_id, layer, subject_kind, subject_id,
  term_set_id, effective_from, effective_until, withdraws, recorded_at, leaf_index, assertion_id`;

export interface DeclarationColumns {
  declaration_id: string;
  party_id: string;
  layer: Layer;
  subject_kind: SubjectKind;
  subject_id: string;
  term_set_id: string;
  effective_from: Date | null;
  effective_until: Date | null;
  withdraws: string | null;
  recorded_at: Date;
  leaf_index: string;
  assertion_id: string | null;
}

export function declarationOf(row: DeclarationColumns): DeclarationRow {
  return {
    declarationId: row.declaration_id,
    logIndex: Number(row.leaf_index),
    termSetId: Number(row.term_set_id),
    party: row.party_id,
    layer: row.layer,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    recordedAt: row.recorded_at.getTime(),
    ...(row.effective_from ? { effectiveFrom: row.effective_from.getTime() } : {}),
    ...(row.effective_until ? { effectiveUntil: row.effective_until.getTime() } : {}),
    ...(row.withdraws ? { withdraws: row.withdraws } : {}),
    ...(row.assertion_id ? { auth: 'passkey' as const } : {}),
  };
}
