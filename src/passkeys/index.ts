/**
 * passkeys — the artist's own key: WebAuthn credentials that a member bound for a party, and what
 * they signed.
 *
 * Owns: passkeys, passkey_challenges, passkey_assertions, passkey_policies.
 * Invariants:
 *   1. A challenge is random or commits to a random nonce, holds five minutes, and is taken once.
 *   2. What is signed is the statement itself: the challenge is its digest, worked out anew from the
 *      request that brings the signature.
 *   3. Binding and revoking are leaves of the passkey's stream; the log holds a commitment, not the key.
 *   4. A passkey signs for one party and by the account that bound it, with the user verified.
 */
import { PasskeyAssertionEntity } from './entities/passkey-assertion.entity.js';
import { PasskeyChallengeEntity } from './entities/passkey-challenge.entity.js';
import { PasskeyPolicyEntity } from './entities/passkey-policy.entity.js';
import { PasskeyEntity } from './entities/passkey.entity.js';

export const PASSKEYS_ENTITIES = [
  PasskeyEntity,
  PasskeyChallengeEntity,
  PasskeyAssertionEntity,
  PasskeyPolicyEntity,
];
export { SignatureRequest } from './dto/passkey.request.js';
export { AuthorisationResponse, SigningOptionsResponse } from './dto/passkey.response.js';
export { PasskeyErasure } from './passkey-erasure.service.js';
export { PASSKEYS_PROBLEMS } from './passkeys.errors.js';
export { PasskeysModule } from './passkeys.module.js';
export { PasskeysQuery, type SignedStatementRow } from './passkeys.query.js';
export { signatureRequired } from './passkeys.service.js';
export {
  type Signature,
  type Signed,
  SignedActs,
  type SigningOptions,
} from './signed-acts.service.js';
