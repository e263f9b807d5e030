import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { Clock, DomainProblem, isId, newId } from '#kernel';
import { Database, invalid, type Page, pageOf, type PageRequest } from '#platform';
import {
  challengeOf,
  type CheckOutcome,
  DOMAIN_LEVEL,
  type DomainMethod,
  judgeReading,
  pendingSince,
  stateAt,
} from './domain/verification.js';
import { readDomain } from './domain-proofs/domain-name.js';
import { DomainProofs } from './domain-proofs/domain-proofs.js';
import { PartyVerificationEntity } from './entities/party-verification.entity.js';
import { PartyAccessQuery } from './party-access.query.js';
import { partyNotFound } from './party-access.service.js';
import { PartyLevels } from './party-levels.service.js';
import { VerificationsRepository } from './verifications.repository.js';

const PENDING_MAX = 20;

/** A verification and the moment at which it is looked at: a pending one expires by itself. */
export interface VerificationView {
  readonly verification: PartyVerificationEntity;
  readonly at: number;
}

/** Proof of a published identity: control of a domain, by a DNS record or a file on it. */
@Injectable()
export class VerificationsService {
  constructor(
    private readonly database: Database,
    private readonly verifications: VerificationsRepository,
    private readonly access: PartyAccessQuery,
    private readonly levels: PartyLevels,
    private readonly proofs: DomainProofs,
    private readonly clock: Clock,
  ) {}

  /** Starts a verification: gives out a fresh token that the domain is to publish. */
  async start(
    actor: Actor,
    partyId: string,
    asked: { method: DomainMethod; domain: string },
  ): Promise<VerificationView> {
    await this.requireMember(actor, partyId);
    const reading = readDomain(asked.domain);
    if (!reading.ok) throw invalid([{ pointer: '/domain', detail: reading.why }]);
    const now = this.clock.now();
    const verification = Object.assign(new PartyVerificationEntity(), {
      verificationId: newId('verification'),
      partyId,
      method: asked.method,
      domain: reading.domain,
      // 128 bits: nobody can have it on a page before it was given out.
      token: randomBytes(16).toString('hex'),
      level: DOMAIN_LEVEL,
      state: 'pending',
      requestedBy: actor.accountId,
      createdAt: new Date(now),
    });
    await this.database.transaction(async (tx) => {
      const since = new Date(pendingSince(now));
      if ((await this.verifications.countPending(tx, partyId, since)) >= PENDING_MAX) {
        throw new DomainProblem(
          'parties/too-many-verifications',
          `${PENDING_MAX} verifications of this party are waiting already.`,
        );
      }
      await this.verifications.insert(tx, verification);
    });
    return this.get(actor, verification.verificationId);
  }

  async get(actor: Actor, verificationId: string): Promise<VerificationView> {
    const verification = isId('verification', verificationId)
      ? await this.verifications.findOwn(actor.accountId, verificationId)
      : null;
    if (!verification) throw verificationNotFound();
    return { verification, at: this.clock.now() };
  }

  async listOf(actor: Actor, partyId: string, page: PageRequest): Promise<Page<VerificationView>> {
    await this.requireMember(actor, partyId);
    const rows = await this.verifications.listOf(partyId, page);
    const at = this.clock.now();
    return pageOf(
      rows,
      page,
      (row) => row.verificationId,
      (verification) => ({ verification, at }),
    );
  }

  /**
   * Looks at the domain now and says what was found. The look happens outside of any transaction,
   * so a slow domain holds no lock and no connection. A proven verification stays proven.
   */
  async check(actor: Actor, { verification }: VerificationView): Promise<VerificationView> {
    if (verification.state === 'verified') return this.get(actor, verification.verificationId);
    this.requireOpen(verification);
    const outcome = await this.look(verification);
    await this.record(verification, outcome);
    return this.get(actor, verification.verificationId);
  }

  private async look({
    method,
    domain,
    token,
    partyId,
  }: PartyVerificationEntity): Promise<CheckOutcome> {
    const challenge = challengeOf({ partyId, token: token!, domain: domain! });
    if (method === 'dns') {
      return judgeReading('dns', challenge, await this.proofs.readTxt(domain!));
    }
    return judgeReading('well_known', challenge, await this.proofs.readWellKnown(domain!));
  }

  private async record(
    { partyId, verificationId }: PartyVerificationEntity,
    { proven, inWords }: CheckOutcome,
  ): Promise<void> {
    await this.database.transaction((tx) =>
      this.levels.during(tx, partyId, async () => {
        const current = await this.verifications.lock(tx, verificationId);
        // While the domain was looked at, another check may have proven it or an operator closed it.
        if (!current || current.state === 'verified') return;
        this.requireOpen(current);
        current.checkedAt = new Date(this.clock.now());
        current.checkResult = inWords;
        if (proven) {
          current.state = 'verified';
          current.verifiedAt = current.checkedAt;
        }
        await this.verifications.save(tx, current);
      }),
    );
  }

  private requireOpen(verification: PartyVerificationEntity): void {
    const state = stateAt(verification, this.clock.now());
    if (state === 'pending') return;
    throw new DomainProblem('parties/verification-closed', `The verification is ${state}.`, {
      state,
    });
  }

  private async requireMember(actor: Actor, partyId: string): Promise<void> {
    const own = isId('party', partyId) && (await this.access.isMember(actor.accountId, partyId));
    if (!own) throw partyNotFound();
  }
}

/** Foreign and absent verifications look the same. */
export function verificationNotFound(): DomainProblem {
  return new DomainProblem(
    'parties/verification-not-found',
    'There is no verification with this id that you may see.',
  );
}
