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
import { Together } from './together.js';

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

/** What is appended for one request: its streams, all or none of them. */
interface Append {
  readonly streams: readonly StreamKey[];
  readonly content: TermSetContent;
  readonly effectiveFrom: number | null;
  readonly effectiveUntil: number | null;
  readonly template: string | null;
  readonly declaredBy: string;
  readonly replaces?: string;
  readonly withdraws?: string;
  readonly acting?: ActingParty;
}

/** Declaring and withdrawing consent. Nothing is ever changed: a newer declaration takes its place. */
@Injectable()
export class DeclareConsent {
  private readonly together = new Together<Append, DeclarationRow[]>({
    keysOf: ({ streams }) =>
      streams.map((one) => `${one.partyId}/${one.layer}/${one.subjectKind}/${one.subjectId}`),
    run: (commands) => this.database.transaction((tx) => this.append(tx, commands)),
  });

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
    return this.appendSoon({
      ...{ streams, content, effectiveFrom, effectiveUntil, acting },
      replaces: command.replaces ?? undefined,
      template: command.template ?? null,
      declaredBy: actor.accountId,
    });
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
    const rest = { ...by, effectiveFrom: null, effectiveUntil: null };
    const rows = await this.appendOne(tx, { streams, content, ...rest });
    return rows.map((row) => row.declarationId);
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
    const [row] = await this.appendSoon({
      streams: [declaration],
      content,
      effectiveFrom: command.effectiveFrom ?? null,
      effectiveUntil: null,
      template: null,
      replaces: declarationId,
      withdraws: declarationId,
      declaredBy: actor.accountId,
      acting,
    });
    return row!;
  }

  async get(declarationId: string): Promise<DeclarationRow> {
    const declaration = await this.query.findDeclaration(declarationId);
    if (!declaration) throw notFound();
    return declaration;
  }

  /**
   * In a transaction together with those of other requests that came at the same time; within an
   * enclosing transaction at once.
   */
  private async appendSoon(command: Append): Promise<DeclarationRow[]> {
    if (this.database.isEnclosed) {
      return this.database.transaction((tx) => this.appendOne(tx, command));
    }
    const rows = await this.together.add(command);
    this.log.acknowledgeAfter(rows.at(-1)!.logIndex);
    return rows;
  }

  private async appendOne(tx: Transaction, command: Append): Promise<DeclarationRow[]> {
    const [outcome] = await this.append(tx, [command]);
    if (outcome instanceof DomainProblem) throw outcome;
    return outcome!;
  }

  /** Each of the commands whole or not at all; a refused one does not touch the others. */
  private async append(
    tx: Transaction,
    commands: readonly Append[],
  ): Promise<(DeclarationRow[] | DomainProblem)[]> {
    // What is read from here on stays as it is until the commit.
    await this.log.hold(tx);
    const termSets = await this.consent.internTermSets(
      tx,
      commands.map(({ content }) => content),
    );
    const refusals = new Map<Append, DomainProblem>();
    for (const command of commands) {
      const refusal = await this.refusalOf(tx, command);
      if (refusal) refusals.set(command, refusal);
    }
    const drafts = commands
      .filter((command) => !refusals.has(command))
      .flatMap((command) =>
        command.streams.map((stream) => ({
          ...{ command, stream, declarationId: newId('declaration') },
          digest: termSetDigest(command.content).toString('hex'),
        })),
      );
    if (drafts.length === 0) return commands.map((command) => refusals.get(command)!);
    const place = await this.log.append(
      tx,
      drafts.map(({ declarationId, digest, command, stream }) => ({
        type: 'declaration',
        stream: `${stream.partyId}/${stream.layer}/${stream.subjectKind}/${stream.subjectId}`,
        content: {
          declaration: declarationId,
          ...{ party: stream.partyId, layer: stream.layer },
          ...{ subjectKind: stream.subjectKind, subject: stream.subjectId },
          // The terms may hold a name or an address; the log holds what proves them.
          terms: digest,
          ...{ effectiveFrom: command.effectiveFrom, effectiveUntil: command.effectiveUntil },
          withdraws: command.withdraws ?? null,
        },
        concerns: [stream.partyId, command.acting?.representativePartyId ?? []].flat(),
      })),
    );
    const rows = drafts.map(({ declarationId, digest, command, stream }, at): DeclarationEntity => {
      const { effectiveFrom, effectiveUntil, withdraws, template, declaredBy } = command;
      const { partyId, layer, subjectKind, subjectId } = stream;
      return {
        ...{ declarationId, partyId, layer, subjectKind, subjectId, template, declaredBy },
        termSetId: termSets.get(digest)!,
        version: place.streamVersions[at]!,
        effectiveFrom: effectiveFrom === null ? null : new Date(effectiveFrom),
        effectiveUntil: effectiveUntil === null ? null : new Date(effectiveUntil),
        withdraws: withdraws ?? null,
        recordedAt: new Date(place.recordedAt),
        leafIndex: String(place.leafIndexes[at]),
      };
    });
    await this.consent.insert(tx, rows);
    for (const { subjectKind, subjectId } of rows) {
      tx.emit('consent:declaration:appended', { subjectKind, subjectId });
    }
    return commands.map(
      (command) =>
        refusals.get(command) ??
        drafts.flatMap((draft, at) =>
          draft.command === command ? [rowOf(rows[at]!, command.content)] : [],
        ),
    );
  }

  private async refusalOf(tx: Transaction, command: Append): Promise<DomainProblem | null> {
    try {
      await this.refuseStale(tx, command.streams, command);
      return null;
    } catch (refusal) {
      if (refusal instanceof DomainProblem) return refusal;
      throw refusal;
    }
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

/** A declaration as it stands right after it was made. */
function rowOf(entity: DeclarationEntity, content: TermSetContent): DeclarationRow {
  const { termSetId: _, declaredBy: __, leafIndex, layer, subjectKind, ...rest } = entity;
  return {
    ...rest,
    layer: layer as Layer,
    subjectKind: subjectKind as SubjectKind,
    content,
    logIndex: Number(leafIndex),
    current: true,
  };
}

function notFound(): DomainProblem {
  return new DomainProblem(
    'consent/not-found',
    'There is no declaration with this id that you may withdraw.',
  );
}
