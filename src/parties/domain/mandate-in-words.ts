import { EU, getPurposeRule, type Purpose, type Territory, WORLD } from '#vocabulary';
import type { Mandate, MandateRight } from './mandate.js';

const RIGHT_IN_WORDS: Readonly<Record<MandateRight, string>> = {
  register: 'register works, identifiers and links in your name',
  consent: 'declare and withdraw in your name what may be done with your works',
  licence: 'grant and revoke licences for your works in your name',
  claim: 'claim rights in works for you, and withdraw those claims',
  collect: 'collect money that is owed to you',
};

/**
 * What the principal is asked to confirm, sentence by sentence and to the principal: nobody can
 * confirm what they were not shown. `representative` is the display name of the other side.
 */
export function mandateInWords(mandate: Mandate, representative: string): string[] {
  const { rights, purposes, territory, validFrom, validUntil } = mandate;
  const until = validUntil === null ? 'until either of you revokes it' : `until ${day(validUntil)}`;
  return [
    ...rights.map((right) => `${representative} may ${RIGHT_IN_WORDS[right]}.`),
    purposes === null
      ? 'This holds for every purpose.'
      : `This holds for these purposes only: ${purposes.map(purpose).join('; ')}.`,
    territory === null ? 'This holds in the whole world.' : `This holds in ${place(territory)}.`,
    `It begins on ${day(validFrom)}, but never before you confirm it, and lasts ${until}.`,
    'You can revoke it at any time, with effect from that moment.',
  ];
}

function purpose(id: Purpose): string {
  return `${getPurposeRule(id).label} (${id})`;
}

function place({ include, exclude = [] }: Territory): string {
  const names = include.map(country).join(', ');
  return exclude.length > 0 ? `${names}, without ${exclude.map(country).join(', ')}` : names;
}

function country(code: string): string {
  if (code === WORLD) return 'the whole world';
  return code === EU ? 'the European Union' : code;
}

/** To the minute, in UTC: an hour can decide who spoke for whom. */
function day(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' at ')} UTC`;
}
