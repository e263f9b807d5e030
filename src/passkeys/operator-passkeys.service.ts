import { Injectable, Logger } from '@nestjs/common';
import type { Actor } from '#accounts';
import { DomainProblem, isId } from '#kernel';
import { Database } from '#platform';
import { LogAppender } from '#transparency';
import { keyLeaf } from './key-leaf.js';
import { PasskeysQuery } from './passkeys.query.js';
import { PasskeysRepository } from './passkeys.repository.js';

/** What an operator can do for a party that asked for its passkey and lost it. */
@Injectable()
export class OperatorPasskeys {
  private readonly logger = new Logger('passkeys');

  constructor(
    private readonly database: Database,
    private readonly passkeys: PasskeysRepository,
    private readonly query: PasskeysQuery,
    private readonly log: LogAppender,
  ) {}

  /**
   * Revokes every passkey of the party and stops asking for signatures, so that its members can bind a new
   * one. Each revocation is a leaf that the party is told of; the reason goes to the server's log, with
   * who decided. Returns how many were revoked.
   */
  async recover(operator: Actor, partyId: string, reason: string): Promise<number> {
    if (!isId('party', partyId)) throw nothingToRecover();
    const revoked = await this.database.transaction(async (tx) => {
      const active = (await this.passkeys.lockOfParty(tx, partyId)).filter(
        (one) => one.state === 'active',
      );
      const asks = (await this.query.listRequiring(tx, [partyId])).has(partyId);
      if (active.length === 0 && !asks) throw nothingToRecover();
      if (active.length > 0) {
        const { recordedAt } = await this.log.append(
          tx,
          active.map((passkey) => keyLeaf(passkey, 'revoked')),
        );
        for (const { passkeyId } of active) {
          await this.passkeys.revoke(tx, passkeyId, operator.accountId, new Date(recordedAt));
        }
      }
      await this.passkeys.loosen(tx, partyId);
      return active.length;
    });
    this.logger.warn({
      msg: 'passkeys recovered',
      partyId,
      by: operator.accountId,
      reason,
      revoked,
    });
    return revoked;
  }
}

function nothingToRecover(): DomainProblem {
  return new DomainProblem(
    'passkeys/not-found',
    'The party has no passkey in use and asks for none.',
  );
}
