import { Module } from '@nestjs/common';
import { PartiesModule, PUBLIC_INTERNET } from '#parties';
import { FeedController } from './feed.controller.js';
import { FeedQuery } from './feed.query.js';
import { FeedService } from './feed.service.js';
import { MailDelivery } from './mail-delivery.service.js';
import { Mailer } from './mailer.js';
import { NoticeErasure } from './notice-erasure.repository.js';
import { NoticeSettingsRepository } from './notice-settings.repository.js';
import { WebhookDelivery } from './webhook-delivery.service.js';
import { WEBHOOK_NETWORK, WebhookSender } from './webhook-sender.service.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksRepository } from './webhooks.repository.js';
import { WebhooksService } from './webhooks.service.js';

@Module({
  imports: [PartiesModule],
  controllers: [FeedController, WebhooksController],
  providers: [
    { provide: WEBHOOK_NETWORK, useFactory: () => ({ ...PUBLIC_INTERNET }) },
    FeedQuery,
    FeedService,
    MailDelivery,
    Mailer,
    NoticeErasure,
    NoticeSettingsRepository,
    WebhookDelivery,
    WebhookSender,
    WebhooksRepository,
    WebhooksService,
  ],
  exports: [NoticeErasure, WebhookSender, WebhooksService],
})
export class NoticesModule {}
