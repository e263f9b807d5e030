import type { ProblemKinds } from '#kernel';

export const BULK_PROBLEMS = {
  'bulk/unreadable': {
    status: 400,
    title: 'The rows of the file can’t be told apart',
    help: 'A table needs a first line that names its columns (“scheme” and “value”, or one named after a scheme, such as “isrc”), and every quotation mark that is opened in it has to be closed. What was answered before is not the whole answer.',
  },
  'bulk/job-not-found': {
    status: 404,
    title: 'There is no such lookup job, or it is not yours',
    help: 'Check the id. A job and its result are deleted some days after it has finished; the job says when.',
  },
  'bulk/job-not-finished': {
    status: 409,
    title: 'The lookup job has no result yet',
    help: 'Ask for the job itself: it says how far it is, or why it failed. Wait as many seconds as Retry-After says.',
  },
  'bulk/too-many-jobs': {
    status: 409,
    title: 'The account has as many lookup jobs as it may have',
    help: 'Delete jobs whose results you have downloaded. The registry’s settings say how many an account may have.',
  },
} as const satisfies ProblemKinds;
