import { leafInWords } from '../domain/index.js';
import { MAIL_CHOICES, type MailChoice } from '../entities/notice-setting.entity.js';
import type { FeedRow } from '../feed.query.js';
import type { FeedPage, NoticeSettings } from '../feed.service.js';
import { eventId } from '../webhook-message.js';
import { ApiProperty } from '@nestjs/swagger';

export class FeedEntryResponse {
  /** The same id as in webhooks: leaf index and party. */
  id: string;
  logIndex: number;
  recordedAt: string;
  /** What happened, in plain words. */
  words: string;
  /** The leaf's entry, as it stands in the log. */
  leaf: object;

  static from(party: string, row: FeedRow): FeedEntryResponse {
    return {
      id: eventId(row.leafIndex, party),
      logIndex: row.leafIndex,
      recordedAt: row.recordedAt.toISOString(),
      words: leafInWords(row.leaf, party),
      leaf: row.leaf,
    };
  }
}

export class FeedResponse {
  /** Newest last. */
  items: FeedEntryResponse[];
  /** Send it as `after` to go on, now or once there is more. */
  after: number;
  hasMore: boolean;
  /** Index of the last leaf that you marked as read, -1 if none. */
  readUpTo: number;

  static from(party: string, page: FeedPage, after: number): FeedResponse {
    return {
      items: page.rows.map((row) => FeedEntryResponse.from(party, row)),
      after: page.rows.at(-1)?.leafIndex ?? after,
      hasMore: page.hasMore,
      readUpTo: page.readUpTo,
    };
  }
}

export class NoticeSettingsResponse {
  @ApiProperty({ enum: MAIL_CHOICES })
  mail: MailChoice;
  /** Whether this registry sends mail at all; where it does not, read the feed or use a webhook. */
  mailAvailable: boolean;

  static from({ mail, isMailSetUp }: NoticeSettings): NoticeSettingsResponse {
    return { mail, mailAvailable: isMailSetUp };
  }
}
