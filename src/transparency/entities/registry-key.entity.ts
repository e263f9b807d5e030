import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One step in the life of a key of the registry. */
@Entity('registry_keys')
export class RegistryKeyEntity {
  /** RFC 7638 thumbprint. */
  @PrimaryColumn({ type: 'text' })
  kid: string;

  @PrimaryColumn({ type: 'text' })
  state: string;

  @Column({ type: 'text' })
  use: string;

  /** Raw Ed25519, 32 bytes. */
  @Column({ type: 'bytea' })
  publicKey: Buffer;

  @Column({ type: 'timestamptz', precision: 3 })
  recordedAt: Date;

  @Column({ type: 'bigint' })
  leafIndex: string;
}
