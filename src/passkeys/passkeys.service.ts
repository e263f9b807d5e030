import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { type Actor, requireSession } from '#accounts';
import { Clock, DomainProblem, isId, newId, sha256 } from '#kernel';
import { PartyAccess } from '#parties';
import { Database, invalid } from '#platform';
import { LogAppender } from '#transparency';
import { CHALLENGE_MS, refused } from './challenges.js';
import {
  credentialCommitment,
  readCredential,
  readCredentialKey,
  readTransports,
} from './domain/index.js';
import { PasskeyEntity } from './entities/passkey.entity.js';
import { keyLeaf } from './key-leaf.js';
import { PasskeysQuery } from './passkeys.query.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { RelyingParty } from './relying-party.js';
import { type Signature, SignedActs, type SigningOptions } from './signed-acts.service.js';

const ACTIVE_MAX = 20;

/** EdDSA, ES256, RS256: what a checker with node:crypto alone can verify. */
const ALGORITHMS = [-8, -7, -257];

/**
 * Binding, listing and revoking a party's passkeys, by its members alone. The library is imported at
 * first use: it is a tenth of all files that a start would read.
 */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyAccess,
    private readonly passkeys: PasskeysRepository,
    private readonly query: PasskeysQuery,
    private readonly signedActs: SignedActs,
    private readonly log: LogAppender,
    private readonly relyingParty: RelyingParty,
    private readonly clock: Clock,
  ) {}

  /**
   * What a browser needs to make a passkey for the party. Where the party asks for signatures, an
   * existing passkey signs that there may be one more.
   */
  async bindingOptions(
    actor: Actor,
    partyId: string,
    signature: Signature,
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    requireSession(actor);
    await this.parties.requireMember(actor, partyId);
    const { accountId } = actor;
    if ((await this.query.requiredSince(partyId)) !== null) {
      if (signature.assertion === undefined) throw signatureRequired('bind another passkey');
      await this.database.transaction((tx) =>
        this.signedActs.accept(tx, actor, { act: 'bind', party: partyId }, signature),
      );
    }
    const name = await this.query.nameOf(partyId);
    const challenge = randomBytes(32);
    const now = this.clock.now();
    const expiresAt = new Date(now + CHALLENGE_MS);
    await this.passkeys.keepChallenge(
      { challenge, accountId, partyId, act: 'register', expiresAt },
      new Date(now),
    );
    const own = await this.query.listActive(partyId, accountId);
    const { generateRegistrationOptions } = await import('@simplewebauthn/server');
    return generateRegistrationOptions({
      rpName: this.relyingParty.name,
      rpID: this.relyingParty.id,
      userName: name,
      userDisplayName: name,
      // The same for the same account and party, and without a meaning elsewhere.
      userID: new Uint8Array(sha256(`${accountId} ${partyId}`)),
      challenge: new Uint8Array(challenge),
      timeout: CHALLENGE_MS,
      attestationType: 'none',
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      excludeCredentials: own.map((one) => ({ id: one.credentialId.toString('base64url') })),
      supportedAlgorithmIDs: ALGORITHMS,
    });
  }

  /** Binds the passkey that a browser made for {@link bindingOptions}. */
  async bind(
    actor: Actor,
    partyId: string,
    { label, credential }: { label: string; credential: unknown },
  ): Promise<PasskeyEntity> {
    requireSession(actor);
    await this.parties.requireMember(actor, partyId);
    const members = ['clientDataJSON', 'attestationObject'];
    const read = readCredential(credential, members, '/credential');
    if (!read.ok) throw invalid(read.errors);
    return this.database.transaction(async (tx) => {
      const at = new Date(this.clock.now());
      const take = (challenge: string) =>
        this.passkeys.takeChallenge(
          tx,
          {
            challenge: Buffer.from(challenge, 'base64url'),
            accountId: actor.accountId,
            partyId,
            act: 'register',
          },
          at,
        );
      const made = await this.verify(read.credential as never, take);
      const credentialId = Buffer.from(made.id, 'base64url');
      const publicKey = Buffer.from(made.publicKey);
      const existing = await this.passkeys.lockOfParty(tx, partyId);
      refuseUnlessFits(existing, credentialId);
      const salt = randomBytes(32);
      const commitment = credentialCommitment(salt, publicKey);
      const passkeyId = newId('passkey');
      const place = await this.log.append(tx, [
        keyLeaf({ passkeyId, partyId, commitment }, 'added'),
      ]);
      const passkey = Object.assign(new PasskeyEntity(), {
        ...{ passkeyId, partyId, accountId: actor.accountId, label },
        ...{ credentialId, publicKey, counter: String(made.counter) },
        transports: readTransports(credential),
        ...{ salt, commitment, state: 'active' as const },
        boundAt: new Date(place.recordedAt),
        leafIndex: String(place.leafIndexes[0]),
        ...{ usedAt: null, revokedAt: null, revokedBy: null },
      });
      await this.passkeys.insert(tx, passkey);
      return passkey;
    });
  }

  async listOf(actor: Actor, partyId: string): Promise<PasskeyEntity[]> {
    await this.parties.requireMember(actor, partyId);
    return this.query.listOfParty(partyId);
  }

  /** Nothing that it signs counts from then on; what it signed before stays signed. */
  async revoke(actor: Actor, partyId: string, passkeyId: string): Promise<void> {
    requireSession(actor);
    await this.parties.requireMember(actor, partyId);
    await this.database.transaction(async (tx) => {
      const passkey = isId('passkey', passkeyId)
        ? (await this.passkeys.lockOfParty(tx, partyId)).find((one) => one.passkeyId === passkeyId)
        : undefined;
      if (!passkey) {
        throw new DomainProblem('passkeys/not-found', 'The party has no passkey with this id.');
      }
      if (passkey.state === 'revoked') {
        throw new DomainProblem('passkeys/already-revoked', 'It was revoked before.');
      }
      const { recordedAt } = await this.log.append(tx, [keyLeaf(passkey, 'revoked')]);
      await this.passkeys.revoke(tx, passkeyId, actor.accountId, new Date(recordedAt));
    });
  }

  /** Options to sign that one more passkey may be bound, or that signatures are no longer needed. */
  async signingOptions(
    actor: Actor,
    partyId: string,
    act: 'bind' | 'loosen',
  ): Promise<SigningOptions> {
    await this.parties.requireMember(actor, partyId);
    return this.signedActs.options(actor, { act, party: partyId });
  }

  async requiredSince(actor: Actor, partyId: string): Promise<Date | null> {
    await this.parties.requireMember(actor, partyId);
    return this.query.requiredSince(partyId);
  }

  /** From now on only signed declarations widen what the party allows; a passkey must be there. */
  async require(actor: Actor, partyId: string): Promise<void> {
    await this.parties.requireMember(actor, partyId);
    if ((await this.query.listActive(partyId, actor.accountId)).length === 0) {
      throw new DomainProblem('passkeys/none-bound', 'Bind a passkey for this party first.');
    }
    await this.database.transaction((tx) =>
      this.passkeys.requireFor(tx, partyId, new Date(this.clock.now())),
    );
  }

  /** Takes {@link require} back, which a passkey must sign: it widens what a stolen account can do. */
  async loosen(actor: Actor, partyId: string, signature: Signature): Promise<void> {
    await this.parties.requireMember(actor, partyId);
    if ((await this.query.requiredSince(partyId)) === null) return;
    if (signature.assertion === undefined) throw signatureRequired('stop asking for signatures');
    await this.database.transaction(async (tx) => {
      await this.signedActs.accept(tx, actor, { act: 'loosen', party: partyId }, signature);
      await this.passkeys.loosen(tx, partyId);
    });
  }

  private async verify(
    response: RegistrationResponseJSON,
    takeChallenge: (challenge: string) => Promise<boolean>,
  ) {
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
    const result = await verifyRegistrationResponse({
      response,
      expectedChallenge: takeChallenge,
      expectedOrigin: this.relyingParty.origin,
      expectedRPID: this.relyingParty.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }).catch((error: Error) => {
      throw refused(error.message);
    });
    const made = result.registrationInfo?.credential;
    if (!made || !readCredentialKey(made.publicKey)) {
      throw refused('The passkey has a public key of a kind that is not accepted.');
    }
    return made;
  }
}

function refuseUnlessFits(existing: readonly PasskeyEntity[], credentialId: Buffer): void {
  const same = existing.find((one) => one.credentialId.equals(credentialId));
  if (same) {
    throw new DomainProblem('passkeys/already-bound', `It was bound before and is ${same.state}.`, {
      passkey: same.passkeyId,
    });
  }
  if (existing.filter((one) => one.state === 'active').length >= ACTIVE_MAX) {
    throw new DomainProblem('passkeys/too-many', `${ACTIVE_MAX} are in use already.`);
  }
}

export function signatureRequired(toDo: string): DomainProblem {
  return new DomainProblem(
    'passkeys/signature-required',
    `The party lets nobody ${toDo} without a signature of its passkey.`,
  );
}
