import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { ClaimsQuery, TellHolders } from '#claims';
import { Clock, DomainProblem } from '#kernel';
import { PartyAccess } from '#parties';
import { Database, type Transaction } from '#platform';
import { LogAppender } from '#transparency';
import { WorksService } from '#works';
import {
  agreedMonths,
  type DeclaredKind,
  objectionEnd,
  roundOf,
  type Step,
  verdictOf,
} from './domain/index.js';
import { PreservationQuery, type TriggerStepRow } from './preservation.query.js';
import { PreservationRepository } from './preservation.repository.js';

export interface SayOfTrigger {
  party: string;
  kind: DeclaredKind;
  months?: number;
  evidenceUrl?: string;
  evidenceDigest?: string;
}

interface NewStep extends Step {
  readonly evidenceUrl?: string;
  readonly evidenceDigest?: string;
  readonly holders?: number;
}

/**
 * What archives say of the state of works, and what comes of it: a quorum of those that hold a work
 * starts the objection clock, and a verified rights holder stops it (model, section 3).
 */
@Injectable()
export class TriggersService {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyAccess,
    private readonly works: WorksService,
    private readonly claims: ClaimsQuery,
    private readonly holders: TellHolders,
    private readonly repository: PreservationRepository,
    private readonly query: PreservationQuery,
    private readonly log: LogAppender,
    private readonly clock: Clock,
  ) {}

  /** Says that a registered archive holds a copy of the work; said twice it is said once. */
  async hold(actor: Actor, workId: string, partyId: string): Promise<void> {
    await this.works.get(workId);
    await this.parties.requireMember(actor, partyId);
    await this.database.transaction(async (tx) => {
      await this.refuseStranger(tx, partyId);
      const declaredAt = new Date(this.clock.now());
      const custody = { partyId, workId, declaredBy: actor.accountId, declaredAt };
      await this.repository.addCustody(tx, custody);
    });
  }

  /** Says that the archive holds it no more; what it declared before no longer counts for a quorum. */
  async release(actor: Actor, workId: string, partyId: string): Promise<void> {
    await this.parties.requireMember(actor, partyId);
    await this.database.transaction((tx) => this.repository.endCustody(tx, partyId, workId));
  }

  /** The steps of the triggers of a work, newest first. */
  async list(workId: string): Promise<TriggerStepRow[]> {
    await this.works.get(workId);
    return this.query.listTriggers(workId);
  }

  /** An archive that holds the work declares the state, or (`dissented`) that it does not hold. */
  async say(
    actor: Actor,
    workId: string,
    state: 'declared' | 'dissented',
    command: SayOfTrigger,
  ): Promise<TriggerStepRow[]> {
    const { party, kind, months = null, evidenceUrl, evidenceDigest } = command;
    await this.works.get(workId);
    await this.parties.requireMember(actor, party);
    await this.database.transaction(async (tx) => {
      await this.parties.holdLevels(tx, [party]);
      await this.log.hold(tx);
      await this.refuseStranger(tx, party);
      const holders = await this.repository.listHolders(tx, workId);
      if (!holders.has(party)) {
        throw new DomainProblem(
          'preservation/holds-not',
          'The archive has not said that it holds the work.',
        );
      }
      const steps = await this.repository.listSteps(tx, workId, kind);
      const round = this.openRound(steps);
      const said = state === 'declared' ? round.declared : round.dissented;
      if (said.has(party)) {
        throw new DomainProblem('preservation/said-before', 'The archive has said so already.');
      }
      if (state === 'dissented' && round.declared.size === 0) throw nothingDeclared();
      const step = { state, partyId: party, months, inEffectAt: null };
      const added: NewStep[] = [{ ...step, evidenceUrl, evidenceDigest }];
      const next = roundOf([...steps, step]);
      const verdict = verdictOf(next, holders);
      if (verdict !== null) {
        const isQuorum = verdict === 'in_effect';
        added.push({
          ...{ state: verdict, partyId: null, holders: holders.size },
          months: isQuorum ? agreedMonths(next, holders) : null,
          // The leaf's own time is not known yet, and may be a moment later than the clock's.
          inEffectAt: isQuorum ? objectionEnd(this.clock.now()) : null,
        });
      }
      await this.append(tx, { workId, kind, first: steps.length + 1 }, added, actor.accountId);
    });
    return this.query.listTriggers(workId);
  }

  /** A rights holder whose claim on the work is verified stops what has not taken effect. */
  async object(
    actor: Actor,
    workId: string,
    command: { party: string; kind: DeclaredKind },
  ): Promise<TriggerStepRow[]> {
    const { party, kind } = command;
    await this.works.get(workId);
    await this.parties.actAs(actor, party, 'claim', this.clock.now());
    await this.database.transaction(async (tx) => {
      await this.parties.holdLevels(tx, [party]);
      await this.log.hold(tx);
      if (!(await this.claims.isVerifiedHolder(tx, party, workId))) {
        throw new DomainProblem(
          'preservation/no-holder',
          'The party has no verified claim on this work.',
        );
      }
      const steps = await this.repository.listSteps(tx, workId, kind);
      if (this.openRound(steps).declared.size === 0) throw nothingDeclared();
      const step = { state: 'objected', partyId: party, months: null, inEffectAt: null } as const;
      await this.append(tx, { workId, kind, first: steps.length + 1 }, [step], actor.accountId);
    });
    return this.query.listTriggers(workId);
  }

  private openRound(steps: readonly Step[]) {
    const round = roundOf(steps);
    if (round.inEffectAt !== null && round.inEffectAt <= this.clock.now()) {
      throw new DomainProblem('preservation/in-effect', 'The objection clock has run out.');
    }
    return round;
  }

  private async refuseStranger(tx: Transaction, partyId: string): Promise<void> {
    if (await this.repository.isRegisteredArchive(tx, partyId)) return;
    throw new DomainProblem(
      'preservation/no-archive',
      'The party is no archive whose identity an operator has proven.',
    );
  }

  private async append(
    tx: Transaction,
    { workId, kind, first }: { workId: string; kind: DeclaredKind; first: number },
    steps: readonly NewStep[],
    madeBy: string,
  ): Promise<void> {
    const { leafIndexes, recordedAt } = await this.log.append(
      tx,
      steps.map((step) => ({
        type: 'trigger',
        stream: `${workId}/${kind}`,
        content: {
          work: workId,
          ...{ kind, months: step.months, party: step.partyId, state: step.state },
          evidence: step.evidenceDigest ?? null,
          holders: step.holders ?? null,
          inEffectAt: step.inEffectAt,
        },
        concerns: step.partyId === null ? [] : [step.partyId],
      })),
    );
    await this.repository.insertSteps(
      tx,
      steps.map((step, at) => ({
        ...{ workId, kind, step: first + at, state: step.state, partyId: step.partyId },
        months: step.months,
        evidenceUrl: step.evidenceUrl ?? null,
        evidenceDigest: step.evidenceDigest ?? null,
        holders: step.holders ?? null,
        inEffectAt: step.inEffectAt === null ? null : new Date(step.inEffectAt),
        ...{ madeBy, recordedAt: new Date(recordedAt), leafIndex: String(leafIndexes[at]) },
      })),
    );
    await this.holders.tell(
      tx,
      leafIndexes.map((leafIndex) => ({ workId, leafIndex })),
    );
    tx.emit('preservation:trigger:changed', { workId });
  }
}

function nothingDeclared(): DomainProblem {
  return new DomainProblem('preservation/nothing-declared', 'No archive has declared this state.');
}
