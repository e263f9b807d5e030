import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { DomainProblem, newId } from '#kernel';
import {
  PasskeysQuery,
  type Signature,
  type Signed,
  SignedActs,
  signatureRequired,
  type SigningOptions,
} from '#passkeys';
import { Database, type Transaction } from '#platform';
import { LogAppender } from '#transparency';
import {
  type ConsentDraft,
  ConsentDrafts,
  type Declare,
  declarationNotFound,
  type Withdraw,
} from './consent-drafts.service.js';
import { ConsentQuery, type DeclarationRow } from './consent.query.js';
import { ConsentRepository, type HeadRow, type StreamKey } from './consent.repository.js';
import { canOnlyNarrow } from './domain/index.js';
import type { DeclarationEntity } from './entities/declaration.entity.js';
import { isLimited, refuseBeyondMandate } from './mandate-limits.js';
import { statementOf } from './signed-statement.js';
import { type TermSetContent, termSetDigest } from './term-set.js';

/** What is written down with each declaration, apart from what it says. */
interface Authorship {
  declaredBy: string;
  /** Null: the registry alone saw who it was. */
  signed: Signed | null;
}

/** Declaring and withdrawing consent. Nothing is ever changed: a newer declaration takes its place. */
@Injectable()
export class DeclareConsent {
  constructor(
    private readonly database: Database,
    private readonly drafts: ConsentDrafts,
    private readonly consent: ConsentRepository,
    private readonly query: ConsentQuery,
    private readonly signedActs: SignedActs,
    private readonly passkeys: PasskeysQuery,
    private readonly log: LogAppender,
  ) {}

  /** One declaration for each layer of the subject; all of them or none. */
  async declare(actor: Actor, command: Declare & Signature): Promise<DeclarationRow[]> {
    const draft = await this.drafts.ofDeclaration(actor, command);
    return this.query.listByIds(await this.record(actor, draft, command));
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
    const { template, declaredBy } = by;
    const party = streams[0]!.partyId;
    const draft = { party, streams, content, template, effectiveFrom: null, effectiveUntil: null };
    return this.append(tx, draft, { declaredBy, signed: null });
  }

  /** Takes a declaration back: its subject and layer fall silent until the party declares again. */
  async withdraw(
    actor: Actor,
    declarationId: string,
    command: Withdraw & Signature,
  ): Promise<DeclarationRow> {
    const draft = await this.drafts.ofWithdrawal(actor, declarationId, command);
    const [id] = await this.record(actor, draft, command);
    return (await this.query.findDeclaration(id!))!;
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

  private record(actor: Actor, draft: ConsentDraft, signature: Signature): Promise<string[]> {
    const isSigned = signature.assertion !== undefined || signature.nonce !== undefined;
    return this.database.transaction(async (tx) => {
      const signed = isSigned
        ? await this.signedActs.accept(tx, actor, statementOf(draft), signature)
        : null;
      return this.append(tx, draft, { declaredBy: actor.accountId, signed });
    });
  }

  private async append(
    tx: Transaction,
    draft: ConsentDraft,
    { declaredBy, signed }: Authorship,
  ): Promise<string[]> {
    // What is read from here on stays as it is until the commit.
    await this.log.hold(tx);
    await this.refuseStale(tx, draft);
    if (signed === null) await this.refuseUnsigned(tx, draft);
    const { content, effectiveFrom, effectiveUntil, withdraws = null } = draft;
    const termSetId = await this.consent.internTermSet(tx, content);
    const drafts = draft.streams.map((stream) => ({ declarationId: newId('declaration'), stream }));
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
          ...{ effectiveFrom, effectiveUntil, withdraws },
        },
        ...(signed && { auth: signed.auth }),
        concerns: [partyId],
      })),
    );
    const rows = drafts.map(({ declarationId, stream }, at): DeclarationEntity => {
      const { partyId, layer, subjectKind, subjectId } = stream;
      return {
        ...{ declarationId, partyId, layer, subjectKind, subjectId, termSetId },
        version: place.streamVersions[at]!,
        effectiveFrom: effectiveFrom === null ? null : new Date(effectiveFrom),
        effectiveUntil: effectiveUntil === null ? null : new Date(effectiveUntil),
        withdraws,
        template: draft.template,
        declaredBy,
        recordedAt: new Date(place.recordedAt),
        leafIndex: String(place.leafIndexes[at]),
        assertionId: signed?.assertionId ?? null,
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
  private async refuseStale(tx: Transaction, draft: ConsentDraft): Promise<void> {
    const { replaces, withdraws, acting } = draft;
    const limits = acting && isLimited(acting) ? acting : null;
    if (replaces === undefined && limits === null) return;
    const heads = await this.consent.listHeads(tx, draft.streams);
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
  private async refuseUnsigned(tx: Transaction, draft: ConsentDraft): Promise<void> {
    const { party, streams, content, effectiveUntil, withdraws } = draft;
    if (withdraws !== undefined || (await this.passkeys.requiredSince(party, tx)) === null) return;
    const heads: HeadRow[] = await this.consent.listHeads(tx, streams);
    const replaced = heads.map((head) => head.content);
    if (canOnlyNarrow(content, effectiveUntil, replaced)) return;
    throw signatureRequired('declare anything but refusals that keep all that was refused');
  }
}
