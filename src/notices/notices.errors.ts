import type { ProblemKinds } from '#kernel';

export const NOTICES_PROBLEMS = {
  'notices/webhook-not-found': {
    status: 404,
    title: 'There is no such webhook, or it is not of a party of yours',
    help: 'Check the id. Only members of a party see and change its webhooks.',
  },
  'notices/too-many-webhooks': {
    status: 409,
    title: 'The party has as many webhooks as it may have',
    help: 'A party has at most 10 webhooks. Delete one that nobody listens to any more.',
  },
} as const satisfies ProblemKinds;
