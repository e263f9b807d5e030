import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/database.js';

/** Which request a key belongs to: the same key of another client is another key. */
export interface IdempotentCall {
  clientId: string;
  key: string;
}

/** The first answer to a key, as it is sent again. */
export interface FirstAnswer {
  /** SHA-256 of the request that was answered. */
  digest: Buffer;
  headers: Record<string, string>;
  /** JSON. */
  body: string;
}

@Injectable()
export class IdempotencyRecords {
  /** Keeps the key for this transaction; false if another one is at work on it. */
  async lock(tx: Transaction, { clientId, key }: IdempotentCall): Promise<boolean> {
    const [{ locked }] = await tx.manager.query(
      `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 42)) AS locked`,
      [`${clientId} ${key}`],
    );
    return locked;
  }

  async find(tx: Transaction, { clientId, key }: IdempotentCall): Promise<FirstAnswer | null> {
    const [row] = await tx.manager.query(
      `SELECT request_digest AS digest, response_headers AS headers, response_body AS body
       FROM idempotency_keys WHERE client_id = $1 AND idempotency_key = $2`,
      [clientId, key],
    );
    return row ?? null;
  }

  /** Forgets every answer that was given to these clients. */
  async forgetClients(tx: Transaction, clientIds: readonly string[]): Promise<void> {
    await tx.manager.query(`DELETE FROM idempotency_keys WHERE client_id = ANY($1)`, [clientIds]);
  }

  /**
   * Forgets every answer, to whomever, that names one of these ids: answers repeat what people said.
   * One pass over the whole table, however many ids.
   */
  async forgetNaming(tx: Transaction, ids: readonly string[]): Promise<void> {
    await tx.manager.query(
      `DELETE FROM idempotency_keys WHERE (client_id, idempotency_key) IN (
         SELECT client_id, idempotency_key
         FROM idempotency_keys,
           regexp_matches(response_body, '[a-z]{3}_[0-9a-z]{26}', 'g') AS named (id)
         JOIN unnest($1::text[]) AS gone (id) ON gone.id = named.id[1])`,
      [ids],
    );
  }

  async append(
    tx: Transaction,
    record: IdempotentCall & FirstAnswer & { createdAt: number },
  ): Promise<void> {
    const { clientId, key, digest, headers, body, createdAt } = record;
    await tx.manager.query(
      `INSERT INTO idempotency_keys (client_id, idempotency_key, request_digest,
         response_headers, response_body, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [clientId, key, digest, JSON.stringify(headers), body, new Date(createdAt)],
    );
  }
}
