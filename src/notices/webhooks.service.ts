import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, requireSession } from '#accounts';
import { Clock, DomainProblem, isId, newId } from '#kernel';
import { PartyAccess, type Posted, readDomain } from '#parties';
import { Database, invalid } from '#platform';
import type { WebhookAttemptEntity } from './entities/webhook-attempt.entity.js';
import { WebhookEntity } from './entities/webhook.entity.js';
import { FeedQuery } from './feed.query.js';
import { pingEvent } from './webhook-message.js';
import { WebhookSender } from './webhook-sender.service.js';
import { WebhooksRepository } from './webhooks.repository.js';

const WEBHOOKS_MAX = 10;
const URL_LENGTH_MAX = 2_000;
const BOTH_SECRETS_MS = 24 * 3_600_000;

/** A party's webhooks, kept by its members. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyAccess,
    private readonly webhooks: WebhooksRepository,
    private readonly feed: FeedQuery,
    private readonly sender: WebhookSender,
    private readonly clock: Clock,
  ) {}

  /** Tells this address of what is recorded from now on. The secret is in the answer and nowhere else. */
  async create(actor: Actor, partyId: string, url: string): Promise<WebhookEntity> {
    requireSession(actor);
    await this.parties.requireMember(actor, partyId);
    const webhook: WebhookEntity = Object.assign(new WebhookEntity(), {
      ...{ webhookId: newId('webhook'), partyId, url: readUrl(url), secret: newSecret() },
      ...{ previousSecret: null, previousUntil: null, state: 'active' as const, failures: 0 },
      ...{ retryAt: null, leasedUntil: null, createdBy: actor.accountId },
      createdAt: new Date(this.clock.now()),
      toldUpTo: String(await this.feed.lastLeaf()),
    });
    await this.database.transaction(async (tx) => {
      if ((await this.webhooks.lockOfParty(tx, partyId)).length >= WEBHOOKS_MAX) {
        throw new DomainProblem('notices/too-many-webhooks', `The party has ${WEBHOOKS_MAX}.`);
      }
      await this.webhooks.insert(tx, webhook);
    });
    return webhook;
  }

  /** A webhook of a party that the actor is a member of. Throws `notices/webhook-not-found`. */
  async getOwn(actor: Actor, webhookId: string): Promise<WebhookEntity> {
    const known = isId('webhook', webhookId) ? await this.webhooks.find(webhookId) : null;
    const absent = () =>
      new DomainProblem('notices/webhook-not-found', 'No party of yours has this webhook.');
    if (!known) throw absent();
    // Another's webhook looks the same as none.
    await this.parties.requireMember(actor, known.partyId).catch((refusal: unknown) => {
      throw refusal instanceof DomainProblem ? absent() : refusal;
    });
    return known;
  }

  /** A webhook that takes events; null where it is gone or paused. */
  async findActive(webhookId: string): Promise<WebhookEntity | null> {
    const webhook = await this.webhooks.find(webhookId);
    return webhook?.state === 'active' ? webhook : null;
  }

  async listOf(actor: Actor, partyId: string): Promise<WebhookEntity[]> {
    await this.parties.requireMember(actor, partyId);
    return this.webhooks.listOfParty(partyId);
  }

  async delete(actor: Actor, partyId: string, webhookId: string): Promise<void> {
    requireSession(actor);
    await this.get(actor, partyId, webhookId);
    await this.database.transaction((tx) => this.webhooks.delete(tx, webhookId));
  }

  /** Gives it a new secret; for a day the old one signs as well, so that nothing is lost. */
  async rotate(actor: Actor, partyId: string, webhookId: string): Promise<WebhookEntity> {
    requireSession(actor);
    const { secret: previousSecret } = await this.get(actor, partyId, webhookId);
    const previousUntil = new Date(this.clock.now() + BOTH_SECRETS_MS);
    await this.database.transaction((tx) =>
      this.webhooks.update(tx, webhookId, { secret: newSecret(), previousSecret, previousUntil }),
    );
    return this.get(actor, partyId, webhookId);
  }

  /** Goes on where it was paused, or at once where it waits for its next try. */
  async resume(actor: Actor, partyId: string, webhookId: string): Promise<WebhookEntity> {
    await this.get(actor, partyId, webhookId);
    await this.database.transaction((tx) =>
      this.webhooks.update(tx, webhookId, { state: 'active', failures: 0, retryAt: null }),
    );
    await this.webhooks.queuePending(webhookId);
    return this.get(actor, partyId, webhookId);
  }

  /** Sends a test event now and says what became of it. */
  async ping(actor: Actor, partyId: string, webhookId: string): Promise<Posted> {
    const webhook = await this.get(actor, partyId, webhookId);
    return this.sender.send(webhook, pingEvent(webhook, new Date(this.clock.now())));
  }

  async attempts(
    actor: Actor,
    partyId: string,
    webhookId: string,
  ): Promise<WebhookAttemptEntity[]> {
    await this.get(actor, partyId, webhookId);
    return this.webhooks.listAttempts(webhookId);
  }

  private async get(actor: Actor, partyId: string, webhookId: string): Promise<WebhookEntity> {
    await this.parties.requireMember(actor, partyId);
    const webhook = isId('webhook', webhookId)
      ? await this.webhooks.findOf(partyId, webhookId)
      : null;
    if (!webhook) {
      throw new DomainProblem('notices/webhook-not-found', 'The party has no webhook of this id.');
    }
    return webhook;
  }
}

/** 256 bits, in the form of Standard Webhooks. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** The address in its one spelling. Whether its host is public is asked anew at each delivery. */
function readUrl(text: string): string {
  const refuse = (detail: string) => invalid([{ pointer: '/url', detail }]);
  if (text.length > URL_LENGTH_MAX) throw refuse(`must be at most ${URL_LENGTH_MAX} long`);
  if (!URL.canParse(text)) throw refuse('must be an address such as https://example.org/hook');
  const url = new URL(text);
  if (url.protocol !== 'https:') throw refuse('must begin with https://');
  if (url.username || url.password) throw refuse('must hold no user name and no password');
  if (url.port !== '') throw refuse('must name no port; webhooks go to port 443');
  const domain = readDomain(url.hostname);
  if (!domain.ok) throw refuse(domain.why);
  url.hash = '';
  return url.href;
}
