import type { ProblemKinds } from '#kernel';

export const CHANGES_PROBLEMS = {
  'changes/holding-not-found': {
    status: 404,
    title: 'There is no such holding, or it is not yours',
    help: 'Check the id. Only the account that made a holding sees it.',
  },
  'changes/too-much-held': {
    status: 409,
    title: 'The account has as much watched for changes as it may have',
    help: 'Delete holdings that you need no longer, or read /v1/changes, which tells of every work. An account may have 100 holdings, and the registry’s settings say of how many identifiers.',
  },
  'changes/nothing-held': {
    status: 422,
    title: 'There is nothing to watch',
    help: 'The lookup job holds no identifier that could be read.',
  },
} as const satisfies ProblemKinds;
