import type { ProblemKinds } from '#kernel';

/**
 * Lookups as such refuse only what the edge refuses too (`request/invalid`, `request/rate-limited`);
 * these are about the log that they are answered from, and about their receipts.
 */
export const LOOKUP_PROBLEMS = {
  'lookup/log-not-reached': {
    status: 503,
    title: 'The log that you have seen is not here yet',
    help: 'The request named a log size in Fermata-Log-Size, and no database of this server has seen that many leaves. Wait as many seconds as Retry-After says and ask again. Nothing older is answered instead; treat it as you would treat no answer.',
  },
  'lookup/receipt-not-ready': {
    status: 503,
    title: 'The answer cannot be signed yet',
    help: 'A receipt names a log that everybody can check, and the newest leaves of the log were not signed in time. Wait as many seconds as Retry-After says and ask again, or ask without `receipt`.',
  },
  'lookup/receipts-stopped': {
    status: 503,
    title: 'This registry signs nothing at present',
    help: 'The registry found a reason to stop signing its log, and the detail names it; its operator has to look into it. Lookups without `receipt` are answered as ever. Treat a missing receipt as you would treat no answer.',
  },
  'lookup/range-refused': {
    status: 422,
    title: 'Ranges are of another size here',
    help: 'A private lookup names the first bits of a digest, and this registry takes as many as leave some hundred identifiers that begin alike: more would tell what you ask about. Ask /v1/ranges how many bits there are now, and take that many.',
  },
} as const satisfies ProblemKinds;
