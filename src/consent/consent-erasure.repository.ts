import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';
import { holdsFreeText } from './domain/index.js';
import type { TermSetContent } from './term-set.js';

/** What an erasure does to declarations: they stay, and words that somebody wrote in terms go. */
@Injectable()
export class ConsentErasure {
  constructor(private readonly database: Database) {}

  /**
   * Blanks the term sets with free text that nobody else declared who is still here; passes only in a
   * transaction that says it erases. Their digests stay in the log and count as refusals from now on.
   */
  async erase(tx: Transaction, partyIds: readonly string[]): Promise<void> {
    const own: { termSetId: string; content: TermSetContent }[] = await tx.manager.query(
      `SELECT term_set_id AS "termSetId", content FROM term_sets t
       WHERE content IS NOT NULL
         AND term_set_id IN (SELECT term_set_id FROM declarations WHERE party_id = ANY($1))
         AND NOT EXISTS (SELECT FROM declarations d JOIN parties p USING (party_id)
           WHERE d.term_set_id = t.term_set_id AND d.party_id <> ALL($1)
             AND p.erased_at IS NULL)`,
      [partyIds],
    );
    const written = own.filter(({ content }) => holdsFreeText(content));
    if (written.length === 0) return;
    await tx.manager.query(`UPDATE term_sets SET content = NULL WHERE term_set_id = ANY($1)`, [
      written.map(({ termSetId }) => termSetId),
    ]);
  }

  /** Every declaration of parties, with its terms. */
  async describe(partyIds: readonly string[]): Promise<Record<string, unknown>> {
    const [row] = await this.database.reader.query(
      `SELECT coalesce(jsonb_agg(to_jsonb(d) || jsonb_build_object('content', t.content)
         ORDER BY declaration_id), '[]') AS declarations
       FROM declarations d JOIN term_sets t USING (term_set_id) WHERE party_id = ANY($1)`,
      [partyIds],
    );
    return row;
  }
}
