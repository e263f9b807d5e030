import { DomainProblem } from '#kernel';
import type { Actor } from '../domain/actor.js';

/** Refuses API keys with `accounts/session-required`: a stolen key must not breed others. */
export function requireSession(actor: Actor): void {
  if (actor.via === 'session') return;
  throw new DomainProblem(
    'accounts/session-required',
    'Sign in with e-mail address and password to do this; an API key may not.',
  );
}
