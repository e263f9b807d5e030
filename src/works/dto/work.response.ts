import { displayIdentifier, type SchemeName } from '#identifiers';
import type { WorkKind } from '#vocabulary';
import type { LinkKind } from '../domain/index.js';
import type { WorkDetail, WorkSummary } from '../works.query.js';

export class IdentifierResponse {
  /** @example isrc */
  scheme: string;
  /**
   * Canonical form.
   * @example USUG11904206
   */
  value: string;
  /**
   * The form that people print.
   * @example US-UG1-19-04206
   */
  display: string;
  /** What was typed when it was registered. */
  typed: string;
}

export class ContributorResponse {
  name: string;
  role: string;
  party: string | null;
}

export class LinkResponse {
  kind: LinkKind;
  /** The work that the link leads to. */
  work: string;
  /** Whether the link was made by somebody proven; only verified samples bind. */
  verified: boolean;
}

export class WorkCatalogueResponse {
  id: string;
  party: string;
  name: string;
}

export class WorkSummaryResponse {
  /** @example wrk_01kaq9x3n6fq2s7v4c8b5d0e1g */
  id: string;
  kind: WorkKind;
  title: string;
  /** Day of first release, null where it is not known. */
  releasedOn: string | null;
  /** The party that registered it. */
  party: string;

  static of(work: WorkSummary): WorkSummaryResponse {
    return {
      id: work.workId,
      kind: work.kind,
      title: work.title,
      releasedOn: work.releasedOn,
      party: work.registrantPartyId,
    };
  }
}

export class WorkResponse extends WorkSummaryResponse {
  language: string | null;
  contributors: ContributorResponse[];
  identifiers: IdentifierResponse[];
  links: LinkResponse[];
  catalogues: WorkCatalogueResponse[];
  /** When the registry recorded the work, UTC. */
  recordedAt: string;

  static from(work: WorkDetail): WorkResponse {
    return {
      ...WorkSummaryResponse.of(work),
      language: work.language,
      contributors: work.contributors.map((c) => ({
        name: c.name,
        role: c.role,
        party: c.partyId,
      })),
      identifiers: work.identifiers.map(({ scheme, value, typed }) => ({
        scheme,
        value,
        display: displayIdentifier(scheme as SchemeName, value),
        typed,
      })),
      links: work.links.map(({ kind, workId, verified }) => ({ kind, work: workId, verified })),
      catalogues: work.catalogues.map((c) => ({
        id: c.catalogueId,
        party: c.partyId,
        name: c.name,
      })),
      recordedAt: work.recordedAt.toISOString(),
    };
  }
}

export class WorkPageResponse {
  items: WorkSummaryResponse[];
  /** Send it as `cursor` for the next page; null on the last. */
  nextCursor: string | null;
}

export class CatalogueResponse {
  /** @example cat_01kaq9x3n6fq2s7v4c8b5d0e1g */
  id: string;
  party: string;
  name: string;
  createdAt: string;

  static from(row: { catalogueId: string; partyId: string; name: string; createdAt: Date }) {
    return Object.assign(new CatalogueResponse(), {
      id: row.catalogueId,
      party: row.partyId,
      name: row.name,
      createdAt: row.createdAt.toISOString(),
    });
  }
}

export class CataloguePageResponse {
  items: CatalogueResponse[];
  nextCursor: string | null;
}

export class CatalogueChangeResponse {
  /** Works that are in the catalogue now and were not before. */
  added: number;
}
