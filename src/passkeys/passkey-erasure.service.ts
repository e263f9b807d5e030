import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import { LogAppender } from '#transparency';
import { keyLeaf } from './key-leaf.js';
import { type ErasedSigners, PasskeyErasureRepository } from './passkey-erasure.repository.js';

/** The part of an erasure that passkeys do themselves. */
@Injectable()
export class PasskeyErasure {
  constructor(
    readonly rows: PasskeyErasureRepository,
    private readonly log: LogAppender,
  ) {}

  /**
   * Says in the log that their passkeys are revoked: one whose commitment nobody can open any more
   * must not look as if it still signed. The rows go with {@link PasskeyErasureRepository.erase}.
   */
  async revoke(tx: Transaction, gone: ErasedSigners): Promise<void> {
    const active = await this.rows.listActive(tx, gone);
    if (active.length === 0) return;
    await this.log.append(
      tx,
      active.map((passkey) => keyLeaf(passkey, 'revoked')),
    );
  }
}
