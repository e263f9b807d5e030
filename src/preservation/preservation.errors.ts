import type { ProblemKinds } from '#kernel';

export const PRESERVATION_PROBLEMS = {
  'preservation/no-archive': {
    status: 422,
    title: 'Only a registered archive can do this',
    help: 'A registered archive is a party of kind archive whose identity an operator has proven (level 3 or more): several of them together can open a work, so none may be invented.',
  },
  'preservation/holds-not': {
    status: 422,
    title: 'The archive does not hold the work',
    help: 'Only archives that hold a copy have a say about its state. Say first that you hold the work.',
  },
  'preservation/said-before': {
    status: 409,
    title: 'The archive has said so already',
    help: 'Each archive has one word in a round. It can take the opposite side until the trigger is in effect.',
  },
  'preservation/in-effect': {
    status: 409,
    title: 'The trigger is in effect',
    help: 'The objection clock has run out. A rights holder can still declare new terms at any time.',
  },
  'preservation/nothing-declared': {
    status: 409,
    title: 'Nothing is declared that could be opposed',
    help: 'No archive has declared this state of the work since the last objection.',
  },
  'preservation/no-holder': {
    status: 422,
    title: 'Only a verified rights holder can object',
    help: 'Who objects needs a claim on a layer of the work that is verified (level 2 or more).',
  },
} as const satisfies ProblemKinds;
