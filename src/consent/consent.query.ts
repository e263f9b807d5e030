import { Injectable } from '@nestjs/common';
import { Database, type PageRequest } from '#platform';
import type { Layer } from '#vocabulary';
import { ERASED_TERMS, type SubjectKind } from './domain/index.js';
import type { TermSetContent } from './term-set.js';

export interface DeclarationRow {
  declarationId: string;
  partyId: string;
  layer: Layer;
  subjectKind: SubjectKind;
  subjectId: string;
  version: number;
  content: TermSetContent;
  effectiveFrom: Date | null;
  effectiveUntil: Date | null;
  withdraws: string | null;
  template: string | null;
  recordedAt: Date;
  logIndex: number;
  /** The assertion that signed it, where one did. */
  assertionId: string | null;
  /** No newer one takes its place on the same subject and layer. */
  current: boolean;
}

const SELECT = `
  SELECT d.declaration_id AS "declarationId", d.party_id AS "partyId", d.layer,
    d.subject_kind AS "subjectKind", d.subject_id AS "subjectId", d.version, t.content,
    d.effective_from AS "effectiveFrom", d.effective_until AS "effectiveUntil", d.withdraws,
    d.template, d.recorded_at AS "recordedAt", d.leaf_index::float8 AS "logIndex",
    d.assertion_id AS "assertionId",
    NOT EXISTS (
      SELECT FROM declarations n
      WHERE (n.subject_id, n.party_id, n.layer, n.subject_kind)
          = (d.subject_id, d.party_id, d.layer, d.subject_kind) AND n.version > d.version
    ) AS current
  FROM declarations d JOIN term_sets t USING (term_set_id)`;

/** Read-only SQL over declarations. */
@Injectable()
export class ConsentQuery {
  constructor(private readonly database: Database) {}

  async findDeclaration(declarationId: string): Promise<DeclarationRow | null> {
    const [row] = await this.rows(`${SELECT} WHERE d.declaration_id = $1`, [declarationId]);
    return row ?? null;
  }

  /** The declarations of a party in the order in which they were made. */
  async listOfParty(partyId: string, page: PageRequest): Promise<DeclarationRow[]> {
    return this.rows(
      `${SELECT} WHERE d.party_id = $1 AND d.declaration_id > $2
       ORDER BY d.declaration_id LIMIT $3`,
      [partyId, page.after, page.limit + 1],
    );
  }

  private async rows(sql: string, parameters: unknown[]): Promise<DeclarationRow[]> {
    const rows: DeclarationRow[] = await this.database.reader.query(sql, parameters);
    return rows.map((row) => ({ ...row, content: row.content ?? ERASED_TERMS }));
  }

  /** The compositions that this work embodies now. */
  async listCompositionsOf(workId: string): Promise<string[]> {
    const rows = await this.database.reader.query(
      `SELECT l.to_work_id FROM work_links l JOIN works w ON w.work_id = l.to_work_id
       WHERE l.from_work_id = $1 AND l.kind = 'embodies' AND l.removed_at IS NULL
         AND w.kind = 'composition' ORDER BY 1`,
      [workId],
    );
    return rows.map((row: { to_work_id: string }) => row.to_work_id);
  }
}
