import type { ProblemKinds } from '#kernel';

/** Every refusal of this module. */
export const PARTIES_PROBLEMS = {
  'parties/not-found': {
    status: 404,
    title: 'There is no such party, or it is not yours',
    help: 'Check the id. To act for a party, sign in as one of its members, or hold a mandate that the party confirmed and that carries the right in question today.',
  },
  'parties/erased': {
    status: 410,
    title: 'The party was erased',
    help: 'Whoever stood behind this id had it erased, or asked the operators to. Nothing is permitted by it any more; the id stays because the public log names it. Where a signature was asked for, it may be only the member who signed that was erased; the detail says so.',
  },
  'parties/identifier-invalid': {
    status: 422,
    title: 'The identifier is not well-formed',
    help: 'The detail says what is wrong, for a wrong check digit also which one was expected. Compare it with its source; nothing was stored.',
  },
  'parties/too-many-identifiers': {
    status: 409,
    title: 'The party has as many identifiers as it may have',
    help: 'A party has at most 100 identifiers. Remove one that you do not need.',
  },
  'parties/mandate-not-found': {
    status: 404,
    title: 'There is no such mandate, or you are on neither side of it',
    help: 'Check the id. Only members of the principal and of the representative see a mandate.',
  },
  'parties/mandate-not-open': {
    status: 409,
    title: 'The mandate is no longer in a state that allows this',
    help: 'A proposed mandate can be confirmed, declined or revoked; a confirmed one can be revoked; a declined or revoked one stays so. Propose a new one if both sides want it.',
  },
  'parties/mandate-not-yours': {
    status: 403,
    title: 'Only the principal may answer a mandate',
    help: 'A mandate is proposed by the representative and confirmed or declined by a member of the principal, in whose name it lets somebody act.',
  },
  'parties/mandate-run-out': {
    status: 409,
    title: 'The mandate ended before it was confirmed',
    help: 'Its validUntil lies in the past, so confirming it would change nothing. Propose a new one.',
  },
  'parties/verification-not-found': {
    status: 404,
    title: 'There is no such verification, or it is not of a party of yours',
    help: 'Check the id. Only members of a party see and check its verifications.',
  },
  'parties/verification-closed': {
    status: 409,
    title: 'The verification is closed',
    help: 'A verification that was not proven within 30 days, or that was revoked, cannot be checked any more. Start a new one; it comes with a new token.',
  },
  'parties/too-many-verifications': {
    status: 409,
    title: 'Too many verifications of this party are waiting',
    help: 'At most 20 can wait at a time. Check the ones you have, or let them run out after 30 days.',
  },
} as const satisfies ProblemKinds;
