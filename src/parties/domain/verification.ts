/** How an identity was proven: by control of a domain, or by an operator who saw evidence. */
export const DOMAIN_METHODS = ['dns', 'well_known'] as const;

export type DomainMethod = (typeof DOMAIN_METHODS)[number];

export type VerificationMethod = DomainMethod | 'operator';

/** As shown: the table knows no `expired`, which is a pending one whose time is over. */
export type VerificationState = 'pending' | 'expired' | 'verified' | 'revoked';

/** Control of a domain is control of a published identity. */
export const DOMAIN_LEVEL = 2;

const DAY_MS = 86_400_000;

/** A challenge that nobody answered for this long is closed, so that old tokens die. */
export const PENDING_DAYS_MAX = 30;

/** A pending verification asked for at or before this moment is closed at `at`; epoch ms. */
export function pendingSince(at: number): number {
  return at - PENDING_DAYS_MAX * DAY_MS;
}

/** When a verification asked for at `createdAt` closes unless it is proven; epoch ms. */
export function pendingUntil(createdAt: number): number {
  return createdAt + PENDING_DAYS_MAX * DAY_MS;
}

/** The state to show and to act on at `at` (epoch ms). */
export function stateAt(
  verification: { readonly state: string; readonly createdAt: Date },
  at: number,
): VerificationState {
  const state = verification.state as Exclude<VerificationState, 'expired'>;
  if (state !== 'pending') return state;
  return at < pendingUntil(verification.createdAt.getTime()) ? 'pending' : 'expired';
}

/** What the owner of the domain has to publish, and where. */
export interface Challenge {
  /** The exact line: `fermata-verification=<party>.<token>`. */
  readonly line: string;
  readonly dnsName: string;
  readonly url: string;
}

export const DNS_LABEL = '_fermata-challenge';
export const WELL_KNOWN_PATH = '/.well-known/fermata-verification.txt';

/** The party stands in the line, so that nobody can point another party at a line already there. */
export function challengeOf(proof: { partyId: string; token: string; domain: string }): Challenge {
  return {
    line: `fermata-verification=${proof.partyId}.${proof.token}`,
    dnsName: `${DNS_LABEL}.${proof.domain}`,
    url: `https://${proof.domain}${WELL_KNOWN_PATH}`,
  };
}

/** What a look at the domain gave: some lines, or the reason why there are none. */
export type ProofReading =
  | { readonly found: 'lines'; readonly lines: readonly string[] }
  | { readonly found: 'nothing'; readonly reason: NothingFound; readonly status?: number };

export type NothingFound =
  | 'no_such_name'
  | 'no_record'
  | 'dns_failed'
  | 'not_public'
  | 'unreachable'
  | 'bad_certificate'
  | 'redirected'
  | 'bad_status'
  | 'too_large'
  | 'not_plain'
  | 'timed_out';

export interface CheckOutcome {
  readonly proven: boolean;
  /** One or two sentences for the owner of the domain. Never repeats what the domain sent. */
  readonly inWords: string;
}

/** Judges a reading. A line counts only when it is the expected one to the letter. */
export function judgeReading(
  method: DomainMethod,
  challenge: Challenge,
  reading: ProofReading,
): CheckOutcome {
  const place = method === 'dns' ? `TXT records of ${challenge.dnsName}` : challenge.url;
  if (reading.found === 'nothing') {
    return { proven: false, inWords: `${place}: ${nothingInWords(reading)}` };
  }
  if (reading.lines.some((line) => line.trim() === challenge.line)) {
    return { proven: true, inWords: `${place}: the expected line is there.` };
  }
  const count = reading.lines.length;
  const what = method === 'dns' ? 'record' : 'line';
  const seen = `${count} ${what}${count === 1 ? '' : 's'} found`;
  const other = reading.lines.some((line) => line.trim().startsWith('fermata-verification='));
  const hint = other
    ? 'One of them is a line of Fermata, but for another party or with another token; compare it with the instructions letter by letter.'
    : 'A change may take as long to arrive as the time to live of the old answer; then check again.';
  return { proven: false, inWords: `${place}: ${seen}, none of them the expected line. ${hint}` };
}

function nothingInWords({ reason, status }: Extract<ProofReading, { found: 'nothing' }>): string {
  switch (reason) {
    case 'no_such_name':
      return 'there is no such name in the DNS. A new name can take a while to become visible.';
    case 'no_record':
      return 'the name has no record of the kind that was looked for.';
    case 'dns_failed':
      return 'the name servers of the domain gave no usable answer. Try again later.';
    case 'not_public':
      return 'the domain leads to an address that is not on the public internet, so nothing was fetched.';
    case 'unreachable':
      return 'no connection could be made to port 443.';
    case 'bad_certificate':
      return 'no secure connection could be made with a certificate that is valid for this domain.';
    case 'redirected':
      return 'the server answered with a redirect, and redirects are not followed. Serve the file at exactly this address, or use a DNS record.';
    case 'bad_status':
      return `the server answered with status ${status}, and 200 was expected.`;
    case 'too_large':
      return 'the file is larger than 64 KiB. It should hold the expected line and little else.';
    case 'not_plain':
      return 'the server sent the file compressed although plain text was asked for.';
    case 'timed_out':
      return 'there was no complete answer within 5 seconds.';
  }
}
