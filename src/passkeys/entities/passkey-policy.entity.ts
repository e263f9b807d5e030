import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row says: from then on only signed declarations widen what the party allows. */
@Entity('passkey_policies')
export class PasskeyPolicyEntity {
  @PrimaryColumn({ type: 'text' })
  partyId: string;

  @Column({ type: 'timestamptz', precision: 3 })
  requiredSince: Date;
}
