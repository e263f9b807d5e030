/** A key that signs now, known to others by the thumbprint of its public half (RFC 7638). */
export interface SigningKey {
  readonly kid: string;
  /** An Ed25519 signature, 64 bytes. */
  sign(data: Uint8Array): Buffer;
}

/** A head of the log that was signed and published. */
export interface SignedCheckpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  /** The whole signed note. */
  readonly note: string;
}

/** The registry's own keys. */
export abstract class SigningKeys {
  abstract current(use: 'receipt'): SigningKey;

  /** Every key ever used, as a JWK set (RFC 7517). */
  abstract jwks(): { readonly keys: readonly Readonly<Record<string, unknown>>[] };
}

/** What was published of the log. */
export abstract class Checkpoints {
  abstract readonly latest: SignedCheckpoint | null;

  /** Why nothing is signed any more; null while all is well. */
  abstract readonly stopped: string | null;

  /** A published checkpoint of at least this size, as soon as there is one; null when time is up. */
  abstract covering(size: number, timeoutMs: number): Promise<SignedCheckpoint | null>;
}
