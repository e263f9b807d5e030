import type { ProblemKinds } from '#kernel';

export const TRANSPARENCY_PROBLEMS = {
  'transparency/signing-stopped': {
    status: 503,
    title: 'The log is not signed any more',
    help: 'The registry found that its log and what it signed before don’t agree, so it signs nothing until its operator has looked. Nothing of your request was stored. Lookups go on.',
  },
  'transparency/behind': {
    status: 503,
    title: 'Signing is behind',
    help: 'More changes wait for a signature than can be acknowledged soon. Nothing of your request was stored; send it again after the time in Retry-After.',
  },
  'transparency/not-stored': {
    status: 503,
    title: 'It is not certain that the change was stored',
    help: 'The database failed after the change was written and before a signature covered it. Send the request again; with the same Idempotency-Key it is done once.',
  },
  'transparency/clock-behind': {
    status: 503,
    title: 'The clock of the server is behind the log',
    help: 'A leaf can’t be older than the one before it. The operator has to set the clock; send your request again later.',
  },
  'transparency/no-such-leaf': {
    status: 404,
    title: 'There is no such leaf',
    help: 'Leaves are counted from 0 up to the size of the log. Ask /log/checkpoint how many there are.',
  },
  'transparency/not-published': {
    status: 422,
    title: 'The log was not published with these sizes',
    help: 'Proofs are given for 0 < from <= to <= the size of the last checkpoint, and for an index below the size. Ask /log/checkpoint first.',
  },
  'transparency/no-such-file': {
    status: 404,
    title: 'The log has no such file',
    help: 'Tiles and bundles are named as c2sp.org/tlog-tiles says. Partial ones go away once the full one is there.',
  },
  'transparency/no-checkpoint': {
    status: 503,
    title: 'Nothing was signed yet',
    help: 'The registry signs its first checkpoint within a second of its first start. Try again.',
  },
  'transparency/key-missing': {
    status: 503,
    title: 'A key is missing on this server',
    help: 'This server can’t sign, because the private half of the key is not in its LOG_DIR. Tell the operator.',
  },
  'transparency/no-such-key': {
    status: 404,
    title: 'There is no such key',
    help: 'Keys are named by their RFC 7638 thumbprint, as in /.well-known/jwks.json.',
  },
  'transparency/key-step-refused': {
    status: 409,
    title: 'The key can’t take this step',
    help: 'A key is added, then active, then ended; the last active key of its use stays until another one is active.',
  },
} satisfies ProblemKinds;
