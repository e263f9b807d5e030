import { Injectable } from '@nestjs/common';
import { Database, type PageRequest, type Transaction } from '#platform';
import {
  keyOf,
  type KnownWork,
  type KnownWorks,
  namelessKey,
  type RowOutcome,
} from './domain/index.js';
import type { ImportEntity } from './entities/import.entity.js';
import type { ImportRowEntity } from './entities/import-row.entity.js';

/** Identifiers or titles asked about in one statement. */
const KEYS_PER_STATEMENT = 10_000;

const IMPORT = `
  SELECT i.import_id AS "importId", i.party_id AS "partyId", i.file_name AS "fileName",
    i.file_digest AS "fileDigest", i.encoding, i.delimiter, i.columns, i.notes,
    i.rows_total AS "rowsTotal", i.rows_registered AS "rowsRegistered",
    i.rows_joined AS "rowsJoined", i.rows_unchanged AS "rowsUnchanged",
    i.rows_refused AS "rowsRefused", i.rows_warned AS "rowsWarned",
    i.catalogue_id AS "catalogueId", c.name AS "catalogueName",
    i.imported_by AS "importedBy", i.imported_at AS "importedAt"
  FROM imports i LEFT JOIN catalogues c USING (catalogue_id)`;

export type ImportRow = ImportEntity & { catalogueName: string | null };

/** Read-only SQL: imports and their rows, and what the registry knows of a file's works. */
@Injectable()
export class ImportsQuery {
  constructor(private readonly database: Database) {}

  /**
   * Works under these identifiers, and this party's own recordings without any. Read in the
   * transaction that stores by it, a second connection would have to be waited for.
   */
  async findKnown(
    partyId: string,
    identifiers: readonly { scheme: string; value: string }[],
    namelessTitles: readonly string[],
    tx?: Transaction,
  ): Promise<KnownWorks> {
    const byIdentifier = new Map<string, KnownWork[]>();
    for (let at = 0; at < identifiers.length; at += KEYS_PER_STATEMENT) {
      const chunk = identifiers.slice(at, at + KEYS_PER_STATEMENT);
      for (const row of await this.listUnder(partyId, chunk, tx)) {
        const key = keyOf(row);
        byIdentifier.set(key, [...(byIdentifier.get(key) ?? []), row]);
      }
    }
    const nameless = new Map<string, string>();
    for (let at = 0; at < namelessTitles.length; at += KEYS_PER_STATEMENT) {
      const chunk = namelessTitles.slice(at, at + KEYS_PER_STATEMENT);
      for (const { workId, title, artists } of await this.listNameless(partyId, chunk, tx)) {
        nameless.set(namelessKey(title, artists), workId);
      }
    }
    return { byIdentifier, nameless };
  }

  private async listUnder(
    partyId: string,
    identifiers: readonly { scheme: string; value: string }[],
    tx?: Transaction,
  ): Promise<(KnownWork & { scheme: string; value: string })[]> {
    return (tx?.manager ?? this.database.reader).query(
      `SELECT i.scheme, i.value, w.work_id AS "workId", w.kind, w.title,
         w.registrant_party_id = $1 OR EXISTS (
           SELECT FROM claims c
           WHERE c.work_id = w.work_id AND c.party_id = $1 AND c.layer = w.kind
             AND c.state <> 'withdrawn' AND NOT EXISTS (
               SELECT FROM claims n WHERE n.claim_id = c.claim_id AND n.version > c.version)
         ) AS own
       FROM unnest($2::text[], $3::text[]) AS k (scheme, value)
         JOIN work_identifiers i USING (scheme, value) JOIN works w USING (work_id)
       WHERE i.removed_at IS NULL ORDER BY w.work_id`,
      [partyId, identifiers.map(({ scheme }) => scheme), identifiers.map(({ value }) => value)],
    );
  }

  private async listNameless(
    partyId: string,
    titles: readonly string[],
    tx?: Transaction,
  ): Promise<{ workId: string; title: string; artists: string[] }[]> {
    return (tx?.manager ?? this.database.reader).query(
      `SELECT w.work_id AS "workId", w.title,
         array(SELECT c.name FROM work_contributors c
           WHERE c.work_id = w.work_id AND c.role = 'performer' ORDER BY c.position) AS artists
       FROM works w
       WHERE w.registrant_party_id = $1 AND w.kind = 'recording' AND w.title = ANY($2)
         AND NOT EXISTS (SELECT FROM work_identifiers i
           WHERE i.work_id = w.work_id AND i.removed_at IS NULL)`,
      [partyId, titles],
    );
  }

  /** The party's catalogue of this name, with the template in force on all its layers, if one is. */
  async findCatalogueNamed(
    tx: Transaction,
    partyId: string,
    name: string,
  ): Promise<{ catalogueId: string; templates: (string | null)[] } | null> {
    const [row] = await tx.manager.query(
      `SELECT c.catalogue_id AS "catalogueId", array(
         SELECT CASE WHEN d.withdraws IS NULL THEN d.template END FROM (
           SELECT DISTINCT ON (layer) withdraws, template FROM declarations
           WHERE subject_id = c.catalogue_id AND party_id = c.party_id
             AND subject_kind = 'catalogue'
           ORDER BY layer, version DESC) AS d) AS templates
       FROM catalogues c WHERE c.party_id = $1 AND c.name = $2`,
      [partyId, name],
    );
    return row ?? null;
  }

  async findImport(importId: string): Promise<ImportRow | null> {
    const [row] = await this.database.reader.query(`${IMPORT} WHERE i.import_id = $1`, [importId]);
    return row ?? null;
  }

  async listImports(partyId: string, page: PageRequest): Promise<ImportRow[]> {
    return this.database.reader.query(
      `${IMPORT} WHERE i.party_id = $1 AND i.import_id > $2 ORDER BY i.import_id LIMIT $3`,
      [partyId, page.after, page.limit + 1],
    );
  }

  /** Rows after a line, in the order of the file. */
  async listRows(
    importId: string,
    { outcome, afterLine, limit }: { outcome?: RowOutcome; afterLine: number; limit: number },
  ): Promise<ImportRowEntity[]> {
    return this.database.reader.query(
      `SELECT import_id AS "importId", line, outcome, work_id AS "workId", faults, warnings
       FROM import_rows
       WHERE import_id = $1 AND line > $2 AND ($3::text IS NULL OR outcome = $3)
       ORDER BY line LIMIT $4`,
      [importId, afterLine, outcome ?? null, limit],
    );
  }
}
