import { Column, Entity, PrimaryColumn } from 'typeorm';

export const MAIL_CHOICES = ['off', 'immediate', 'daily'] as const;
export type MailChoice = (typeof MAIL_CHOICES)[number];

/** How a member is told about a party, and how far they were. */
@Entity('notice_settings')
export class NoticeSettingEntity {
  @PrimaryColumn({ type: 'text' })
  accountId: string;

  @PrimaryColumn({ type: 'text' })
  partyId: string;

  @Column({ type: 'text' })
  mail: MailChoice;

  /** Index of the last leaf that was marked as read; -1 before the first. */
  @Column({ type: 'bigint' })
  readUpTo: string;

  /** Index of the last leaf that a mail told of. */
  @Column({ type: 'bigint' })
  mailedUpTo: string;

  /** A worker is writing a mail until then. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  leasedUntil: Date | null;
}
