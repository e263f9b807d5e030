import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock, DomainProblem } from '#kernel';
import { Config } from '#platform';
import { Checkpoints, LogProofs, signDetached, SigningKeys, SigningStatus } from '#transparency';
import type { Ask } from '../domain/ask.js';
import type { Computed } from '../lookup.service.js';
import { createBatchTree } from './batch-tree.js';
import { type ItemTree, PlainItemTree } from './item-tree.js';
import { writePayload } from './receipt-payload.js';
import { signToken } from './receipt-token.js';

/** How long an answer waits for the checkpoint that covers its log. */
const WAIT_MS = 5_000;

/** A receipt in the making: the items go into its tree as they are written, then it is signed. */
export interface OpenReceipt {
  readonly items: ItemTree;
  /** The compact JWS over all items so far. */
  sign(): string;
}

/** Signs what was answered (docs/specs/receipt.md). */
@Injectable()
export class Receipts {
  /** The registry's address, as what it signs names it. */
  readonly issuer: string;
  private readonly roots = new LRUCache<number, string>({ max: 64 });

  constructor(
    private readonly keys: SigningKeys,
    private readonly checkpoints: Checkpoints,
    private readonly proofs: LogProofs,
    private readonly signing: SigningStatus,
    private readonly clock: Clock,
    config: Config,
  ) {
    const { PUBLIC_URL, HOST, PORT } = config;
    this.issuer = PUBLIC_URL?.replace(/\/$/, '') ?? `http://${HOST}:${PORT}`;
  }

  /**
   * A receipt for an answer of `count` items that is not written yet; null where none was asked for.
   * Everything that can refuse it does so here, before the first byte of the answer is out.
   */
  async open(ask: Ask, { asOf, log }: Computed, count: number): Promise<OpenReceipt | null> {
    if (!ask.receipt) return null;
    const origin = await this.coveredLog(log);
    const key = this.keys.current('receipt');
    const items = count === 1 ? new PlainItemTree() : createBatchTree();
    return {
      items,
      sign: () => {
        const facts = {
          ...{ issuer: this.issuer, receiptId: randomUUID(), signedAt: this.clock.now(), asOf },
          ...{ log: { ...log, origin }, batch: { count: items.count, root: items.root() } },
        };
        return signToken(key, writePayload(ask, facts));
      },
    };
  }

  /**
   * A detached JWS over a text that names the log that it comes from (docs/specs/range.md). Refuses as
   * {@link open} does.
   */
  async signText(type: string, log: Computed['log'], text: string): Promise<string> {
    await this.coveredLog(log);
    return signDetached(this.keys.current('receipt'), type, text);
  }

  /** Nobody gets a receipt that names a log of which no checkpoint is published. */
  private async coveredLog({ size, root }: Computed['log']): Promise<string> {
    this.refuseWhereStopped();
    const checkpoint = await this.checkpoints.covering(size, WAIT_MS);
    this.refuseWhereStopped();
    if (checkpoint === null) {
      const why = this.signing.reason === null ? '' : ` (${this.signing.reason})`;
      const detail = `The log of ${size} leaves that this answer comes from has not been signed yet${why}. Ask again, or without a receipt.`;
      throw new DomainProblem('lookup/receipt-not-ready', detail, { retryAfterSeconds: 1 });
    }
    if ((await this.signedRoot(size)) !== root) {
      throw stopped('The database holds another log than the one that was signed.');
    }
    return checkpoint.origin;
  }

  /**
   * The root, base64, that was signed over the first `size` leaves. A crashed database may have lost
   * leaves that were seen and not signed, and others stand in their place.
   */
  private async signedRoot(size: number): Promise<string> {
    const known = this.roots.get(size);
    if (known !== undefined) return known;
    const root = (await this.proofs.rootAt(size)).toString('base64');
    this.roots.set(size, root);
    return root;
  }

  private refuseWhereStopped(): void {
    if (this.signing.state === 'stopped') throw stopped(this.signing.reason ?? '');
  }
}

function stopped(why: string): DomainProblem {
  const detail = `Nothing is signed at present: ${why} Lookups without a receipt are answered.`;
  return new DomainProblem('lookup/receipts-stopped', detail, { retryAfterSeconds: 600 });
}
