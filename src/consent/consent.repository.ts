import { Injectable } from '@nestjs/common';
import { canonicalJson } from '#kernel';
import type { Transaction } from '#platform';
import { ERASED_TERMS, type SubjectKind } from './domain/index.js';
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
  /**
   * The ids of these contents by the hex of their digest, each stored once however often it is
   * declared. Most wishes were wished before, so what is there is looked for first.
   */
  async internTermSets(
    tx: Transaction,
    contents: readonly TermSetContent[],
  ): Promise<Map<string, string>> {
    const texts = new Map(
      contents.map((content) => [termSetDigest(content).toString('hex'), canonicalJson(content)]),
    );
    const found = await this.findTermSets(tx, [...texts.keys()]);
    const missing = [...texts].filter(([digest]) => !found.has(digest));
    if (missing.length === 0) return found;
    await tx.manager.query(
      `INSERT INTO term_sets (digest, content)
       SELECT decode(digest, 'hex'), content::jsonb
       FROM unnest($1::text[], $2::text[]) AS set (digest, content) ORDER BY digest
       ON CONFLICT (digest) WHERE content IS NOT NULL DO NOTHING`,
      [missing.map(([digest]) => digest), missing.map(([, text]) => text)],
    );
    return this.findTermSets(tx, [...texts.keys()]);
  }

  private async findTermSets(
    tx: Transaction,
    digests: readonly string[],
  ): Promise<Map<string, string>> {
    const rows: { digest: string; id: string }[] = await tx.manager.query(
      `SELECT encode(digest, 'hex') AS digest, term_set_id AS id FROM term_sets
       WHERE content IS NOT NULL
         AND digest = ANY (SELECT decode(one, 'hex') FROM unnest($1::text[]) AS one)`,
      [digests],
    );
    return new Map(rows.map(({ digest, id }) => [digest, id]));
  }

  /** One statement whatever their number; written by hand, because it runs under the log's lock. */
  async insert(tx: Transaction, declarations: readonly DeclarationEntity[]): Promise<void> {
    const column = <T>(of: (one: DeclarationEntity) => T) => declarations.map(of);
    await tx.manager.query(
      `INSERT INTO declarations (declaration_id, party_id, layer, subject_kind, subject_id, version,
         term_set_id, effective_from, effective_until, withdraws, template, declared_by, recorded_at,
         leaf_index, assertion_id)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::integer[],
         $7::bigint[], $8::timestamptz[], $9::timestamptz[], $10::text[], $11::text[], $12::text[],
         $13::timestamptz[], $14::bigint[], $15::text[])`,
      [
        column((one) => one.declarationId),
        column((one) => one.partyId),
        column((one) => one.layer),
        column((one) => one.subjectKind),
        column((one) => one.subjectId),
        column((one) => one.version),
        column((one) => one.termSetId),
        column((one) => one.effectiveFrom),
        column((one) => one.effectiveUntil),
        column((one) => one.withdraws),
        column((one) => one.template),
        column((one) => one.declaredBy),
        column((one) => one.recordedAt),
        column((one) => one.leafIndex),
        column((one) => one.assertionId),
      ],
    );
  }

  /** The last declaration of each of these streams that has one, a withdrawal too. */
  async listHeads(tx: Transaction, streams: readonly StreamKey[]): Promise<HeadRow[]> {
    const rows: HeadRow[] = await tx.manager.query(
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
    return rows.map((row) => ({ ...row, content: row.content ?? ERASED_TERMS }));
  }
}
