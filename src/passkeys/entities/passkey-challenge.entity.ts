import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('passkey_challenges')
export class PasskeyChallengeEntity {
  @PrimaryColumn({ type: 'bytea' })
  challenge: Buffer;

  @Column({ type: 'text' })
  accountId: string;

  @Column({ type: 'text' })
  partyId: string;

  /** `register` for a new passkey, or the act of the statement that is to be signed. */
  @Column({ type: 'text' })
  act: string;

  @Column({ type: 'timestamptz', precision: 3 })
  expiresAt: Date;
}
