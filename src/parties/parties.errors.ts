import type { ProblemKinds } from '#kernel';

/** Every refusal of this module. */
export const PARTIES_PROBLEMS = {
  'parties/not-found': {
    status: 404,
    title: 'There is no such party, or it is not yours',
    help: 'Check the id. To act for a party, sign in as one of its members, or hold a mandate that the party confirmed and that carries the right in question today.',
  },
} as const satisfies ProblemKinds;
