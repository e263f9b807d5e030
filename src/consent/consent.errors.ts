import type { ProblemKinds } from '#kernel';

export const CONSENT_PROBLEMS = {
  'consent/not-found': {
    status: 404,
    title: 'No such declaration',
    help: 'There is no declaration with this id, or it is not yours to withdraw.',
  },
  'consent/predecessor-stale': {
    status: 409,
    title: 'The declaration you build on is no longer current',
    help: 'Somebody declared again since you read it. Read the current declaration and decide anew.',
  },
  'consent/already-withdrawn': {
    status: 409,
    title: 'The declaration is withdrawn already',
    help: 'Nothing is in force there any more. Declare again to say something new.',
  },
  'consent/beyond-mandate': {
    status: 403,
    title: 'The mandate does not reach that far',
    help: 'A representative may declare only the purposes and territories that its mandate names.',
  },
  'consent/not-signed': {
    status: 404,
    title: 'The declaration has no signature of a passkey',
    help: 'It was made by somebody who was signed in, and the registry vouches for that, as `authorisedBy` of GET /v1/declarations/{id} says.',
  },
} as const satisfies ProblemKinds;
