import type { ProblemKinds } from '#kernel';

export const LICENSING_PROBLEMS = {
  'licensing/not-found': {
    status: 404,
    title: 'No such licence',
    help: 'There is no licence with this id, or it is not yours to see.',
  },
  'licensing/beyond-mandate': {
    status: 403,
    title: 'The mandate does not reach that far',
    help: 'A representative may license only the purposes and territories that its mandate names.',
  },
  'licensing/not-alone': {
    status: 422,
    title: 'The party can’t license this layer alone',
    help: 'Only a party whose verified claims make up a whole layer, or who holds it exclusively, grants alone. Where several hold a layer, all of them have to agree.',
  },
} as const satisfies ProblemKinds;
