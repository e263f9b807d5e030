import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Role } from '../domain/scopes.js';

@Entity('accounts')
@Unique(['emailKey'])
export class AccountEntity {
  @PrimaryColumn({ type: 'text' })
  accountId: string;

  /** As typed, for people to read. */
  @Column({ type: 'text' })
  email: string;

  /** As compared: one account for each. */
  @Column({ type: 'text' })
  emailKey: string;

  /** Argon2id in PHC form. */
  @Column({ type: 'text' })
  passwordHash: string;

  @Column({ type: 'text' })
  displayName: string;

  @Column({ type: 'text', array: true })
  roles: Role[];

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  disabledAt: Date | null;

  /** When the person behind it was erased; what is left are ids. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  erasedAt: Date | null;
}
