import { Injectable } from '@nestjs/common';
import { Database, type PageRequest } from '#platform';
import type { WorkKind } from '#vocabulary';
import type { LinkKind } from './domain/index.js';

export interface WorkSummary {
  workId: string;
  kind: WorkKind;
  title: string;
  releasedOn: string | null;
  registrantPartyId: string;
}

export interface WorkDetail extends WorkSummary {
  language: string | null;
  revision: number;
  recordedAt: Date;
  /** When its words were erased; nothing else is known of it then. */
  erasedAt: Date | null;
  contributors: { name: string; role: string; partyId: string | null }[];
  identifiers: { scheme: string; value: string; typed: string; recordedAt: string }[];
  links: { kind: LinkKind; workId: string; verified: boolean }[];
  /** Those of the registrant: what others collect under which name is theirs to know. */
  catalogues: { catalogueId: string; partyId: string; name: string }[];
}

/** Read-only SQL over works for screens and for the modules above. */
@Injectable()
export class WorksQuery {
  constructor(private readonly database: Database) {}

  /** The work with everything that describes it, in one statement; null when there is none. */
  async findWork(workId: string): Promise<WorkDetail | null> {
    const [row] = await this.database.reader.query(
      `SELECT w.work_id AS "workId", w.kind, w.title, w.language, w.revision,
         w.released_on::text AS "releasedOn", w.registrant_party_id AS "registrantPartyId",
         w.recorded_at AS "recordedAt", w.erased_at AS "erasedAt",
         (SELECT coalesce(json_agg(json_build_object('name', c.name, 'role', c.role,
            'partyId', c.party_id) ORDER BY c.position), '[]')
          FROM work_contributors c WHERE c.work_id = w.work_id) AS contributors,
         (SELECT coalesce(json_agg(json_build_object('scheme', i.scheme, 'value', i.value,
            'typed', i.typed, 'recordedAt', i.recorded_at) ORDER BY i.recorded_at, i.scheme), '[]')
          FROM work_identifiers i WHERE i.work_id = w.work_id AND i.removed_at IS NULL)
           AS identifiers,
         (SELECT coalesce(json_agg(json_build_object('kind', l.kind, 'workId', l.to_work_id,
            'verified', l.verified) ORDER BY l.recorded_at, l.to_work_id), '[]')
          FROM work_links l WHERE l.from_work_id = w.work_id AND l.removed_at IS NULL) AS links,
         (SELECT coalesce(json_agg(json_build_object('catalogueId', k.catalogue_id,
            'partyId', k.party_id, 'name', k.name) ORDER BY k.catalogue_id), '[]')
          FROM catalogue_works cw JOIN catalogues k USING (catalogue_id)
          WHERE cw.work_id = w.work_id AND cw.removed_at IS NULL
            AND k.party_id = w.registrant_party_id) AS catalogues
       FROM works w WHERE w.work_id = $1`,
      [workId],
    );
    return row ?? null;
  }

  async listWorks(registrantPartyId: string, page: PageRequest): Promise<WorkSummary[]> {
    return this.database.reader.query(
      `SELECT work_id AS "workId", kind, title, released_on::text AS "releasedOn",
         registrant_party_id AS "registrantPartyId"
       FROM works WHERE registrant_party_id = $1 AND work_id > $2 ORDER BY work_id LIMIT $3`,
      [registrantPartyId, page.after, page.limit + 1],
    );
  }

  /** Kind and registrant of each of these works that exists and was not erased. */
  async kindsOf(
    workIds: readonly string[],
  ): Promise<Map<string, { kind: WorkKind; registrantPartyId: string }>> {
    const rows = await this.database.reader.query(
      `SELECT work_id, kind, registrant_party_id FROM works
       WHERE work_id = ANY($1) AND erased_at IS NULL`,
      [workIds],
    );
    return new Map(
      rows.map((row: { work_id: string; kind: WorkKind; registrant_party_id: string }) => [
        row.work_id,
        { kind: row.kind, registrantPartyId: row.registrant_party_id },
      ]),
    );
  }

  async findCatalogue(
    catalogueId: string,
  ): Promise<{ catalogueId: string; partyId: string; name: string; createdAt: Date } | null> {
    const [row] = await this.database.reader.query(
      `SELECT catalogue_id AS "catalogueId", party_id AS "partyId", name,
         created_at AS "createdAt" FROM catalogues WHERE catalogue_id = $1`,
      [catalogueId],
    );
    return row ?? null;
  }

  async listCatalogues(partyId: string, page: PageRequest) {
    return this.database.reader.query(
      `SELECT catalogue_id AS "catalogueId", party_id AS "partyId", name,
         created_at AS "createdAt"
       FROM catalogues WHERE party_id = $1 AND catalogue_id > $2 ORDER BY catalogue_id LIMIT $3`,
      [partyId, page.after, page.limit + 1],
    );
  }

  async listCatalogueWorks(catalogueId: string, page: PageRequest): Promise<WorkSummary[]> {
    return this.database.reader.query(
      `SELECT w.work_id AS "workId", w.kind, w.title, w.released_on::text AS "releasedOn",
         w.registrant_party_id AS "registrantPartyId"
       FROM catalogue_works cw JOIN works w USING (work_id)
       WHERE cw.catalogue_id = $1 AND cw.removed_at IS NULL AND w.erased_at IS NULL
         AND cw.work_id > $2
       ORDER BY cw.work_id LIMIT $3`,
      [catalogueId, page.after, page.limit + 1],
    );
  }
}
