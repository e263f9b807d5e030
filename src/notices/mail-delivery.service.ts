import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isId } from '#kernel';
import { Config, JobWorker } from '#platform';
import { leafInWords } from './domain/index.js';
import { FeedQuery, type FeedRow } from './feed.query.js';
import { Mailer } from './mailer.js';
import { type MailRow, NoticeSettingsRepository } from './notice-settings.repository.js';
import { eventId } from './webhook-message.js';

/** What one mail tells at most; the rest is in the next. */
const BATCH = 50;

/** Longer than a checkpoint usually takes. */
const UNSIGNED_WAIT_S = 1;

/**
 * Mails members what was recorded about a party since the last mail: one mail for all that waits.
 * Where it stopped is written with the member's settings, so a job that was lost is made good by
 * the next; a mail that may have gone out already goes out again under the same Message-ID.
 */
@Injectable()
export class MailDelivery implements OnModuleInit {
  constructor(
    private readonly worker: JobWorker,
    private readonly settings: NoticeSettingsRepository,
    private readonly feed: FeedQuery,
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.worker.on('mail', ({ account, party }) => this.deliver([String(account), String(party)]));
    this.worker.onStart(() => this.settings.queuePending(null));
  }

  private async deliver(key: [account: string, party: string]): Promise<void> {
    const [accountId, partyId] = key;
    if (!this.mailer.isSetUp || !isId('account', accountId) || !isId('party', partyId)) return;
    const to = await this.settings.lease(key);
    if (to) {
      let mailedUpTo = to.mailedUpTo;
      try {
        const rows = await this.feed.listAfter(partyId, mailedUpTo, BATCH);
        if (rows.length > 0) {
          await this.mailer.send({ ...this.write(partyId, to, rows), to: to.email });
          mailedUpTo = rows.at(-1)!.leafIndex;
        }
      } finally {
        await this.settings.release(key, mailedUpTo);
      }
    }
    // What was recorded in the last moment and is not signed yet. Who can't be mailed at all is not
    // tried again.
    if (to || (await this.settings.isLeased(key))) {
      await this.settings.queuePending(key, UNSIGNED_WAIT_S);
    }
  }

  private write(partyId: string, { partyName }: MailRow, rows: readonly FeedRow[]) {
    const base = (this.config.PUBLIC_URL ?? `http://localhost:${this.config.PORT}`).replace(
      /\/$/,
      '',
    );
    const last = rows.at(-1)!;
    const entries = rows.map((row) => {
      const at = row.recordedAt.toISOString();
      return `${at}  leaf ${row.leafIndex}\n${leafInWords(row.leaf, partyId)}\n`;
    });
    const count = rows.length === 1 ? 'One entry' : `${rows.length} entries`;
    return {
      subject: `${count} about ${partyName}`,
      messageId: `<${eventId(last.leafIndex, partyId)}@${new URL(base).hostname}>`,
      text: [
        `The registry recorded this about ${partyName}:`,
        '',
        ...entries,
        `All of it: ${base}/v1/parties/${partyId}/feed`,
        `To get no more mail: PUT ${base}/v1/parties/${partyId}/notice-settings {"mail": "off"}`,
        '',
      ].join('\n'),
    };
  }
}
