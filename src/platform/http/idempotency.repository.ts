import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
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
  /** Keeps these keys for this transaction; false for each that another one is at work on. */
  async lock(tx: Transaction, calls: readonly IdempotentCall[]): Promise<boolean[]> {
    const rows: { locked: boolean }[] = await tx.manager.query(
      `SELECT pg_try_advisory_xact_lock(hashtextextended(name, 42)) AS locked
       FROM unnest($1::text[]) WITH ORDINALITY AS asked (name, place) ORDER BY place`,
      [calls.map(({ clientId, key }) => `${clientId} ${key}`)],
    );
    return rows.map(({ locked }) => locked);
  }

  /** The first answer to each of these calls, null where there is none. */
  async find(
    manager: EntityManager,
    calls: readonly IdempotentCall[],
  ): Promise<(FirstAnswer | null)[]> {
    const rows: (FirstAnswer & { place: string })[] = await manager.query(
      `SELECT place, request_digest AS digest, response_headers AS headers, response_body AS body
       FROM unnest($1::text[], $2::text[]) WITH ORDINALITY
         AS asked (client_id, idempotency_key, place)
       JOIN idempotency_keys USING (client_id, idempotency_key)`,
      [calls.map(({ clientId }) => clientId), calls.map(({ key }) => key)],
    );
    const found = new Map(rows.map(({ place, ...first }) => [Number(place) - 1, first]));
    return calls.map((_, at) => found.get(at) ?? null);
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

  /** One statement whatever their number, because it may run under the log's lock. */
  async append(
    tx: Transaction,
    records: readonly (IdempotentCall & FirstAnswer)[],
    at: Date,
  ): Promise<void> {
    await tx.manager.query(
      `INSERT INTO idempotency_keys (client_id, idempotency_key, request_digest,
         response_headers, response_body, created_at)
       SELECT *, $6::timestamptz
       FROM unnest($1::text[], $2::text[], $3::bytea[], $4::jsonb[], $5::text[])`,
      [
        records.map(({ clientId }) => clientId),
        records.map(({ key }) => key),
        records.map(({ digest }) => digest),
        records.map(({ headers }) => JSON.stringify(headers)),
        records.map(({ body }) => body),
        at,
      ],
    );
  }
}
