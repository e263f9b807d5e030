/** What a party is. It is said once, at registration: a claim may rest on it. */
export const PARTY_KINDS = [
  'person',
  'group',
  'estate',
  'label',
  'publisher',
  'distributor',
  'cmo',
  'agent',
  'archive',
  'dataset_builder',
  'auditor',
] as const;

export type PartyKind = (typeof PARTY_KINDS)[number];

const DISPLAY_NAME_MAX = 200;

/** Characters that draw one text as another: controls, line breaks and turns of direction. */
const DECEPTIVE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * A display name as it is kept (NFC, trimmed), or the fault in it. It stands in sentences that
 * somebody confirms, so it must not be able to rearrange them.
 */
export function readDisplayName(
  typed: string,
): { readonly ok: true; readonly name: string } | { readonly ok: false; readonly why: string } {
  const name = typed.normalize('NFC').trim();
  if (name === '') return { ok: false, why: 'the name is empty' };
  if ([...name].length > DISPLAY_NAME_MAX) {
    return { ok: false, why: `the name is longer than ${DISPLAY_NAME_MAX} characters` };
  }
  if (DECEPTIVE.test(name)) {
    return { ok: false, why: 'the name contains control characters or line breaks' };
  }
  return { ok: true, name };
}
