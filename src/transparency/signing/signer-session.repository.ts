import pg from 'pg';
import type { SignedCheckpoint } from '../checkpoints.service.js';
import type { SigningState } from './signing-status.service.js';

/** Any number that nobody else uses: the advisory lock that makes one process the signer. */
const SIGNER_LOCK = 7_301_544_102;

/** What everybody who waits for a checkpoint listens to. */
const SIGNED = 'log_signed';
/** What the signer listens to: somebody in another process waits. */
const WANTED = 'log_wanted';

export interface StoredHead {
  readonly size: number;
  readonly root: Buffer;
  /** Epoch ms. */
  readonly recordedAt: number;
}

export interface StoredLeaf {
  readonly index: number;
  readonly hash: Buffer;
  readonly entry: Buffer;
}

/**
 * A database connection of the signer's own. Its session holds the advisory lock, so whoever lost the
 * connection is no signer any more, and every statement of a signer goes through it.
 */
export class SignerSession {
  private readonly client: pg.Client;
  private broken = false;
  private processId = 0;

  constructor(connection: pg.ClientConfig, onNotification: () => void) {
    this.client = new pg.Client({
      ...connection,
      application_name: 'fermata signer',
      connectionTimeoutMillis: 2_000,
      options: '-c statement_timeout=30s -c lock_timeout=5s -c synchronous_commit=on',
    });
    this.client.on('error', () => (this.broken = true));
    this.client.on('end', () => (this.broken = true));
    this.client.on('notification', ({ processId }) => {
      if (processId !== this.processId) onNotification();
    });
  }

  async open(): Promise<void> {
    await this.client.connect();
    const { rows } = await this.client.query<{ pid: number }>(`SELECT pg_backend_pid() AS pid`);
    this.processId = rows[0]!.pid;
    await this.client.query(`LISTEN ${SIGNED}`);
    await this.client.query(`LISTEN ${WANTED}`);
  }

  get isBroken(): boolean {
    return this.broken;
  }

  async end(): Promise<void> {
    this.broken = true;
    await this.client.end().catch(() => undefined);
  }

  /** Whether this session is the one signer from now on. */
  async tryLead(): Promise<boolean> {
    const { rows } = await this.client.query<{ led: boolean }>(
      `SELECT pg_try_advisory_lock($1) AS led`,
      [SIGNER_LOCK],
    );
    return rows[0]!.led;
  }

  /**
   * The head of the log. What this sees is on the disk when it returns: the statement writes a message
   * to the write-ahead log and commits, and that flushes every commit before it.
   */
  async readFlushedHead(): Promise<StoredHead> {
    const { rows } = await this.client.query<HeadColumns>(
      `SELECT size, root, recorded_at, pg_logical_emit_message(true, 'fermata', 'flush')
       FROM log_head`,
    );
    return headOf(rows[0]!);
  }

  async listLeaves(from: number, limit: number): Promise<StoredLeaf[]> {
    const { rows } = await this.client.query<{ i: string; h: Buffer; e: Buffer }>(
      `SELECT leaf_index AS i, leaf_hash AS h, entry AS e FROM log_leaves
       WHERE leaf_index >= $1 ORDER BY leaf_index LIMIT $2`,
      [from, limit],
    );
    return rows.map(({ i, h, e }) => ({ index: Number(i), hash: h, entry: e }));
  }

  async findLatestCheckpoint(): Promise<SignedCheckpoint | null> {
    const { rows } = await this.client.query<{ size: string; root: Buffer; note: string }>(
      `SELECT size, root, note FROM log_checkpoints ORDER BY size DESC LIMIT 1`,
    );
    const [row] = rows;
    if (!row) return null;
    const origin = row.note.slice(0, row.note.indexOf('\n'));
    return { origin, size: Number(row.size), root: row.root, note: row.note };
  }

  /** Stores a published checkpoint and tells everybody who waits. */
  async recordCheckpoint({ size, root, note }: SignedCheckpoint, signedAt: Date): Promise<void> {
    await this.client.query(
      `WITH stored AS (
         INSERT INTO log_checkpoints (size, root, note, signed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (size) DO NOTHING
       ) SELECT pg_notify('${SIGNED}', '')`,
      [size, root, note, signedAt],
    );
  }

  /** Asks the signer, wherever it is, to look at the log. */
  async want(): Promise<void> {
    await this.client.query(`NOTIFY ${WANTED}`);
  }

  async readStatus(): Promise<{ state: SigningState; reason: string | null }> {
    const { rows } = await this.client.query<{ state: SigningState; reason: string | null }>(
      `SELECT state, reason FROM log_signing`,
    );
    return rows[0]!;
  }

  async recordStatus(state: SigningState, reason: string | null, since: Date): Promise<void> {
    await this.client.query(`UPDATE log_signing SET state = $1, reason = $2, since = $3`, [
      state,
      reason,
      since,
    ]);
  }
}

interface HeadColumns {
  size: string;
  root: Buffer;
  recorded_at: Date;
}

function headOf({ size, root, recorded_at: recordedAt }: HeadColumns): StoredHead {
  return { size: Number(size), root, recordedAt: recordedAt.getTime() };
}
