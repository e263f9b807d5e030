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

/**
 * How well a party's identity is proven: 0 asserted, 1 an account elsewhere, 2 a published
 * identity such as a domain, 3 corroborated by independent sources, 4 legal proof.
 */
export type VerificationLevel = 0 | 1 | 2 | 3 | 4;
