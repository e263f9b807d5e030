import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';

/** What a transaction says of itself while it erases; it is forgotten with the transaction. */
@Injectable()
export class ErasingRepository {
  /** Lets the guards of append-only tables pass what blanks personal columns and nothing else. */
  async begin(tx: Transaction): Promise<void> {
    await tx.manager.query(`SELECT set_config('fermata.erasing', 'on', true)`);
  }

  async end(tx: Transaction): Promise<void> {
    await tx.manager.query(`SELECT set_config('fermata.erasing', 'off', true)`);
  }

  /** A large catalogue may take longer than a statement may elsewhere. */
  async takeTime(tx: Transaction): Promise<void> {
    await tx.manager.query(`SELECT set_config('statement_timeout', '10min', true)`);
  }
}
