import type { AcceptedIdentifier } from '#identifiers';
import type { WorkKind } from '#vocabulary';
import type { LinkKind } from './domain/index.js';

export interface ContributorDraft {
  readonly name: string;
  readonly role: string;
  readonly partyId?: string;
}

export interface LinkDraft {
  readonly kind: LinkKind;
  readonly toWorkId: string;
  readonly verified: boolean;
}

/** A catalogue and the party that keeps it. */
export interface KeptCatalogue {
  readonly catalogueId: string;
  readonly partyId: string;
}

/** A work that is about to be registered; everything in it has been checked. */
export interface WorkDraft {
  readonly workId: string;
  readonly kind: WorkKind;
  readonly title: string;
  readonly language?: string;
  /** YYYY-MM-DD. */
  readonly releasedOn?: string;
  readonly registrantPartyId: string;
  readonly contributors: readonly ContributorDraft[];
  readonly identifiers: readonly (AcceptedIdentifier & { typed: string })[];
  readonly links: readonly LinkDraft[];
  readonly catalogues: readonly KeptCatalogue[];
}
