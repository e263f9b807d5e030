import { displayIdentifier, isSchemeName } from '#identifiers';
import type { Page } from '#platform';
import type { VerificationLevel } from '#vocabulary';
import type { PartyKind } from '../domain/party.js';
import type { VerificationMethod } from '../domain/verification.js';
import type { PartyProfile } from '../party-profile.js';

export class PartyIdentifierResponse {
  /** @example "isni" */
  scheme: string;

  /**
   * The canonical form.
   * @example "000000012281955X"
   */
  value: string;

  /**
   * The form in which people of the field write it.
   * @example "0000 0001 2281 955X"
   */
  display: string;

  /**
   * What was given, to the letter.
   * @example "0000-0001-2281-955x"
   */
  typed: string;
}

export class PartyProofResponse {
  /**
   * How it was proven: a DNS record, a file on the domain, or an operator's decision.
   * @example "dns"
   */
  method: VerificationMethod;

  /** @example "adalind.example" */
  domain: string | null;

  /** @example 2 */
  level: VerificationLevel;

  /** @example "2026-11-22T10:15:00.000Z" */
  verifiedAt: string;
}

export class PartyResponse {
  /** @example "pty_01k9zj5v9ve8sr2m0g7c4h1xqd" */
  id: string;

  /** @example "person" */
  kind: PartyKind;

  /** @example "Ada Lind" */
  displayName: string;

  /** @example "SE" */
  country: string | null;

  identifiers: PartyIdentifierResponse[];

  /**
   * How well its identity is proven: 0 asserted, 1 an account elsewhere, 2 a published identity,
   * 3 corroborated, 4 legal.
   * @example 2
   */
  level: VerificationLevel;

  /** The proofs that hold, each with its level. */
  verifications: PartyProofResponse[];

  /** @example "2026-11-22T10:15:00.000Z" */
  createdAt: string;

  static from(profile: PartyProfile): PartyResponse {
    return Object.assign(new PartyResponse(), {
      id: profile.partyId,
      kind: profile.kind,
      displayName: profile.displayName,
      country: profile.country,
      identifiers: profile.identifiers.map(({ scheme, value, typed }) => ({
        scheme,
        value,
        display: isSchemeName(scheme) ? displayIdentifier(scheme, value) : value,
        typed,
      })),
      level: profile.level,
      verifications: profile.verifications.map(({ method, domain, level, verifiedAt }) => ({
        method,
        domain,
        level,
        verifiedAt: verifiedAt.toISOString(),
      })),
      createdAt: profile.createdAt.toISOString(),
    });
  }
}

export class PartyPageResponse {
  items: PartyResponse[];

  /**
   * Give it as `cursor` for the next page; null on the last one.
   * @example null
   */
  nextCursor: string | null;

  static from(page: Page<PartyProfile>): PartyPageResponse {
    return Object.assign(new PartyPageResponse(), {
      items: page.items.map(PartyResponse.from),
      nextCursor: page.nextCursor,
    });
  }
}
