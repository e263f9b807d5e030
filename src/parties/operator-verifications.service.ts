import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { Clock, DomainProblem, isId, newId } from '#kernel';
import { Database } from '#platform';
import type { VerificationLevel } from '#vocabulary';
import { PartyVerificationEntity } from './entities/party-verification.entity.js';
import { partyNotFound } from './party-access.service.js';
import { PartyLevels } from './party-levels.service.js';
import { VerificationsRepository } from './verifications.repository.js';
import { verificationNotFound, type VerificationView } from './verifications.service.js';

/** What an operator of the registry decides about who a party is. */
@Injectable()
export class OperatorVerificationsService {
  constructor(
    private readonly database: Database,
    private readonly verifications: VerificationsRepository,
    private readonly levels: PartyLevels,
    private readonly clock: Clock,
  ) {}

  /** Records that an operator saw evidence good for `level`. It holds until it is revoked. */
  async decide(
    operator: Actor,
    partyId: string,
    decision: { level: VerificationLevel; evidence: string; reason: string },
  ): Promise<VerificationView> {
    if (!isId('party', partyId)) throw partyNotFound();
    const now = new Date(this.clock.now());
    const verification = Object.assign(new PartyVerificationEntity(), {
      verificationId: newId('verification'),
      partyId,
      method: 'operator',
      ...decision,
      state: 'verified',
      requestedBy: operator.accountId,
      createdAt: now,
      verifiedAt: now,
    });
    await this.database.transaction((tx) =>
      this.levels.during(tx, partyId, () => this.verifications.insert(tx, verification)),
    );
    return this.get(verification.verificationId);
  }

  /** Ends any verification, also one by domain: a domain may have changed hands. */
  async revoke(operator: Actor, verificationId: string, reason: string): Promise<VerificationView> {
    const { partyId } = (await this.get(verificationId)).verification;
    await this.database.transaction((tx) =>
      this.levels.during(tx, partyId, async () => {
        const current = await this.verifications.lock(tx, verificationId);
        if (!current) throw verificationNotFound();
        if (current.state === 'revoked') {
          throw new DomainProblem('parties/verification-closed', 'It was revoked before.', {
            state: 'revoked',
          });
        }
        current.state = 'revoked';
        current.revokedAt = new Date(this.clock.now());
        current.revokedBy = operator.accountId;
        current.revocationReason = reason;
        await this.verifications.save(tx, current);
      }),
    );
    return this.get(verificationId);
  }

  private async get(verificationId: string): Promise<VerificationView> {
    const verification = isId('verification', verificationId)
      ? await this.verifications.find(verificationId)
      : null;
    if (!verification) throw verificationNotFound();
    return { verification, at: this.clock.now() };
  }
}
