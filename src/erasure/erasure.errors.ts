import type { ProblemKinds } from '#kernel';

export const ERASURE_PROBLEMS = {
  'erasure/journal-unwritable': {
    status: 503,
    title: 'The erasure could not be written down',
    help: 'An erasure is first written to a journal outside the database, so that no backup can bring it back. That failed; nothing was erased. Try again later; the operators find the cause in the log.',
  },
} as const satisfies ProblemKinds;
