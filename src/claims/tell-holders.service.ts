import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, type Transaction } from '#platform';
import {
  type BroadLeaf,
  type LeafAboutWork,
  TellHoldersRepository,
} from './tell-holders.repository.js';

/**
 * Tells everybody whose answers a leaf about a work can change: who registered the work or holds a
 * standing claim on it, and the same of the works that embody, contain or sample it. It adds to whom the
 * leaf concerns already, in the transaction that appended it, in one statement however many works.
 */
@Injectable()
export class TellHolders implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly repository: TellHoldersRepository,
  ) {}

  onModuleInit(): void {
    this.database.on('works:work:changed', (tx, payloads) => {
      const changes = payloads as { workId: string; leafIndex?: number }[];
      return this.tell(
        tx,
        changes.flatMap(({ workId, leafIndex }) =>
          leafIndex === undefined ? [] : { workId, leafIndex },
        ),
      );
    });
  }

  async tell(tx: Transaction, leaves: readonly LeafAboutWork[]): Promise<void> {
    if (leaves.length > 0) await this.repository.tell(tx, leaves);
  }

  /** The same for leaves about all that a party holds, or about a catalogue, within bounds. */
  async tellOfBroad(tx: Transaction, leaves: readonly BroadLeaf[]): Promise<void> {
    if (leaves.length > 0) await this.repository.tellOfBroad(tx, leaves);
  }
}
