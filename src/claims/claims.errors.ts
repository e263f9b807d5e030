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
  'claims/dispute-not-found': {
    status: 404,
    title: 'No such dispute',
    help: 'There is no dispute with this id, or it is not yours to change.',
  },
  'claims/dispute-unfounded': {
    status: 422,
    title: 'Only a verified claim opposes another',
    help: 'Who disputes claims on a layer needs a verified claim on it (level 2 or more), so that a stranger cannot block a known owner. Claim the layer, and prove who you are.',
  },
  'claims/dispute-open': {
    status: 409,
    title: 'These claims are in dispute already',
    help: 'An open dispute touches all of them. It is named in the problem.',
  },
  'claims/dispute-dismissed': {
    status: 409,
    title: 'The party’s dispute over this claim was dismissed',
    help: 'Whoever was found wrong cannot block the same claims again. Bring the operator new evidence for your own claim; once that was weighed, you can dispute again. A claim that the other side made since can be disputed at any time.',
  },
  'claims/dispute-resolved': {
    status: 409,
    title: 'The dispute has ended',
    help: 'A dispute ends once. Open another if there is something new.',
  },
  'claims/dispute-stands': {
    status: 409,
    title: 'Two exclusive claims still stand',
    help: 'Two verified exclusive claims on one layer are a dispute whatever anybody decides. Decide the claims first; the dispute ends by itself then.',
  },
} as const satisfies ProblemKinds;
