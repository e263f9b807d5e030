import type { PasskeyEntity } from '../entities/passkey.entity.js';
import type { SignedStatementRow } from '../passkeys.query.js';
import type { SigningOptions } from '../signed-acts.service.js';

export class BindingOptionsResponse {
  /** For `navigator.credentials.create`, in its JSON form; binary members are base64url. */
  publicKey: object;
}

export class SigningOptionsResponse {
  /** For `navigator.credentials.get`, in its JSON form; binary members are base64url. */
  publicKey: object;
  /** To be sent back with the assertion. */
  nonce: string;
  /**
   * What is signed, as canonical JSON. The challenge is SHA-256("fermata.declare.v1" || 0x00 ||
   * nonce || statement), so a client can see for itself that it signs this and nothing else.
   */
  statement: string;
  expiresAt: string;

  static from(options: SigningOptions): SigningOptionsResponse {
    return {
      publicKey: options.publicKey,
      nonce: options.nonce,
      statement: options.statement,
      expiresAt: options.expiresAt.toISOString(),
    };
  }
}

export class PasskeyResponse {
  /** @example pky_01kaq9x3n6fq2s7v4c8b5d0e1g */
  id: string;
  label: string;
  state: 'active' | 'revoked';
  /** The account that bound it and alone signs with it. */
  account: string;
  /** What stands in the log for its public key, hex. */
  commitment: string;
  boundAt: string;
  /** The leaf that bound it. */
  logIndex: number;
  lastUsedAt: string | null;
  revokedAt: string | null;

  static from(passkey: PasskeyEntity): PasskeyResponse {
    return {
      id: passkey.passkeyId,
      label: passkey.label,
      state: passkey.state,
      account: passkey.accountId,
      commitment: passkey.commitment.toString('hex'),
      boundAt: passkey.boundAt.toISOString(),
      logIndex: Number(passkey.leafIndex),
      lastUsedAt: passkey.usedAt?.toISOString() ?? null,
      revokedAt: passkey.revokedAt?.toISOString() ?? null,
    };
  }
}

export class PasskeysResponse {
  passkeys: PasskeyResponse[];
}

export class PasskeyPolicyResponse {
  /** Whether only signed declarations widen what the party allows. */
  requirePasskey: boolean;
  since: string | null;

  static from(since: Date | null): PasskeyPolicyResponse {
    return { requirePasskey: since !== null, since: since?.toISOString() ?? null };
  }
}

/** All that is needed to check a signed declaration without the registry; see docs/specs. */
export class AuthorisationResponse {
  /** The passkey, whose stream in the log says who bound it and whether it was revoked. */
  passkey: string;
  /** The leaf that bound the passkey to the party. */
  keyLogIndex: number;
  /** The leaf of the declaration. */
  logIndex: number;
  /** What was signed, as canonical JSON. */
  statement: string;
  /** The rest is base64url. */
  nonce: string;
  /** COSE, as WebAuthn gives it. */
  publicKey: string;
  /** Opens the commitment to the public key. */
  salt: string;
  authenticatorData: string;
  clientDataJSON: string;
  signature: string;
  /** The site where it was signed. */
  origin: string;
  rpId: string;

  static from(row: SignedStatementRow, logIndex: number): AuthorisationResponse {
    return {
      passkey: row.passkeyId,
      keyLogIndex: row.keyLogIndex,
      logIndex,
      statement: row.statement,
      nonce: row.nonce.toString('base64url'),
      publicKey: row.publicKey.toString('base64url'),
      salt: row.salt.toString('base64url'),
      authenticatorData: row.authenticatorData.toString('base64url'),
      clientDataJSON: row.clientData.toString('base64url'),
      signature: row.signature.toString('base64url'),
      origin: row.origin,
      rpId: row.rpId,
    };
  }
}

export class RecoveredPasskeysResponse {
  /** How many passkeys were in use. */
  revoked: number;
}
