import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { ClaimsQuery } from '#claims';
import { canonicalTerritory } from '#claims/domain';
import { ConsentQuery } from '#consent';
import { Clock, DomainProblem, type FieldFault, newId } from '#kernel';
import { type ActingParty, PartyAccess } from '#parties';
import { Database, invalid } from '#platform';
import { isWithin, type Layer, type Purpose, purposeCovers, type Territory } from '#vocabulary';
import { WorksQuery } from '#works';
import { LicensingQuery, type LicenceRow } from './licensing.query.js';
import { LicensingRepository } from './licensing.repository.js';

export interface GrantLicence {
  grantor: string;
  grantee: string;
  works: string[];
  purposes: Purpose[];
  layers: Layer[];
  territory?: Territory;
  validFrom?: number;
  validUntil?: number;
}

/** Licences to one inquirer, granted by a party that decides alone on the layers it grants. */
@Injectable()
export class LicensingService {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyAccess,
    private readonly works: WorksQuery,
    private readonly claims: ClaimsQuery,
    private readonly consent: ConsentQuery,
    private readonly licences: LicensingRepository,
    private readonly query: LicensingQuery,
    private readonly clock: Clock,
  ) {}

  async grant(actor: Actor, wanted: GrantLicence): Promise<LicenceRow> {
    const now = this.clock.now();
    // Said as null it is unsaid too.
    const territory = wanted.territory ? canonicalTerritory(wanted.territory) : undefined;
    const command = { ...wanted, territory };
    refuseBeyondMandate(await this.parties.actAs(actor, command.grantor, 'licence', now), command);
    if ((await this.parties.existing([command.grantee])).size === 0) {
      throw invalid([{ pointer: '/grantee', detail: 'there is no party with this id' }]);
    }
    const from = Math.max(command.validFrom ?? now, now);
    if (command.validUntil !== undefined && command.validUntil <= from) {
      throw invalid([{ pointer: '/validUntil', detail: 'must lie after now and validFrom' }]);
    }
    const works = await this.heldWorks(command);
    const licenceId = newId('licence');
    await this.database.transaction((tx) =>
      this.licences.insert(
        tx,
        {
          licenceId,
          grantorPartyId: command.grantor,
          granteePartyId: command.grantee,
          purposes: [...new Set(command.purposes)],
          layers: [...new Set(command.layers)],
          territory: territory ?? null,
          validFrom: new Date(from),
          validUntil: command.validUntil === undefined ? null : new Date(command.validUntil),
          grantedBy: actor.accountId,
          grantedAt: new Date(now),
          revokedAt: null,
        },
        works,
      ),
    );
    return (await this.query.findLicence(licenceId))!;
  }

  async revoke(actor: Actor, licenceId: string): Promise<LicenceRow> {
    const { grantorPartyId } = await this.getOwn(actor, licenceId);
    await this.parties.actAs(actor, grantorPartyId, 'licence', this.clock.now());
    await this.database.transaction((tx) =>
      this.licences.revoke(tx, licenceId, new Date(this.clock.now())),
    );
    return (await this.query.findLicence(licenceId))!;
  }

  /**
   * A licence that a party of the actor's got, or that one gave for which the actor may license; any
   * other looks absent.
   */
  async getOwn(actor: Actor, licenceId: string): Promise<LicenceRow> {
    const licence = await this.query.findLicence(licenceId);
    if (!licence) throw notFound();
    const own = await this.parties.partiesOf(actor.accountId);
    if (own.includes(licence.granteePartyId)) return licence;
    await this.parties
      .actAs(actor, licence.grantorPartyId, 'licence', this.clock.now())
      .catch((refusal: unknown) => {
        throw refusal instanceof DomainProblem ? notFound() : refusal;
      });
    return licence;
  }

  /**
   * The works that the licence names, with the compositions that they embody now where that layer is
   * granted: one that is linked later has holders who were not asked. Every layer that is granted must
   * be the grantor's alone on every work that it is about.
   */
  private async heldWorks(command: GrantLicence): Promise<string[]> {
    const works = [...new Set(command.works)];
    const known = await this.works.kindsOf(works);
    const faults: FieldFault[] = [];
    for (const [at, workId] of works.entries()) {
      if (!known.has(workId)) {
        faults.push({ pointer: `/works/${at}`, detail: 'there is no work with this id' });
      }
    }
    if (faults.length > 0) throw invalid(faults);
    const named = new Set(works);
    for (const workId of works) {
      for (const layer of command.layers) {
        const kind = known.get(workId)!.kind;
        const composed = layer === 'composition' && kind !== 'composition';
        const about = composed ? await this.consent.listCompositionsOf(workId) : [workId];
        await this.refuseUnheld(command, { workId, layer, about });
        for (const id of about) named.add(id);
      }
    }
    return [...named];
  }

  private async refuseUnheld(
    { grantor, territory }: GrantLicence,
    { workId, layer, about }: { workId: string; layer: Layer; about: readonly string[] },
  ): Promise<void> {
    const alone = await Promise.all(
      about.map((id) => this.claims.holdsAlone(grantor, id, layer, territory)),
    );
    if (alone.length > 0 && !alone.includes(false)) return;
    throw new DomainProblem(
      'licensing/not-alone',
      `The party does not hold the whole ${layer} of ${workId} with a verified claim.`,
      { work: workId, layer },
    );
  }
}

function refuseBeyondMandate(acting: ActingParty, command: GrantLicence): void {
  const { purposes, territory } = acting;
  const beyond = command.purposes.find(
    (purpose) => purposes !== null && !purposes.some((own) => purposeCovers(own, purpose)),
  );
  if (beyond || !isWithin(command.territory, territory ?? undefined)) {
    throw new DomainProblem(
      'licensing/beyond-mandate',
      beyond
        ? `The mandate does not cover ${beyond}.`
        : 'The mandate does not cover the territory of the licence; name one within it.',
    );
  }
}

function notFound(): DomainProblem {
  return new DomainProblem('licensing/not-found', 'There is no licence with this id of yours.');
}
