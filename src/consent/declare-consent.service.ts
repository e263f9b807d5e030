import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { TellHolders } from '#claims';
import { DomainProblem, newId } from '#kernel';
import {
  PasskeysQuery,
  type Signature,
  type Signed,
  SignedActs,
  signatureRequired,
  type SigningOptions,
} from '#passkeys';
import { Database, FirstAnswers, type Keyed, type Transaction } from '#platform';
import { type Appended, LogAppender } from '#transparency';
import type { Layer } from '#vocabulary';
import {
  type ConsentDraft,
  ConsentDrafts,
  type Declare,
  declarationNotFound,
  type Withdraw,
} from './consent-drafts.service.js';
import { ConsentQuery, type DeclarationRow } from './consent.query.js';
import { ConsentRepository, type HeadRow, type StreamKey } from './consent.repository.js';
import { canOnlyNarrow, type SubjectKind } from './domain/index.js';
import type { DeclarationEntity } from './entities/declaration.entity.js';
import { isLimited, refuseBeyondMandate } from './mandate-limits.js';
import { statementOf } from './signed-statement.js';
import { type TermSetContent, termSetDigest } from './term-set.js';
import { Together } from './together.js';

/** What is appended for one request: its streams, all or none of them. */
interface Append extends ConsentDraft {
  readonly declaredBy: string;
  /** Absent: the registry alone saw who it was. */
  readonly signed?: Signed;
  /** Absent: no key came with the request. */
  readonly keyed?: DeclaringKey | undefined;
}

/** What became of one request, and where the log put all that was written with it. */
interface Declared {
  readonly rows: DeclarationRow[];
  readonly place: Appended;
}

/** The key under which somebody declares, and what they are answered. */
export type DeclaringKey = Keyed<Pick<Declared, 'rows'>>;

/** Declaring and withdrawing consent. Nothing is ever changed: a newer declaration takes its place. */
@Injectable()
export class DeclareConsent {
  private readonly together = new Together<Append, Declared>({
    keysOf: ({ streams }) =>
      streams.map((one) => `${one.partyId}/${one.layer}/${one.subjectKind}/${one.subjectId}`),
    run: (commands) =>
      this.database.transaction((tx) =>
        this.answers.carryOut(tx, commands, (fresh) => this.append(tx, fresh)),
      ),
  });

  constructor(
    private readonly database: Database,
    private readonly answers: FirstAnswers,
    private readonly drafts: ConsentDrafts,
    private readonly consent: ConsentRepository,
    private readonly query: ConsentQuery,
    private readonly signedActs: SignedActs,
    private readonly passkeys: PasskeysQuery,
    private readonly log: LogAppender,
    private readonly holders: TellHolders,
  ) {}

  /** One declaration for each layer of the subject; all of them or none. */
  async declare(
    actor: Actor,
    command: Declare & Signature,
    keyed?: DeclaringKey,
  ): Promise<DeclarationRow[]> {
    const draft = await this.drafts.ofDeclaration(actor, command);
    return this.record(actor, { ...draft, keyed }, command);
  }

  /** What a passkey signs so that {@link declare} with the same command is signed. */
  async declaringOptions(actor: Actor, command: Declare): Promise<SigningOptions> {
    const draft = await this.drafts.ofDeclaration(actor, command);
    return this.signedActs.options(actor, statementOf(draft));
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
    const party = streams[0]!.partyId;
    const rest = { ...by, party, effectiveFrom: null, effectiveUntil: null };
    const { rows } = await this.appendOne(tx, { streams, content, ...rest });
    return rows.map((row) => row.declarationId);
  }

  /** Takes a declaration back: its subject and layer fall silent until the party declares again. */
  async withdraw(
    actor: Actor,
    declarationId: string,
    command: Withdraw & Signature,
    keyed?: DeclaringKey,
  ): Promise<DeclarationRow> {
    const draft = await this.drafts.ofWithdrawal(actor, declarationId, command);
    const [row] = await this.record(actor, { ...draft, keyed }, command);
    return row!;
  }

  /** What a passkey signs so that {@link withdraw} with the same command is signed. */
  async withdrawingOptions(
    actor: Actor,
    declarationId: string,
    command: Withdraw,
  ): Promise<SigningOptions> {
    const draft = await this.drafts.ofWithdrawal(actor, declarationId, command);
    return this.signedActs.options(actor, statementOf(draft));
  }

  async get(declarationId: string): Promise<DeclarationRow> {
    const declaration = await this.query.findDeclaration(declarationId);
    if (!declaration) throw declarationNotFound();
    return declaration;
  }

  /** A signature counts with what it signs or not at all, so a signed one has its own transaction. */
  private async record(
    actor: Actor,
    draft: ConsentDraft & Pick<Append, 'keyed'>,
    signature: Signature,
  ): Promise<DeclarationRow[]> {
    const command = { ...draft, declaredBy: actor.accountId };
    if (signature.assertion === undefined && signature.nonce === undefined) {
      return this.appendSoon(command);
    }
    const [outcome] = await this.database.transaction((tx) =>
      this.answers.carryOut<Declared, Append>(tx, [command], async () => {
        const signed = await this.signedActs.accept(tx, actor, statementOf(draft), signature);
        return [await this.appendOne(tx, { ...command, signed })];
      }),
    );
    if (outcome instanceof Error) throw outcome;
    return outcome!.rows;
  }

  /** In a transaction together with those of other requests that came at the same time. */
  private async appendSoon(command: Append): Promise<DeclarationRow[]> {
    const { rows, place } = await this.together.add(command);
    this.log.acknowledgeAfter(place);
    return rows;
  }

  private async appendOne(tx: Transaction, command: Append): Promise<Declared> {
    const [outcome] = await this.append(tx, [command]);
    if (outcome instanceof DomainProblem) throw outcome;
    return outcome!;
  }

  /** Each of the commands whole or not at all; a refused one does not touch the others. */
  private async append(
    tx: Transaction,
    commands: readonly Append[],
  ): Promise<(Declared | DomainProblem)[]> {
    const asking = await this.passkeys.listRequiring(
      tx,
      commands.flatMap(({ signed, party }) => (signed ? [] : party)),
    );
    // What is read from here on stays as it is until the commit.
    await this.log.hold(tx);
    const termSets = await this.consent.internTermSets(
      tx,
      commands.map(({ content }) => content),
    );
    const refusals = new Map<Append, DomainProblem>();
    for (const command of commands) {
      const refusal = await this.refusalOf(tx, command, asking.has(command.party));
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
        ...(command.signed && { auth: command.signed.auth }),
        concerns: [stream.partyId, command.acting?.representativePartyId ?? []].flat(),
      })),
    );
    const rows = drafts.map((draft, at) =>
      entityOf(draft, {
        termSetId: termSets.get(draft.digest)!,
        version: place.streamVersions[at]!,
        recordedAt: new Date(place.recordedAt),
        leafIndex: String(place.leafIndexes[at]),
      }),
    );
    await this.consent.insert(tx, rows);
    await this.tellHolders(tx, rows);
    for (const { subjectKind, subjectId } of rows) {
      tx.emit('consent:declaration:appended', { subjectKind, subjectId });
    }
    return commands.map(
      (command) =>
        refusals.get(command) ?? {
          place,
          rows: drafts.flatMap((draft, at) =>
            draft.command === command ? [rowOf(rows[at]!, command.content)] : [],
          ),
        },
    );
  }

  /**
   * Whoever else holds what is declared about is told. Of what a declaration about everything a party holds,
   * or about a catalogue, reaches, a bounded part is walked.
   */
  private async tellHolders(tx: Transaction, rows: readonly DeclarationEntity[]): Promise<void> {
    const isNarrow = ({ subjectKind }: DeclarationEntity) =>
      subjectKind === 'work' || subjectKind === 'release';
    await this.holders.tell(
      tx,
      rows.filter(isNarrow).map(({ subjectId, leafIndex }) => {
        return { workId: subjectId, leafIndex: Number(leafIndex) };
      }),
    );
    await this.holders.tellOfBroad(
      tx,
      rows
        .filter((row) => !isNarrow(row))
        .map(({ partyId, layer, subjectKind, subjectId, leafIndex }) => ({
          ...{ partyId, layer, leafIndex: Number(leafIndex) },
          catalogueId: subjectKind === 'catalogue' ? subjectId : null,
        })),
    );
  }

  private async refusalOf(
    tx: Transaction,
    command: Append,
    asksForSignature: boolean,
  ): Promise<DomainProblem | null> {
    try {
      await this.refuseStale(tx, command);
      if (asksForSignature && !command.signed) await this.refuseWidening(tx, command);
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
  private async refuseStale(tx: Transaction, draft: ConsentDraft): Promise<void> {
    const { streams, replaces, withdraws, acting } = draft;
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
  /** Where the party asks for its passkey: anything unsigned that could widen what it allows. */
  private async refuseWidening(tx: Transaction, draft: ConsentDraft): Promise<void> {
    const { streams, content, effectiveUntil, withdraws } = draft;
    if (withdraws !== undefined) return;
    const heads: HeadRow[] = await this.consent.listHeads(tx, streams);
    const replaced = heads.map((head) => head.content);
    if (canOnlyNarrow(content, effectiveUntil, replaced)) return;
    throw signatureRequired('declare anything but refusals that keep all that was refused');
  }
}

function entityOf(
  { declarationId, command, stream }: { declarationId: string; command: Append; stream: StreamKey },
  place: Pick<DeclarationEntity, 'termSetId' | 'version' | 'recordedAt' | 'leafIndex'>,
): DeclarationEntity {
  const { effectiveFrom, effectiveUntil, withdraws, template, declaredBy, signed } = command;
  const { partyId, layer, subjectKind, subjectId } = stream;
  return {
    ...{ declarationId, partyId, layer, subjectKind, subjectId, template, declaredBy, ...place },
    effectiveFrom: effectiveFrom === null ? null : new Date(effectiveFrom),
    effectiveUntil: effectiveUntil === null ? null : new Date(effectiveUntil),
    withdraws: withdraws ?? null,
    assertionId: signed?.assertionId ?? null,
  };
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
