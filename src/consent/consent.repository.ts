import { Injectable } from '@nestjs/common';
import { canonicalJson } from '#kernel';
import type { Transaction } from '#platform';
import type { SubjectKind } from './domain/index.js';
import { DeclarationEntity } from './entities/declaration.entity.js';
import { type TermSetContent, termSetDigest } from './term-set.js';

export interface StreamKey {
  readonly partyId: string;
  readonly layer: string;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
}

/** The last declaration on a subject and layer, as far as the next one has to know it. */
export interface HeadRow {
  readonly declarationId: string;
  readonly version: number;
  readonly withdraws: string | null;
  readonly recordedAt: Date;
  readonly content: TermSetContent;
}

@Injectable()
export class ConsentRepository {
  /** The id of this content, stored once however often it is declared. */
  async internTermSet(tx: Transaction, content: TermSetContent): Promise<string> {
    const parameters = [termSetDigest(content), canonicalJson(content)];
    await tx.manager.query(
      `INSERT INTO term_sets (digest, content) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING`,
      parameters,
    );
    const [row] = await tx.manager.query(`SELECT term_set_id FROM term_sets WHERE digest = $1`, [
      parameters[0],
    ]);
    return row.term_set_id;
  }

  async insert(tx: Transaction, declarations: readonly DeclarationEntity[]): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(DeclarationEntity)
      .values([...declarations])
      .updateEntity(false)
      .execute();
  }

  /** The last declaration of each of these streams that has one, a withdrawal too. */
  async listHeads(tx: Transaction, streams: readonly StreamKey[]): Promise<HeadRow[]> {
    return tx.manager.query(
      `SELECT head.declaration_id AS "declarationId", head.version, head.withdraws,
         head.recorded_at AS "recordedAt", t.content
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
         AS stream (party_id, layer, subject_kind, subject_id)
       CROSS JOIN LATERAL (
         SELECT d.* FROM declarations d
         WHERE d.subject_id = stream.subject_id AND d.party_id = stream.party_id
           AND d.layer = stream.layer AND d.subject_kind = stream.subject_kind
         ORDER BY d.version DESC LIMIT 1
       ) AS head JOIN term_sets t USING (term_set_id)`,
      [
        streams.map((stream) => stream.partyId),
        streams.map((stream) => stream.layer),
        streams.map((stream) => stream.subjectKind),
        streams.map((stream) => stream.subjectId),
      ],
    );
  }
}
