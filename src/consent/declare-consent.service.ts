import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { Clock, DomainProblem, newId } from '#kernel';
import { type ActingParty, PartyAccess } from '#parties';
import { Database, invalid, type Transaction } from '#platform';
import { LogAppender } from '#transparency';
import type { Layer } from '#vocabulary';
import { DeclaredStreams } from './declared-streams.service.js';
import { ConsentQuery, type DeclarationRow } from './consent.query.js';
import { ConsentRepository, type StreamKey } from './consent.repository.js';
import type { SubjectKind } from './domain/index.js';
import type { DeclarationEntity } from './entities/declaration.entity.js';
import { isLimited, refuseBeyondMandate } from './mandate-limits.js';
import { readAfterWithdrawal, readWish, type Wish } from './read-wish.js';
import { type TermSetContent, termSetDigest } from './term-set.js';

export interface Declare extends Wish {
  party: string;
  subject: { kind: SubjectKind; id?: string };
  layers?: Layer[];
  effectiveFrom?: number;
  effectiveUntil?: number;
  /** The declaration that this one builds on, when the caller wants to be sure that it is current. */
  replaces?: string | null;
}

export interface Withdraw {
  effectiveFrom?: number;
  afterWithdrawal?: unknown;
}

/** Declaring and withdrawing consent. Nothing is ever changed: a newer declaration takes its place. */
@Injectable()
export class DeclareConsent {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyAccess,
    private readonly streams: DeclaredStreams,
    private readonly consent: ConsentRepository,
    private readonly query: ConsentQuery,
    private readonly log: LogAppender,
    private readonly clock: Clock,
  ) {}

  /** One declaration for each layer of the subject; all of them or none. */
  async declare(actor: Actor, command: Declare): Promise<DeclarationRow[]> {
    const acting = await this.parties.actAs(actor, command.party, 'consent', this.clock.now());
    const content = readWish(command);
    refuseBeyondMandate(acting, content);
    const streams = await this.streams.of(command);
    const { effectiveFrom = null, effectiveUntil = null } = command;
    if (
      effectiveUntil !== null &&
      effectiveUntil <= Math.max(effectiveFrom ?? 0, this.clock.now())
    ) {
      throw invalid([
        { pointer: '/effectiveUntil', detail: 'must lie after now and effectiveFrom' },
      ]);
    }
    const ids = await this.database.transaction((tx) =>
      this.append(tx, streams, content, {
        effectiveFrom,
        effectiveUntil,
        replaces: command.replaces ?? undefined,
        template: command.template ?? null,
        declaredBy: actor.accountId,
        acting,
      }),
    );
    return this.query.listByIds(ids);
  }

  /**
   * In the caller's transaction, for imports: the caller has checked who acts and what is covered.
   */
  async declareOn(
    tx: Transaction,
    streams: readonly StreamKey[],
    content: TermSetContent,
    by: { template: string | null; declaredBy: string },
  ): Promise<string[]> {
    return this.append(tx, streams, content, { ...by, effectiveFrom: null, effectiveUntil: null });
  }

  /** Takes a declaration back: its subject and layer fall silent until the party declares again. */
  async withdraw(actor: Actor, declarationId: string, command: Withdraw): Promise<DeclarationRow> {
    const declaration = await this.query.findDeclaration(declarationId);
    if (!declaration) throw notFound();
    const acting = await this.parties
      .actAs(actor, declaration.partyId, 'consent', this.clock.now())
      .catch((refusal: unknown) => {
        throw refusal instanceof DomainProblem ? notFound() : refusal;
      });
    if (isLimited(acting)) {
      throw new DomainProblem(
        'consent/beyond-mandate',
        'A withdrawal silences every purpose everywhere, and the mandate is limited; declare anew what it covers.',
      );
    }
    if (declaration.withdraws !== null) {
      throw new DomainProblem('consent/already-withdrawn', 'It is a withdrawal itself.', {
        withdrawal: declarationId,
      });
    }
    const afterWithdrawal = readAfterWithdrawal(command.afterWithdrawal);
    const content: TermSetContent = { terms: [], ...(afterWithdrawal && { afterWithdrawal }) };
    const [id] = await this.database.transaction((tx) =>
      this.append(tx, [declaration], content, {
        effectiveFrom: command.effectiveFrom ?? null,
        effectiveUntil: null,
        template: null,
        replaces: declarationId,
        withdraws: declarationId,
        declaredBy: actor.accountId,
        acting,
      }),
    );
    return (await this.query.findDeclaration(id!))!;
  }

  async get(declarationId: string): Promise<DeclarationRow> {
    const declaration = await this.query.findDeclaration(declarationId);
    if (!declaration) throw notFound();
    return declaration;
  }

  private async append(
    tx: Transaction,
    streams: readonly StreamKey[],
    content: TermSetContent,
    rest: {
      effectiveFrom: number | null;
      effectiveUntil: number | null;
      template: string | null;
      declaredBy: string;
      replaces?: string;
      withdraws?: string;
      acting?: ActingParty;
    },
  ): Promise<string[]> {
    // What is read from here on stays as it is until the commit.
    await this.log.hold(tx);
    await this.refuseStale(tx, streams, rest);
    const termSetId = await this.consent.internTermSet(tx, content);
    const { effectiveFrom, effectiveUntil, withdraws } = rest;
    const drafts = streams.map((stream) => ({ declarationId: newId('declaration'), stream }));
    const place = await this.log.append(
      tx,
      drafts.map(({ declarationId, stream: { partyId, layer, subjectKind, subjectId } }) => ({
        type: 'declaration',
        stream: `${partyId}/${layer}/${subjectKind}/${subjectId}`,
        content: {
          declaration: declarationId,
          ...{ party: partyId, layer, subjectKind, subject: subjectId },
          // The terms may hold a name or an address; the log holds what proves them.
          terms: termSetDigest(content).toString('hex'),
          ...{ effectiveFrom, effectiveUntil, withdraws: withdraws ?? null },
        },
        concerns: [
          partyId,
          ...(rest.acting?.representativePartyId ? [rest.acting.representativePartyId] : []),
        ],
      })),
    );
    const rows = drafts.map(({ declarationId, stream }, at): DeclarationEntity => {
      const { partyId, layer, subjectKind, subjectId } = stream;
      return {
        ...{ declarationId, partyId, layer, subjectKind, subjectId, termSetId },
        version: place.streamVersions[at]!,
        effectiveFrom: effectiveFrom === null ? null : new Date(effectiveFrom),
        effectiveUntil: effectiveUntil === null ? null : new Date(effectiveUntil),
        withdraws: withdraws ?? null,
        template: rest.template,
        declaredBy: rest.declaredBy,
        recordedAt: new Date(place.recordedAt),
        leafIndex: String(place.leafIndexes[at]),
      };
    });
    await this.consent.insert(tx, rows);
    for (const { subjectKind, subjectId } of rows) {
      tx.emit('consent:declaration:appended', { subjectKind, subjectId });
    }
    return rows.map((row) => row.declarationId);
  }

  /**
   * Refuses a declaration whose predecessor is not what the caller has read: it must be the head of
   * one of the streams, and nothing may have been declared on the others since. Under a limited
   * mandate it also refuses to take the place of words that go beyond the mandate.
   */
  private async refuseStale(
    tx: Transaction,
    streams: readonly StreamKey[],
    expected: { replaces?: string; withdraws?: string; acting?: ActingParty },
  ): Promise<void> {
    const { replaces, withdraws, acting } = expected;
    const limits = acting && isLimited(acting) ? acting : null;
    if (replaces === undefined && limits === null) return;
    const heads = await this.consent.listHeads(tx, streams);
    if (limits)
      for (const head of heads) refuseBeyondMandate(limits, head.content, head.declarationId);
    if (replaces === undefined) return;
    const withdrawal = heads.find(
      (head) => head.withdraws !== null && head.withdraws === withdraws,
    );
    if (withdrawal) {
      throw new DomainProblem('consent/already-withdrawn', 'It was withdrawn before.', {
        withdrawal: withdrawal.declarationId,
      });
    }
    const named = heads.find((head) => head.declarationId === replaces);
    const newer = heads.find((head) => !named || head.recordedAt > named.recordedAt);
    if (!named || newer) {
      throw new DomainProblem(
        'consent/predecessor-stale',
        'Another declaration has taken its place since.',
        { current: newer?.declarationId ?? null, currentVersion: newer?.version ?? 0 },
      );
    }
  }
}

function notFound(): DomainProblem {
  return new DomainProblem(
    'consent/not-found',
    'There is no declaration with this id that you may withdraw.',
  );
}
