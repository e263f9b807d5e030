/**
 * works — what can be asked about: works of every kind, their identifiers, links and catalogues.
 *
 * Owns: works, work_contributors, work_identifiers, work_links, catalogues, catalogue_works.
 * Invariants:
 *   1. Whatever an answer can depend on is closed with a time, never deleted or rewritten.
 *   2. Every such change is a leaf of the work's stream, in the same transaction.
 *   3. An identifier is stored in canonical form, beside what was typed.
 */
import { CatalogueEntity } from './entities/catalogue.entity.js';
import { CatalogueWorkEntity } from './entities/catalogue-work.entity.js';
import { WorkContributorEntity } from './entities/work-contributor.entity.js';
import { WorkEntity } from './entities/work.entity.js';
import { WorkIdentifierEntity } from './entities/work-identifier.entity.js';
import { WorkLinkEntity } from './entities/work-link.entity.js';

export const WORKS_ENTITIES = [
  WorkEntity,
  WorkContributorEntity,
  WorkIdentifierEntity,
  WorkLinkEntity,
  CatalogueEntity,
  CatalogueWorkEntity,
];
export { CataloguesService } from './catalogues.service.js';
export { ContributorRequest, IdentifierRequest } from './dto/work.request.js';
export { WorkResponse } from './dto/work.response.js';
export { readIdentifiers, type TypedIdentifier } from './read-identifiers.js';
export type { ContributorDraft, KeptCatalogue, WorkDraft } from './work-draft.js';
export { WorkErasure } from './work-erasure.repository.js';
export { WorkRegistrar } from './work-registrar.service.js';
export { WORKS_PROBLEMS } from './works.errors.js';
export { WorksModule } from './works.module.js';
export { type WorkDetail, WorksQuery } from './works.query.js';
export { WorksService } from './works.service.js';
