import type { Page } from '#platform';
import type { VerificationLevel } from '#vocabulary';
import {
  challengeOf,
  type DomainMethod,
  pendingUntil,
  stateAt,
  type VerificationMethod,
  type VerificationState,
} from '../domain/verification.js';
import type { PartyVerificationEntity } from '../entities/party-verification.entity.js';
import type { VerificationView } from '../verifications.service.js';

/** What to publish and where, to the letter. */
export class VerificationInstructionsResponse {
  /**
   * Name of the TXT record; null for a file.
   * @example "_fermata-challenge.adalind.example"
   */
  dnsName: string | null;

  /**
   * Address of the file; null for a TXT record.
   * @example null
   */
  url: string | null;

  /**
   * The value of the record, or a line of the file.
   * @example "fermata-verification=pty_01k9zj5v9ve8sr2m0g7c4h1xqd.00112233445566778899aabbccddeeff"
   */
  line: string;

  /** @example ["Add a TXT record …"] */
  inPlainWords: string[];
}

export class VerificationCheckResponse {
  /** @example "2026-11-22T10:15:00.000Z" */
  at: string;

  /** @example "TXT records of _fermata-challenge.adalind.example: the expected line is there." */
  found: string;
}

export class VerificationResponse {
  /** @example "ver_01k9zj5v9ve8sr2m0g7c4h1xqd" */
  id: string;

  /**
   * The party whose identity it proves.
   * @example "pty_01k9zj5v9ve8sr2m0g7c4h1xqd"
   */
  party: string;

  /** @example "dns" */
  method: VerificationMethod;

  /** @example "adalind.example" */
  domain: string | null;

  /**
   * The level it gives while it is `verified`.
   * @example 2
   */
  level: VerificationLevel;

  /** @example "pending" */
  state: VerificationState;

  /** Null where there is nothing to publish, or no more. */
  instructions: VerificationInstructionsResponse | null;

  /** What the last check found; null before the first. */
  lastCheck: VerificationCheckResponse | null;

  /** @example "2026-11-22T10:00:00.000Z" */
  createdAt: string;

  /**
   * When a pending one closes.
   * @example "2026-12-22T10:00:00.000Z"
   */
  expiresAt: string | null;

  /** @example null */
  verifiedAt: string | null;

  /** @example null */
  revokedAt: string | null;

  static from(view: VerificationView): VerificationResponse {
    return Object.assign(new VerificationResponse(), wireForm(view));
  }
}

/** With what only operators may read. */
export class DecidedVerificationResponse extends VerificationResponse {
  /** @example "ISNI record 0000 0001 2281 955X names adalind.example" */
  evidence: string | null;

  /** @example "Two independent sources name the same domain" */
  reason: string | null;

  /** @example null */
  revocationReason: string | null;

  static override from(view: VerificationView): DecidedVerificationResponse {
    const { evidence, reason, revocationReason } = view.verification;
    return Object.assign(new DecidedVerificationResponse(), wireForm(view), {
      evidence,
      reason,
      revocationReason,
    });
  }
}

export class VerificationPageResponse {
  items: VerificationResponse[];

  /**
   * Give it as `cursor` for the next page; null on the last one.
   * @example null
   */
  nextCursor: string | null;

  static from(page: Page<VerificationView>): VerificationPageResponse {
    return Object.assign(new VerificationPageResponse(), {
      items: page.items.map(VerificationResponse.from),
      nextCursor: page.nextCursor,
    });
  }
}

function wireForm({ verification, at }: VerificationView) {
  const state = stateAt(verification, at);
  const { checkedAt, checkResult, createdAt } = verification;
  return {
    id: verification.verificationId,
    party: verification.partyId,
    method: verification.method as VerificationMethod,
    domain: verification.domain,
    level: verification.level as VerificationLevel,
    state,
    instructions: state === 'pending' ? instructionsOf(verification) : null,
    lastCheck: checkedAt && { at: checkedAt.toISOString(), found: checkResult ?? '' },
    createdAt: createdAt.toISOString(),
    expiresAt:
      state === 'pending' ? new Date(pendingUntil(createdAt.getTime())).toISOString() : null,
    verifiedAt: verification.verifiedAt?.toISOString() ?? null,
    revokedAt: verification.revokedAt?.toISOString() ?? null,
  };
}

function instructionsOf({ partyId, domain, token, method }: PartyVerificationEntity) {
  const { line, dnsName, url } = challengeOf({ partyId, domain: domain!, token: token! });
  if ((method as DomainMethod) === 'dns') {
    return {
      dnsName,
      url: null,
      line,
      inPlainWords: [
        `At the DNS provider of ${domain}, add a record of type TXT.`,
        `Its name is ${dnsName} (many providers add the domain by themselves: then enter ${dnsName.slice(0, -domain!.length - 1)} alone).`,
        `Its value is ${line}`,
        'Then check. You may remove the record once the verification succeeded.',
      ],
    };
  }
  return {
    dnsName: null,
    url,
    line,
    inPlainWords: [
      `Make a text file with this one line: ${line}`,
      `Put it on your site so that ${url} shows it, over HTTPS and without a redirect.`,
      'Then check. You may remove the file once the verification succeeded.',
    ],
  };
}
