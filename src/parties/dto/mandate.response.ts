import type { Page } from '#platform';
import type { Purpose } from '#vocabulary';
import type { MandateRight, MandateState } from '../domain/mandate.js';
import { mandateInWords } from '../domain/mandate-in-words.js';
import type { NamedMandate } from '../mandates.query.js';

export class MandatePartyResponse {
  /** @example "pty_01k9zj5v9ve8sr2m0g7c4h1xqd" */
  id: string;

  /** @example "Ada Lind" */
  displayName: string;
}

export class MandateTerritoryResponse {
  /** @example ["EU"] */
  include: string[];

  /** @example ["FR"] */
  exclude?: string[];
}

export class MandateResponse {
  /** @example "mnd_01k9zj5v9ve8sr2m0g7c4h1xqd" */
  id: string;

  /** In whose name somebody may act. */
  principal: MandatePartyResponse;

  /** Who may act. */
  representative: MandatePartyResponse;

  /** @example ["register","claim"] */
  rights: MandateRight[];

  /**
   * Null: for every purpose.
   * @example ["ai.train"]
   */
  purposes: Purpose[] | null;

  /** Null: in the whole world. */
  territory: MandateTerritoryResponse | null;

  /** @example "2026-12-01T00:00:00.000Z" */
  validFrom: string;

  /**
   * Null: until it is revoked.
   * @example "2028-12-01T00:00:00.000Z"
   */
  validUntil: string | null;

  /**
   * It has effect only when `confirmed`, and within its time.
   * @example "proposed"
   */
  state: MandateState;

  /**
   * All of it in sentences, written to the principal: read them before you confirm.
   * @example ["Blue Door Records may claim rights in works for you, and withdraw those claims."]
   */
  inPlainWords: string[];

  /** @example "2026-11-22T10:15:00.000Z" */
  proposedAt: string;

  /**
   * When the principal confirmed or declined it.
   * @example null
   */
  decidedAt: string | null;

  /** @example null */
  revokedAt: string | null;

  static from({ mandate, principalName, representativeName }: NamedMandate): MandateResponse {
    return Object.assign(new MandateResponse(), {
      id: mandate.mandateId,
      principal: { id: mandate.principalPartyId, displayName: principalName },
      representative: { id: mandate.representativePartyId, displayName: representativeName },
      rights: mandate.rights,
      purposes: mandate.purposes,
      territory: mandate.territory,
      validFrom: new Date(mandate.validFrom).toISOString(),
      validUntil: instant(mandate.validUntil),
      state: mandate.state,
      inPlainWords: mandateInWords(mandate, representativeName),
      proposedAt: new Date(mandate.proposedAt).toISOString(),
      decidedAt: instant(mandate.decidedAt),
      revokedAt: instant(mandate.revokedAt),
    });
  }
}

export class MandatePageResponse {
  items: MandateResponse[];

  /**
   * Give it as `cursor` for the next page; null on the last one.
   * @example null
   */
  nextCursor: string | null;

  static from(page: Page<NamedMandate>): MandatePageResponse {
    return Object.assign(new MandatePageResponse(), {
      items: page.items.map(MandateResponse.from),
      nextCursor: page.nextCursor,
    });
  }
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
