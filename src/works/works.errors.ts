import type { ProblemKinds } from '#kernel';

export const WORKS_PROBLEMS = {
  'works/not-found': {
    status: 404,
    title: 'No such work',
    help: 'There is no work or catalogue with this id, or it is not yours to change.',
  },
  'works/withdrawn': {
    status: 410,
    title: 'The work was withdrawn',
    help: 'Whoever registered it had everything about them erased. Nothing is permitted any more; the id stays because the public log names it.',
  },
  'works/identifier-present': {
    status: 409,
    title: 'The work has this identifier already',
    help: 'Nothing needs to be done: the identifier leads to this work.',
  },
  'works/link-present': {
    status: 409,
    title: 'The works are linked like this already',
    help: 'Nothing needs to be done.',
  },
  'works/link-circle': {
    status: 422,
    title: 'The link would close a circle',
    help: 'A work can’t embody, contain or sample itself, not even by way of other works.',
  },
  'works/catalogue-name-taken': {
    status: 409,
    title: 'The party has a catalogue of this name',
    help: 'Choose another name, or use the catalogue that exists.',
  },
} as const satisfies ProblemKinds;
