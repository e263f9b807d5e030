import type { ProblemKinds } from '#kernel';

export const ACCOUNTS_PROBLEMS = {
  'accounts/not-signed-in': {
    status: 401,
    title: 'Sign in first',
    help: 'This operation needs to know who asks, or the credential that was sent is unknown, expired or revoked. Sign in with POST /v1/sessions, or create an API key, and send it as `Authorization: Bearer …`.',
  },
  'accounts/sign-in-refused': {
    status: 401,
    title: 'The e-mail address or the password is wrong',
    help: 'For your safety the answer does not say which of the two. Check both; if you have no account yet, POST /v1/accounts makes one.',
  },
  'accounts/not-allowed': {
    status: 403,
    title: 'This credential may not do that',
    help: 'The operation needs the scope named in `scope`. A session has the scopes of its account’s roles; an API key those it was created with. docs/reference/scopes.md lists them.',
  },
  'accounts/session-required': {
    status: 403,
    title: 'A person has to sign in for this',
    help: 'API keys, passwords and the current session are managed by a person with a password, never by an API key: a stolen key could otherwise make itself new ones.',
  },
  'accounts/cross-site': {
    status: 403,
    title: 'The request came from another site',
    help: 'With a session cookie, changes are accepted from the registry’s own pages only (Origin and Sec-Fetch-Site). Programs send the token as `Authorization: Bearer …` instead of the cookie.',
  },
  'accounts/disabled': {
    status: 403,
    title: 'This account is disabled',
    help: 'The registry’s operators have disabled the account. Its declarations stay in force. Write to them if you think that is a mistake.',
  },
  'accounts/wrong-password': {
    status: 403,
    title: 'The current password is wrong',
    help: 'Changing the password and erasing the account ask for the one in use, so that nobody can do it at an unattended screen.',
  },
  'accounts/email-taken': {
    status: 409,
    title: 'There is an account with this e-mail address',
    help: 'Sign in with POST /v1/sessions, or use another address.',
  },
  'accounts/too-many-keys': {
    status: 409,
    title: 'This account has as many API keys as one may have',
    help: 'Revoke those that are no longer used (GET /v1/api-keys says when each was last used) and try again.',
  },
  'accounts/not-found': {
    status: 404,
    title: 'There is no such session, key or account',
    help: 'It does not exist, has ended, or belongs to another account; all three look the same on purpose.',
  },
} as const satisfies ProblemKinds;
