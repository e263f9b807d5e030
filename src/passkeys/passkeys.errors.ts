import type { ProblemKinds } from '#kernel';

export const PASSKEYS_PROBLEMS = {
  'passkeys/not-found': {
    status: 404,
    title: 'There is no such passkey, or it is not of a party of yours',
    help: 'Check the id. Only members of a party see and revoke its passkeys.',
  },
  'passkeys/refused': {
    status: 422,
    title: 'What the passkey answered does not hold',
    help: 'Ask for new options and try again: a challenge holds for five minutes and for one answer, and it holds for exactly what was to be signed. The passkey must be bound to the party by the account that signs, must not be revoked, and must ask who you are (PIN, fingerprint, face).',
  },
  'passkeys/already-bound': {
    status: 409,
    title: 'This passkey was bound to the party before',
    help: 'A passkey is bound to a party once. One that was revoked stays revoked; make a new one on the same device.',
  },
  'passkeys/too-many': {
    status: 409,
    title: 'The party has as many passkeys as it may have',
    help: 'A party has at most 20 passkeys in use. Revoke one that is not needed any more.',
  },
  'passkeys/already-revoked': {
    status: 409,
    title: 'The passkey is revoked already',
    help: 'Nothing signed with it counts from then on. Bind another one if you need one.',
  },
  'passkeys/none-bound': {
    status: 409,
    title: 'You have bound no passkey for this party',
    help: 'Bind a passkey first; each account signs with those that it bound itself.',
  },
  'passkeys/signature-required': {
    status: 403,
    title: 'The party has said that this must be signed with its passkey',
    help: 'Ask for signing options, let the passkey sign, and send its answer along. The party asked for this so that nobody who merely got hold of its account can widen what it allows.',
  },
} as const satisfies ProblemKinds;
