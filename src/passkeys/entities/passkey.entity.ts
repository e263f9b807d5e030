import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

@Entity('passkeys')
@Unique(['partyId', 'credentialId'])
export class PasskeyEntity {
  @PrimaryColumn({ type: 'text' })
  passkeyId: string;

  @Column({ type: 'text' })
  partyId: string;

  /** Who bound it and alone signs with it. */
  @Column({ type: 'text' })
  accountId: string;

  /** What its owner calls it. */
  @Column({ type: 'text' })
  label: string;

  /** As the authenticator names it. */
  @Column({ type: 'bytea' })
  credentialId: Buffer;

  /** COSE, as WebAuthn gives it. */
  @Column({ type: 'bytea' })
  publicKey: Buffer;

  /** The authenticator's count of signatures; many keep it at 0. */
  @Column({ type: 'bigint' })
  counter: string;

  @Column({ type: 'text', array: true })
  transports: string[];

  /** Opens the commitment; erased with the person. */
  @Column({ type: 'bytea' })
  salt: Buffer;

  @Column({ type: 'bytea' })
  commitment: Buffer;

  @Column({ type: 'text' })
  state: 'active' | 'revoked';

  @Column({ type: 'timestamptz', precision: 3 })
  boundAt: Date;

  /** The leaf that bound it. */
  @Column({ type: 'bigint' })
  leafIndex: string;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  usedAt: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  revokedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  revokedBy: string | null;
}
