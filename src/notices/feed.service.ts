import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { PartyAccess } from '#parties';
import type { MailChoice } from './entities/notice-setting.entity.js';
import { FeedQuery, type FeedRow } from './feed.query.js';
import { Mailer } from './mailer.js';
import { NoticeSettingsRepository } from './notice-settings.repository.js';

export interface FeedPage {
  readonly rows: readonly FeedRow[];
  readonly hasMore: boolean;
  readonly readUpTo: number;
}

export interface NoticeSettings {
  readonly mail: MailChoice;
  readonly isMailSetUp: boolean;
}

/** What was recorded about a party, for its members, and how they want to be told. */
@Injectable()
export class FeedService {
  constructor(
    private readonly parties: PartyAccess,
    private readonly query: FeedQuery,
    private readonly settings: NoticeSettingsRepository,
    private readonly mailer: Mailer,
  ) {}

  async read(actor: Actor, party: string, after: number, limit: number): Promise<FeedPage> {
    await this.parties.requireMember(actor, party);
    const rows = await this.query.listAfter(party, after, limit + 1);
    const setting = await this.settings.find(actor.accountId, party);
    return {
      rows: rows.slice(0, limit),
      hasMore: rows.length > limit,
      readUpTo: setting ? Number(setting.readUpTo) : -1,
    };
  }

  async markRead(actor: Actor, party: string, upTo: number): Promise<void> {
    await this.parties.requireMember(actor, party);
    const last = await this.query.lastLeaf();
    // What has not been recorded yet cannot have been read.
    await this.settings.markRead([actor.accountId, party], Math.min(upTo, last), last);
  }

  async getSettings(actor: Actor, party: string): Promise<NoticeSettings> {
    await this.parties.requireMember(actor, party);
    const setting = await this.settings.find(actor.accountId, party);
    return { mail: setting?.mail ?? 'off', isMailSetUp: this.mailer.isSetUp };
  }

  async chooseMail(actor: Actor, party: string, mail: MailChoice): Promise<NoticeSettings> {
    await this.parties.requireMember(actor, party);
    const last = await this.query.lastLeaf();
    await this.settings.chooseMail([actor.accountId, party], mail, last);
    return this.getSettings(actor, party);
  }
}
