import type { ProblemKinds } from '#kernel';

export const PUBLISHING_PROBLEMS = {
  'publishing/nothing-registered': {
    status: 409,
    title: 'There is nothing to publish a snapshot of',
    help: 'No identifier leads to a work yet. Register works first; a snapshot without identifiers would only say that nobody is known.',
  },
  'publishing/under-way': {
    status: 409,
    title: 'A snapshot is being made already',
    help: 'One snapshot is made at a time. Wait until it is published, and ask again if you need a newer one.',
  },
  'publishing/log-not-signed': {
    status: 503,
    title: 'The log that the snapshot names is not signed',
    help: 'A snapshot is published once a checkpoint covers its log, with the root that it names. Look at /health/log; the last snapshot stays until it expires.',
  },
  'publishing/no-snapshot': {
    status: 404,
    title: 'No snapshot is published at present',
    help: 'None was made yet, or the last one has expired. Ask /v1/lookups instead; an operator can have one made.',
  },
  'publishing/no-such-file': {
    status: 404,
    title: 'There is no such file of a snapshot',
    help: 'The manifest of a snapshot lists its files. Snapshots are removed when they expire or newer ones take their place: begin with /snapshots/latest/manifest.json.',
  },
} as const satisfies ProblemKinds;
