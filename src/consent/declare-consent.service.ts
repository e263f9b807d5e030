import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { ClaimsQuery } from '#claims';
import { Clock, DomainProblem, newId } from '#kernel';
import { type ActingParty, PartyAccess } from '#parties';
import { Database, invalid, type Transaction } from '#platform';
import { LogAppender } from '#transparency';
import { isWithin, type Layer, LAYERS, purposeCovers } from '#vocabulary';
import { WorksQuery } from '#works';
import { ConsentQuery, type DeclarationRow } from './consent.query.js';
import { ConsentRepository, type StreamKey } from './consent.repository.js';
import type { SubjectKind } from './domain/index.js';
import type { DeclarationEntity } from './entities/declaration.entity.js';
import { readAfterWithdrawal, readWish, type Wish } from './read-wish.js';
import { type TermSetContent, termSetDigest } from './term-set.js';

export interface Declare extends Wish {
  party: string;
  subject: { kind: SubjectKind; id?: string };
  layers?: Layer[];
  effectiveFrom?: number;
  effectiveUntil?: number;
  /** The declaration that this one builds on, when the caller wants to be sure that it is current. */
  replaces?: string;
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
    private readonly works: WorksQuery,
    private readonly claims: ClaimsQuery,
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
    const streams = await this.streamsOf(command);
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
        replaces: command.replaces,
        template: command.template ?? null,
        declaredBy: actor.accountId,
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
    await this.parties
      .actAs(actor, declaration.partyId, 'consent', this.clock.now())
      .catch((refusal: unknown) => {
        throw refusal instanceof DomainProblem ? notFound() : refusal;
      });
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
    },
  ): Promise<string[]> {
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
      })),
    );
    // The log's lock is held from here on, so what is read now stays the head until the commit.
    for (const { stream } of drafts) await this.refuseStale(tx, stream, rest);
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

  private async refuseStale(
    tx: Transaction,
    stream: StreamKey,
    expected: { replaces?: string; withdraws?: string },
  ): Promise<void> {
    if (expected.replaces === undefined) return;
    const head = await this.consent.findHead(tx, stream);
    if (expected.withdraws !== undefined && head?.withdraws === expected.withdraws) {
      throw new DomainProblem('consent/already-withdrawn', 'It was withdrawn before.', {
        withdrawal: head.declarationId,
      });
    }
    if (head?.declarationId !== expected.replaces) {
      throw new DomainProblem(
        'consent/predecessor-stale',
        'Another declaration has taken its place since.',
        { current: head?.declarationId ?? null, currentVersion: head?.version ?? 0 },
      );
    }
  }

  /** The streams that a declaration continues: one for each layer and work that it is about. */
  private async streamsOf(command: Declare): Promise<StreamKey[]> {
    const { party, subject } = command;
    if (subject.kind === 'party') {
      if (subject.id !== undefined && subject.id !== party) {
        throw invalid([{ pointer: '/subject/id', detail: 'must be the declaring party itself' }]);
      }
      return layersOf(command).map((layer) => {
        return { partyId: party, layer, subjectKind: 'party', subjectId: party };
      });
    }
    const { kind: subjectKind, id: subjectId } = subject;
    if (subjectId === undefined) {
      throw invalid([{ pointer: '/subject/id', detail: `name the ${subjectKind}` }]);
    }
    if (subjectKind === 'catalogue') await this.refuseForeignCatalogue(party, subjectId);
    else if (subjectKind === 'work') return this.streamsOfWork(command, subjectId);
    else if ((await this.works.kindsOf([subjectId])).get(subjectId)?.kind !== 'release') {
      throw invalid([{ pointer: '/subject/id', detail: 'there is no release with this id' }]);
    }
    return layersOf(command).map((layer) => ({ partyId: party, layer, subjectKind, subjectId }));
  }

  private async refuseForeignCatalogue(party: string, catalogueId: string): Promise<void> {
    if ((await this.works.findCatalogue(catalogueId))?.partyId === party) return;
    throw invalid([{ pointer: '/subject/id', detail: 'the party has no catalogue with this id' }]);
  }

  /**
   * A recording's composition layer is that of the compositions it embodies, so a declaration on it is
   * made there. Without layers, those that the party claims are meant.
   */
  private async streamsOfWork(command: Declare, workId: string): Promise<StreamKey[]> {
    const { party } = command;
    const work = (await this.works.kindsOf([workId])).get(workId);
    if (!work) throw invalid([{ pointer: '/subject/id', detail: 'there is no work with this id' }]);
    const composed = work.kind === 'recording' || work.kind === 'video';
    const compositions = composed ? await this.query.listCompositionsOf(workId) : [];
    const held = await this.claims.listLayersHeld(party, [workId, ...compositions]);
    const layers = command.layers ?? [...new Set(held.map((claim) => claim.layer))];
    if (layers.length === 0) {
      const detail = 'the party claims no layer of this work; claim one, or name the layers';
      throw invalid([{ pointer: '/layers', detail }]);
    }
    return layers.flatMap((layer) => {
      const elsewhere = layer === 'composition' && composed;
      if (elsewhere && compositions.length === 0) {
        const detail = 'the recording embodies no composition here; link it first';
        throw invalid([{ pointer: '/layers', detail }]);
      }
      const works = elsewhere
        ? compositions.filter((id) => command.layers || held.some((claim) => claim.workId === id))
        : [workId];
      return works.map(
        (id) => ({ partyId: party, layer, subjectKind: 'work', subjectId: id }) as const,
      );
    });
  }
}

/** Broad subjects without layers mean every layer that the party holds, now or later. */
function layersOf(command: Declare): readonly Layer[] {
  return command.layers ? [...new Set(command.layers)] : LAYERS;
}

function refuseBeyondMandate(acting: ActingParty, content: TermSetContent): void {
  const { purposes, territory } = acting;
  const beyond = content.terms.find(
    ({ purpose }) => purposes && !purposes.some((own) => purposeCovers(own as never, purpose)),
  );
  if (beyond || !isWithin(content.territory, territory ?? undefined)) {
    throw new DomainProblem(
      'consent/beyond-mandate',
      beyond
        ? `The mandate does not cover ${beyond.purpose}.`
        : 'The mandate does not cover the territory of the declaration; name one within it.',
    );
  }
}

function notFound(): DomainProblem {
  return new DomainProblem(
    'consent/not-found',
    'There is no declaration with this id that you may withdraw.',
  );
}
