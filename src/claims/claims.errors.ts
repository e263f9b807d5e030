import type { ProblemKinds } from '#kernel';

export const CLAIMS_PROBLEMS = {
  'claims/not-found': {
    status: 404,
    title: 'No such claim',
    help: 'There is no claim with this id, or it is not yours to change.',
  },
  'claims/already-claimed': {
    status: 409,
    title: 'The party claims this layer of the work already',
    help: 'A party has one claim on a layer of a work. Withdraw the one that stands to make another.',
  },
  'claims/withdrawn': {
    status: 409,
    title: 'The claim was withdrawn',
    help: 'A withdrawn claim stays withdrawn. Make a new one.',
  },
  'claims/beyond-mandate': {
    status: 403,
    title: 'The mandate does not reach that far',
    help: 'A representative may claim, and withdraw claims, only in the territory that its mandate names.',
  },
  'claims/mandate-missing': {
    status: 422,
    title: 'No such mandate is in force',
    help: 'A claim in one’s own name under a mandate needs a mandate that the principal confirmed, that carries the right to claim and that covers the territory of the claim.',
  },
} as const satisfies ProblemKinds;
