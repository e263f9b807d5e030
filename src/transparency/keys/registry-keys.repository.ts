import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';

export type KeyUse = 'log' | 'receipt';

/**
 * `added`: published, so that everyone can know it before it signs. `active`: it signs. `ended`: what
 * it signed before counts, and nothing after.
 */
export type KeyState = 'added' | 'active' | 'ended';

export interface KeyStep {
  readonly kid: string;
  readonly use: KeyUse;
  readonly publicKey: Buffer;
  readonly state: KeyState;
  readonly recordedAt: Date;
  readonly leafIndex: string;
}

/** The steps in the life of each of the registry's keys, in the order in which they were logged. */
@Injectable()
export class RegistryKeysRepository {
  constructor(private readonly database: Database) {}

  async list(): Promise<KeyStep[]> {
    return this.database.dataSource.query(
      `SELECT kid, use, public_key AS "publicKey", state, recorded_at AS "recordedAt",
         leaf_index AS "leafIndex"
       FROM registry_keys ORDER BY leaf_index`,
    );
  }

  async insert(tx: Transaction, steps: readonly KeyStep[]): Promise<void> {
    for (const { kid, use, publicKey, state, recordedAt, leafIndex } of steps) {
      await tx.manager.query(
        `INSERT INTO registry_keys (kid, use, public_key, state, recorded_at, leaf_index)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [kid, use, publicKey, state, recordedAt, leafIndex],
      );
    }
  }
}
