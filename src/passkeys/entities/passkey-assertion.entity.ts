import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A signed statement, whole: with the passkey's row it lets anyone check the signature offline. */
@Entity('passkey_assertions')
export class PasskeyAssertionEntity {
  @PrimaryColumn({ type: 'text' })
  assertionId: string;

  @Column({ type: 'text' })
  passkeyId: string;

  @Column({ type: 'bytea' })
  nonce: Buffer;

  /** Canonical JSON, as it was signed. */
  @Column({ type: 'text' })
  statement: string;

  @Column({ type: 'bytea' })
  authenticatorData: Buffer;

  @Column({ type: 'bytea' })
  clientData: Buffer;

  @Column({ type: 'bytea' })
  signature: Buffer;

  /** Where it was signed, for whoever checks after the registry has moved. */
  @Column({ type: 'text' })
  origin: string;

  @Column({ type: 'text' })
  rpId: string;

  @Column({ type: 'timestamptz', precision: 3 })
  signedAt: Date;
}
