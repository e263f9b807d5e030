import { Webhook } from 'standardwebhooks';
import type { WebhookEntity } from './entities/webhook.entity.js';
import { leafInWords } from './domain/index.js';
import type { FeedRow } from './feed.query.js';

/** What a webhook is sent: a type, a moment and data, as Standard Webhooks recommends. */
export interface WebhookEvent {
  /** The same however often it is sent; receivers tell repetitions by it. */
  readonly id: string;
  readonly body: string;
}

/** An event is one leaf as it concerns one party. */
export function eventId(leafIndex: number, partyId: string): string {
  return `${leafIndex}.${partyId}`;
}

export function leafEvent(partyId: string, row: FeedRow): WebhookEvent {
  const data = {
    party: partyId,
    logIndex: row.leafIndex,
    words: leafInWords(row.leaf, partyId),
    leaf: row.leaf,
  };
  return {
    id: eventId(row.leafIndex, partyId),
    body: JSON.stringify({ type: 'leaf.recorded', timestamp: row.recordedAt.toISOString(), data }),
  };
}

export function pingEvent(webhook: WebhookEntity, at: Date): WebhookEvent {
  const data = { party: webhook.partyId, webhook: webhook.webhookId };
  return {
    id: `ping.${at.getTime()}.${webhook.webhookId}`,
    body: JSON.stringify({ type: 'ping', timestamp: at.toISOString(), data }),
  };
}

/** The headers of Standard Webhooks; for a day after a rotation both secrets sign. */
export function signedHeaders(
  webhook: WebhookEntity,
  event: WebhookEvent,
  at: Date,
): Record<string, string> {
  const { secret, previousSecret, previousUntil } = webhook;
  const secrets = [secret];
  if (previousSecret && previousUntil && previousUntil > at) secrets.push(previousSecret);
  return {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(event.body)),
    'User-Agent': 'Fermata-Webhooks/1',
    'webhook-id': event.id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets
      .map((one) => new Webhook(one).sign(event.id, at, event.body))
      .join(' '),
  };
}
