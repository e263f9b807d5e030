import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccountErasure, type Actor } from '#accounts';
import { ClaimErasure } from '#claims';
import { Clock, DomainProblem, isId, newId } from '#kernel';
import { PartyErasure } from '#parties';
import { PasskeyErasure } from '#passkeys';
import { Database, type Transaction } from '#platform';
import { LogAppender } from '#transparency';
import { WorkErasure } from '#works';
import type { Erasure, ErasureReason } from './domain/index.js';
import { EraseRows } from './erase-rows.service.js';
import { ErasureJournal } from './erasure-journal.service.js';

/** Who is erased: an account with the parties it alone speaks for, or a party with those accounts. */
export type Wanted = { readonly accountId: string } | { readonly partyId: string };

/** Leaves in one append; each append has one time. */
const LEAVES_PER_APPEND = 5_000;

const DECIDED = 'erasure:person:decided';

/**
 * Erases people, once and for good: leaves that withdraw, rows without their words, and a line in the
 * journal before the commit, all or nothing.
 */
@Injectable()
export class ErasureService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly journal: ErasureJournal,
    private readonly rows: EraseRows,
    private readonly accounts: AccountErasure,
    private readonly parties: PartyErasure,
    private readonly passkeys: PasskeyErasure,
    private readonly works: WorkErasure,
    private readonly claims: ClaimErasure,
    private readonly log: LogAppender,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    // Told last, so this runs last: whatever can still fail has failed by then, but for the commit.
    this.database.on(DECIDED, async (_tx, erasures) => {
      for (const erasure of erasures) await this.journal.intend(erasure as Erasure);
    });
  }

  /** Erases the account of the actor, and every party of which it is the only member. */
  eraseOwn(actor: Actor): Promise<Erasure> {
    return this.erase({ accountId: actor.accountId }, actor.accountId, 'own_wish');
  }

  /** Erases a party and the accounts that speak for it alone, for those who asked by other ways. */
  async eraseParty(operator: Actor, partyId: string, reason: ErasureReason): Promise<Erasure> {
    if (!isId('party', partyId)) throw noParty();
    return this.erase({ partyId }, operator.accountId, reason);
  }

  /**
   * Erases what was intended and perhaps not committed, as the journal has it. Null where nothing of it
   * is here or all of it is erased.
   */
  async finish(intended: Erasure): Promise<Erasure | null> {
    return this.database.transaction((tx) => this.decide(tx, intended, null));
  }

  private async erase(wanted: Wanted, by: string, reason: ErasureReason): Promise<Erasure> {
    const done = await this.database.transaction(async (tx) =>
      this.decide(
        tx,
        { erasureId: newId('erasure'), reason, ...(await this.find(tx, wanted)) },
        by,
      ),
    );
    if (done) {
      await this.journal.finish(done.erasureId);
      this.accounts.signOut(done.accountIds);
      return done;
    }
    return this.findEarlier(wanted);
  }

  /** Erasing twice is one erasure: the second gets the answer of the first. */
  private async findEarlier(wanted: Wanted): Promise<Erasure> {
    const earlier = (await this.journal.read()).find((one) =>
      'partyId' in wanted
        ? one.partyIds.includes(wanted.partyId)
        : one.accountIds.includes(wanted.accountId),
    );
    if (!earlier) throw noParty();
    return earlier;
  }

  private async find(
    tx: Transaction,
    wanted: Wanted,
  ): Promise<{ accountIds: string[]; partyIds: string[] }> {
    if ('accountId' in wanted) {
      // Locked before its parties are listed, so that none is added meanwhile.
      await this.accounts.lock(tx, [wanted.accountId]);
      const own = await this.parties.rows.listOfMember(wanted.accountId, tx);
      const partyIds = own.filter(({ sole }) => sole).map(({ partyId }) => partyId);
      return { accountIds: [wanted.accountId], partyIds };
    }
    const members = await this.parties.rows.listSoleMembers(tx, [wanted.partyId]);
    const accounts = await this.accounts.lock(tx, members);
    const accountIds = accounts.filter((one) => !one.isOperator).map((one) => one.accountId);
    return { accountIds, partyIds: [wanted.partyId] };
  }

  private async decide(
    tx: Transaction,
    wanted: Omit<Erasure, 'at' | 'workIds'> & { readonly workIds?: readonly string[] },
    by: string | null,
  ): Promise<Erasure | null> {
    // Accounts, then parties, passkeys and mandates, then the log: in this order everywhere.
    const accounts = await this.accounts.lock(tx, wanted.accountIds);
    const parties = await this.parties.rows.lock(tx, wanted.partyIds);
    if (accounts.length + parties.length === 0) return null;
    const accountIds = accounts.map((one) => one.accountId);
    const partyIds = parties.map((one) => one.partyId);
    await this.rows.wait(tx, { accountIds, partyIds });
    const mandates = await this.parties.rows.lockMandates(tx, partyIds);
    const known = await this.works.listRegistered(partyIds, tx);
    await this.rows.forgetAnswers(tx, [...accountIds, ...partyIds, ...known]);
    await this.log.hold(tx);
    const workIds = wanted.workIds ?? (await this.listUnshared(tx, partyIds));
    await this.parties.revoke(tx, mandates);
    await this.passkeys.revoke(tx, { accountIds, partyIds });
    await this.claims.withdraw(tx, partyIds, by ?? accountIds[0] ?? 'registry');
    const at = await this.appendLeaves(tx, partyIds, workIds);
    const { erasureId, reason } = wanted;
    const erasure: Erasure = { erasureId, at, reason, accountIds, partyIds, workIds };
    const names = [...accounts, ...parties].map((one) => one.displayName);
    await this.rows.apply(tx, erasure, names);
    // What is finished after a crash is in the journal already.
    if (by !== null) tx.emit(DECIDED, erasure);
    return erasure;
  }

  /**
   * Works on which nobody else has a claim are withdrawn; the others stay for those who have. They
   * follow when the last of those is erased.
   */
  private async listUnshared(tx: Transaction, partyIds: readonly string[]): Promise<string[]> {
    const registered = await this.works.listRegistered(partyIds, tx);
    const claimed = await this.claims.rows.listWorksOf(partyIds, tx);
    const theirs = [...registered, ...(await this.works.listOrphans(tx, claimed))];
    const shared = await this.claims.rows.listClaimedByOthers(partyIds, theirs, tx);
    return theirs.filter((workId) => !shared.has(workId));
  }

  /** Says in the streams of the works and parties that from here on they are withdrawn. */
  private async appendLeaves(
    tx: Transaction,
    partyIds: readonly string[],
    workIds: readonly string[],
  ): Promise<number> {
    const leafOf = (subjectKind: 'work' | 'party') => (id: string) =>
      ({
        type: 'erasure',
        stream: id,
        content: { subjectKind, subject: id, state: 'withdrawn' },
      }) as const;
    const drafts = [...workIds.map(leafOf('work')), ...partyIds.map(leafOf('party'))];
    let recordedAt = this.clock.now();
    for (let at = 0; at < drafts.length; at += LEAVES_PER_APPEND) {
      ({ recordedAt } = await this.log.append(tx, drafts.slice(at, at + LEAVES_PER_APPEND)));
    }
    return recordedAt;
  }
}

function noParty(): DomainProblem {
  return new DomainProblem('parties/not-found', 'There is no party with this id.');
}
