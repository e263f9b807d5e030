import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Actor } from '#accounts';
import { Clock, DomainProblem, newId } from '#kernel';
import { invalid, type Transaction } from '#platform';
import type { LeafAuth } from '#transparency';
import { CHALLENGE_MS, refused } from './challenges.js';
import { assertionDigest, readCredential, statementChallenge } from './domain/index.js';
import { type Statement, statementText } from './domain/index.js';
import type { PasskeyEntity } from './entities/passkey.entity.js';
import { PasskeysQuery } from './passkeys.query.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { RelyingParty } from './relying-party.js';

/** What somebody has to do to sign a statement. */
export interface SigningOptions {
  /** For `navigator.credentials.get`. */
  readonly publicKey: PublicKeyCredentialRequestOptionsJSON;
  /** To be sent back with the assertion, base64url. */
  readonly nonce: string;
  /** What is signed, as canonical JSON. */
  readonly statement: string;
  readonly expiresAt: Date;
}

/** A passkey's answer, as it came over the wire. */
export interface Signature {
  assertion?: unknown;
  nonce?: string;
}

/** A statement that was signed: how its leaf says so, and where the signature is kept. */
export interface Signed {
  readonly assertionId: string;
  readonly auth: LeafAuth;
}

/** Lets a party's members sign statements with the passkeys that they bound for it. */
@Injectable()
export class SignedActs {
  constructor(
    private readonly passkeys: PasskeysRepository,
    private readonly query: PasskeysQuery,
    private readonly relyingParty: RelyingParty,
    private readonly clock: Clock,
  ) {}

  /** A challenge that commits to the statement, to be signed within five minutes, once. */
  async options(actor: Actor, statement: Statement): Promise<SigningOptions> {
    const { accountId } = actor;
    const own = await this.query.listActive(statement.party, accountId);
    if (own.length === 0) {
      throw new DomainProblem('passkeys/none-bound', 'Bind a passkey for this party first.');
    }
    const nonce = randomBytes(32);
    const text = statementText(statement);
    const challenge = statementChallenge(nonce, text);
    const now = this.clock.now();
    const expiresAt = new Date(now + CHALLENGE_MS);
    await this.passkeys.keepChallenge(
      { challenge, accountId, partyId: statement.party, act: statement.act, expiresAt },
      new Date(now),
    );
    return {
      publicKey: {
        challenge: challenge.toString('base64url'),
        rpId: this.relyingParty.id,
        timeout: CHALLENGE_MS,
        userVerification: 'required',
        allowCredentials: own.map((passkey) => ({
          id: passkey.credentialId.toString('base64url'),
          type: 'public-key',
          transports: passkey.transports as never[],
        })),
      },
      nonce: nonce.toString('base64url'),
      statement: text,
      expiresAt,
    };
  }

  /**
   * Accepts a signature under the statement, in the transaction that does what it says, so that a
   * signature counts once and only with its act. Call it before the log's head is held: it locks
   * the passkey. Throws `passkeys/refused` saying what does not hold.
   */
  async accept(
    tx: Transaction,
    actor: Actor,
    statement: Statement,
    signature: Signature,
  ): Promise<Signed> {
    const { credential, nonce } = readSignature(signature);
    const text = statementText(statement);
    const challenge = statementChallenge(nonce, text);
    const at = new Date(this.clock.now());
    const { accountId } = actor;
    const { party: partyId, act } = statement;
    if (!(await this.passkeys.takeChallenge(tx, { challenge, accountId, partyId, act }, at))) {
      throw refused(
        'No such challenge waits: it was used, has expired, or was given out for something else than what this request says.',
      );
    }
    const credentialId = Buffer.from(credential.id, 'base64url');
    const passkey = await this.passkeys.lockActive(tx, { partyId, accountId, credentialId });
    if (!passkey) throw refused('You have bound no such passkey for this party, or it is revoked.');
    const counter = await this.verify(credential, challenge, passkey);
    await this.passkeys.noteUse(tx, passkey.passkeyId, counter, at);
    const bytes = {
      authenticatorData: bytesOf(credential.response.authenticatorData),
      clientData: bytesOf(credential.response.clientDataJSON),
      signature: bytesOf(credential.response.signature),
    };
    const assertionId = newId('assertion');
    await this.passkeys.insertAssertion(tx, {
      assertionId,
      passkeyId: passkey.passkeyId,
      nonce,
      statement: text,
      ...bytes,
      origin: this.relyingParty.origin,
      rpId: this.relyingParty.id,
      signedAt: at,
    });
    const [c, h] = [passkey.commitment, assertionDigest(bytes)];
    return {
      assertionId,
      auth: { m: 'webauthn', c: c.toString('hex'), h: h.toString('hex') },
    };
  }

  /** The authenticator's new counter. */
  private async verify(
    credential: AuthenticationResponseJSON,
    challenge: Buffer,
    passkey: PasskeyEntity,
  ): Promise<number> {
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: credential,
      expectedChallenge: challenge.toString('base64url'),
      expectedOrigin: this.relyingParty.origin,
      expectedRPID: this.relyingParty.id,
      requireUserVerification: true,
      credential: {
        id: credential.id,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: Number(passkey.counter),
      },
    }).catch((error: Error) => {
      throw refused(error.message);
    });
    if (!verified) throw refused('The signature does not hold.');
    return authenticationInfo.newCounter;
  }
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}

function readSignature({ assertion, nonce }: Signature): {
  credential: AuthenticationResponseJSON;
  nonce: Buffer;
} {
  const members = ['clientDataJSON', 'authenticatorData', 'signature'];
  const read = readCredential(assertion, members, '/assertion');
  const errors = read.ok ? [] : read.errors;
  const bytes = Buffer.from(nonce ?? '', 'base64url');
  if (bytes.length !== 32) {
    errors.push({ pointer: '/nonce', detail: 'must be the nonce that came with the options' });
  }
  if (!read.ok || errors.length > 0) throw invalid(errors);
  return { credential: read.credential as unknown as AuthenticationResponseJSON, nonce: bytes };
}
