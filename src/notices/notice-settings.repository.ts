import { Injectable } from '@nestjs/common';
import { Database } from '#platform';
import { type MailChoice, NoticeSettingEntity } from './entities/notice-setting.entity.js';

/** Whom a mail goes to and what it is about. */
export interface MailRow {
  readonly email: string;
  readonly partyName: string;
  readonly mailedUpTo: number;
}

/** Longer than sending a mail may take. */
const LEASE = `interval '60 seconds'`;

/** How members are told, and how far they were. */
@Injectable()
export class NoticeSettingsRepository {
  constructor(private readonly database: Database) {}

  find(accountId: string, partyId: string): Promise<NoticeSettingEntity | null> {
    return this.database.reader.findOneBy(NoticeSettingEntity, { accountId, partyId });
  }

  /** Changes how mail is sent; whoever turns it on is told of what comes after `from`. */
  async chooseMail(key: [string, string], mail: MailChoice, from: number): Promise<void> {
    await this.database.transaction((tx) =>
      tx.manager.query(
        `INSERT INTO notice_settings AS s (account_id, party_id, mail, read_up_to, mailed_up_to)
         VALUES ($1, $2, $3, -1, $4)
         ON CONFLICT (account_id, party_id) DO UPDATE SET mail = excluded.mail,
           mailed_up_to = CASE s.mail WHEN 'off' THEN excluded.mailed_up_to ELSE s.mailed_up_to END`,
        [...key, mail, from],
      ),
    );
  }

  /** Marks the feed as read; a mark only moves on. */
  async markRead(key: [string, string], upTo: number, from: number): Promise<void> {
    await this.database.transaction((tx) =>
      tx.manager.query(
        `INSERT INTO notice_settings AS s (account_id, party_id, mail, read_up_to, mailed_up_to)
         VALUES ($1, $2, 'off', $3, $4)
         ON CONFLICT (account_id, party_id) DO UPDATE
           SET read_up_to = greatest(s.read_up_to, excluded.read_up_to)`,
        [...key, upTo, from],
      ),
    );
  }

  /**
   * Takes the right to mail this member for a minute. Null where somebody else has it, no mail is
   * wanted, or the account is no member any more.
   */
  async lease(key: [string, string]): Promise<MailRow | null> {
    const [[row]] = await this.database.dataSource.query(
      `UPDATE notice_settings s SET leased_until = now() + ${LEASE}
       FROM accounts a, parties p
       WHERE s.account_id = $1 AND s.party_id = $2 AND s.mail <> 'off'
         AND (s.leased_until IS NULL OR s.leased_until <= now())
         AND a.account_id = s.account_id AND a.disabled_at IS NULL AND p.party_id = s.party_id
         AND EXISTS (SELECT FROM party_members m
           WHERE m.account_id = s.account_id AND m.party_id = s.party_id)
       RETURNING a.email, p.display_name AS "partyName", s.mailed_up_to::float8 AS "mailedUpTo"`,
      key,
    );
    return row ?? null;
  }

  async release(key: [string, string], mailedUpTo: number): Promise<void> {
    await this.database.dataSource.query(
      `UPDATE notice_settings SET leased_until = NULL, mailed_up_to = greatest(mailed_up_to, $3)
       WHERE account_id = $1 AND party_id = $2`,
      [...key, mailedUpTo],
    );
  }

  /** Queues the next mail to a member, or to all, where something waits, in so many seconds. */
  async queuePending(key: [string, string] | null, seconds = 0): Promise<void> {
    await this.database.dataSource.query(
      `SELECT queue_mail(s.account_id, s.party_id, s.mail,
         greatest(s.leased_until, now() + $3 * interval '1 second')) FROM notice_settings s
       WHERE s.mail <> 'off' AND ($1::text IS NULL OR (s.account_id, s.party_id) = ($1, $2))
         AND EXISTS (SELECT FROM log_concerns c
           WHERE c.party_id = s.party_id AND c.leaf_index > s.mailed_up_to)`,
      [...(key ?? [null, null]), seconds],
    );
  }

  /** Whether somebody else is writing a mail to this member. */
  async isLeased([accountId, partyId]: [string, string]): Promise<boolean> {
    const rows = await this.database.dataSource.query(
      `SELECT FROM notice_settings
       WHERE account_id = $1 AND party_id = $2 AND leased_until > now()`,
      [accountId, partyId],
    );
    return rows.length > 0;
  }
}
