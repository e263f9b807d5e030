/**
 * notices — being told: every leaf that concerns a party reaches its members, in a feed, and if they
 * want by webhook and mail.
 *
 * Owns: notice_settings, webhooks, webhook_attempts. Reads log_concerns.
 * Invariants:
 *   1. Every leaf that concerns a party is in its feed, and nobody can turn that off.
 *   2. A delivery is queued in the transaction of the leaf (by a trigger), or there is no leaf.
 *   3. Webhooks are told in the order of the log, at least once; an event's id never changes.
 *   4. Nobody is told any more who was erased, also where a backup brought them back.
 *   5. Nothing is sent to an address that is not public, nor anywhere but where it was checked.
 */
import { NoticeSettingEntity } from './entities/notice-setting.entity.js';
import { WebhookAttemptEntity } from './entities/webhook-attempt.entity.js';
import { WebhookEntity } from './entities/webhook.entity.js';

export const NOTICES_ENTITIES = [NoticeSettingEntity, WebhookEntity, WebhookAttemptEntity];
export { NoticeErasure } from './notice-erasure.repository.js';
export { NOTICES_PROBLEMS } from './notices.errors.js';
export { NoticesModule } from './notices.module.js';
export type { WebhookEvent } from './webhook-message.js';
export { WebhookSender } from './webhook-sender.service.js';
export { WebhooksService } from './webhooks.service.js';
