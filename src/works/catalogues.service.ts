import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { Clock, DomainProblem, newId } from '#kernel';
import { PartyAccess } from '#parties';
import { Database, invalid, type Transaction } from '#platform';
import { LogAppender } from '#transparency';
import { catalogueInLeaf } from './work-leaf.js';
import { WorksQuery } from './works.query.js';
import { WorksRepository } from './works.repository.js';
import { notFound } from './works.service.js';

/** Catalogues: named sets of works that one declaration can cover. */
@Injectable()
export class CataloguesService {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyAccess,
    private readonly works: WorksRepository,
    private readonly query: WorksQuery,
    private readonly log: LogAppender,
    private readonly clock: Clock,
  ) {}

  async create(actor: Actor, command: { party: string; name: string }) {
    await this.parties.actAs(actor, command.party, 'register', this.clock.now());
    return this.database.transaction((tx) => this.createIn(tx, command));
  }

  /** Creates a catalogue in the caller's transaction; the caller has checked the right to. */
  async createIn(tx: Transaction, command: { party: string; name: string }) {
    const catalogue = {
      catalogueId: newId('catalogue'),
      partyId: command.party,
      name: command.name.trim(),
      createdAt: new Date(this.clock.now()),
    };
    if (!(await this.works.insertCatalogue(tx, catalogue))) {
      throw new DomainProblem(
        'works/catalogue-name-taken',
        `The party has a catalogue named “${catalogue.name}” already.`,
      );
    }
    return catalogue;
  }

  /** The actor's own catalogue; foreign and absent look the same. */
  async getOwn(actor: Actor, catalogueId: string) {
    const catalogue = await this.query.findCatalogue(catalogueId);
    if (!catalogue) throw noCatalogue();
    await this.parties
      .actAs(actor, catalogue.partyId, 'register', this.clock.now())
      .catch((refusal: unknown) => {
        throw refusal instanceof DomainProblem ? noCatalogue() : refusal;
      });
    return catalogue;
  }

  /** Puts works into a catalogue; those that are in it stay. Returns how many were added. */
  async addWorks(actor: Actor, catalogueId: string, workIds: readonly string[]): Promise<number> {
    const catalogue = await this.getOwn(actor, catalogueId);
    const known = await this.query.kindsOf([...new Set(workIds)]);
    const faults = workIds.flatMap((workId, at) => {
      if (known.has(workId)) return [];
      return [{ pointer: `/works/${at}`, detail: 'there is no work with this id' }];
    });
    if (faults.length > 0) throw invalid(faults);
    return this.database.transaction((tx) => this.addWorksIn(tx, catalogue, workIds));
  }

  /**
   * Puts works into a catalogue in the caller's transaction; the caller has checked the right to and
   * that the works exist. Those that are in it stay. Returns how many were added.
   */
  async addWorksIn(
    tx: Transaction,
    { catalogueId, partyId }: { catalogueId: string; partyId: string },
    workIds: readonly string[],
  ): Promise<number> {
    await this.log.hold(tx);
    const outside = await this.works.listOutside(tx, catalogueId, workIds);
    if (outside.length === 0) return 0;
    const added = outside.map((one) => one.workId);
    const { leafIndexes, recordedAt } = await this.log.append(
      tx,
      outside.map(({ workId, registrantPartyId }) => ({
        type: 'work',
        stream: workId,
        content: { addCatalogues: [catalogueInLeaf({ catalogueId, partyId })] },
        concerns: [registrantPartyId],
      })),
    );
    const rows = added.map((workId, at) => ({
      catalogueId,
      workId,
      recordedAt: new Date(recordedAt),
      leafIndex: String(leafIndexes[at]),
    }));
    await this.works.insert(tx, { catalogueWorks: rows });
    await this.works.countUp(tx, added, partyId);
    for (const [at, workId] of added.entries()) {
      tx.emit('works:work:changed', { workId, leafIndex: leafIndexes[at] });
    }
    return added.length;
  }

  async removeWork(actor: Actor, catalogueId: string, workId: string): Promise<void> {
    const { partyId } = await this.getOwn(actor, catalogueId);
    const registrant = (await this.query.kindsOf([workId])).get(workId)?.registrantPartyId;
    if (registrant === undefined) throw notFound('The work is not in this catalogue.');
    await this.database.transaction(async (tx) => {
      const content = { removeCatalogues: [catalogueId] };
      const { recordedAt, leafIndexes } = await this.log.append(tx, [
        { type: 'work', stream: workId, content, concerns: [registrant] },
      ]);
      const removedAt = new Date(recordedAt);
      if (!(await this.works.closeCatalogueWork(tx, { catalogueId, workId, removedAt }))) {
        throw notFound('The work is not in this catalogue.');
      }
      await this.works.countUp(tx, [workId], partyId);
      tx.emit('works:work:changed', { workId, leafIndex: leafIndexes[0] });
    });
  }
}

function noCatalogue(): DomainProblem {
  return new DomainProblem('works/not-found', 'There is no catalogue with this id that is yours.');
}
