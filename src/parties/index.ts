/**
 * parties — artists, groups, labels, publishers, estates and the rest: who they are, who may act
 * for them, and how well both are proven.
 *
 * Owns: parties, party_members, party_identifiers, mandates, party_verifications.
 * Invariants:
 *   1. Only a member, or a representative under a mandate that the principal has confirmed and
 *      that is in force, acts for a party; for everyone else the party looks absent.
 *   2. A mandate has no effect before the principal confirmed it, and none after it was revoked.
 *   3. A party's level is that of its highest verification in force; nothing else raises it.
 */
import { MandateEntity } from './entities/mandate.entity.js';
import { PartyEntity } from './entities/party.entity.js';
import { PartyIdentifierEntity } from './entities/party-identifier.entity.js';
import { PartyMemberEntity } from './entities/party-member.entity.js';
import { PartyVerificationEntity } from './entities/party-verification.entity.js';

export const PARTIES_ENTITIES = [
  PartyEntity,
  PartyMemberEntity,
  PartyIdentifierEntity,
  MandateEntity,
  PartyVerificationEntity,
];

export { readDomain } from './domain-proofs/domain-name.js';
export { type Posted, postToStranger } from './domain-proofs/post-to-stranger.js';
export { type ProofNetwork, PUBLIC_INTERNET } from './domain-proofs/proof-network.js';
export type { Mandate, MandateRight } from './domain/mandate.js';
export type { PartyKind } from './domain/party.js';
export { PARTIES_PROBLEMS } from './parties.errors.js';
export { PartiesModule } from './parties.module.js';
export { PartyErasure } from './party-erasure.service.js';
export { type ActingParty, PartyAccess } from './party-access.service.js';
