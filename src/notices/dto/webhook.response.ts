import type { Posted } from '#parties';
import type { WebhookAttemptEntity } from '../entities/webhook-attempt.entity.js';
import type { WebhookEntity } from '../entities/webhook.entity.js';

export class WebhookResponse {
  /** @example whk_01kaq9x3n6fq2s7v4c8b5d0e1g */
  id: string;
  url: string;
  /** `paused` after three days without success, or once the receiver said 410; resume to go on. */
  state: 'active' | 'paused';
  /** Index of the last leaf that was delivered; nothing after it was. */
  deliveredUpTo: number;
  /** Failures since the last success. */
  failures: number;
  nextTryAt: string | null;
  createdAt: string;

  static from(webhook: WebhookEntity): WebhookResponse {
    return Object.assign(new WebhookResponse(), wireForm(webhook));
  }
}

/** A webhook with a secret just made. */
export class WebhookSecretResponse extends WebhookResponse {
  /**
   * What signs its events (Standard Webhooks), shown in this answer only. Null where the answer is
   * repeated for an Idempotency-Key; rotate the secret if it was lost.
   * @example "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
   */
  secret: string | null;

  static override from(webhook: WebhookEntity): WebhookSecretResponse {
    const { secret } = webhook;
    return Object.assign(new WebhookSecretResponse(), wireForm(webhook), { secret });
  }

  /** What is kept to be repeated for an Idempotency-Key: everything but the secret. */
  toReplay(): WebhookSecretResponse {
    return Object.assign(new WebhookSecretResponse(), this, { secret: null });
  }
}

export class WebhooksResponse {
  webhooks: WebhookResponse[];
}

export class PingResponse {
  /** Whether the receiver took the test event with a 2xx. */
  delivered: boolean;
  status: number | null;
  failure: string | null;

  static from(posted: Posted): PingResponse {
    return {
      delivered: posted.ok,
      status: posted.status,
      failure: posted.ok ? null : posted.failure,
    };
  }
}

export class AttemptResponse {
  /** The event, the same in all its tries. */
  event: string;
  at: string;
  status: number | null;
  /** Why it failed; null for a success. */
  failure: string | null;
  durationMs: number;
}

export class AttemptsResponse {
  /** The last hundred, newest first. */
  attempts: AttemptResponse[];

  static from(attempts: readonly WebhookAttemptEntity[]): AttemptsResponse {
    return {
      attempts: attempts.map((one) => ({
        event: one.eventId,
        at: one.at.toISOString(),
        status: one.status,
        failure: one.failure,
        durationMs: one.durationMs,
      })),
    };
  }
}

function wireForm(webhook: WebhookEntity): WebhookResponse {
  return {
    id: webhook.webhookId,
    url: webhook.url,
    state: webhook.state,
    deliveredUpTo: Number(webhook.toldUpTo),
    failures: webhook.failures,
    nextTryAt: webhook.retryAt?.toISOString() ?? null,
    createdAt: webhook.createdAt.toISOString(),
  };
}
