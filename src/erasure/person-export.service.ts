import { Injectable } from '@nestjs/common';
import { AccountErasure, type Actor } from '#accounts';
import { BulkErasure } from '#bulk';
import { HoldingErasure } from '#changes';
import { ClaimErasure } from '#claims';
import { ConsentErasure } from '#consent';
import { ImportErasure } from '#imports';
import { Clock } from '#kernel';
import { LicenceErasure } from '#licensing';
import { NoticeErasure } from '#notices';
import { PartyErasure } from '#parties';
import { PasskeyErasure } from '#passkeys';
import { PreservationErasure } from '#preservation';
import { WorkErasure } from '#works';

/** Everything that is kept of an account and its parties, as one document: rows as they are stored. */
@Injectable()
export class PersonExport {
  constructor(
    private readonly accounts: AccountErasure,
    private readonly parties: PartyErasure,
    private readonly passkeys: PasskeyErasure,
    private readonly notices: NoticeErasure,
    private readonly works: WorkErasure,
    private readonly claims: ClaimErasure,
    private readonly consent: ConsentErasure,
    private readonly licences: LicenceErasure,
    private readonly imports: ImportErasure,
    private readonly bulk: BulkErasure,
    private readonly holdings: HoldingErasure,
    private readonly preservation: PreservationErasure,
    private readonly clock: Clock,
  ) {}

  async export(actor: Actor): Promise<Record<string, unknown>> {
    this.accounts.requirePerson(actor);
    const { accountId } = actor;
    const partyIds = (await this.parties.rows.listOfMember(accountId)).map((one) => one.partyId);
    return {
      exportedAt: new Date(this.clock.now()).toISOString(),
      ...camelCased(await this.accounts.describe(accountId)),
      ...camelCased(await this.parties.rows.describe(partyIds)),
      ...camelCased(await this.passkeys.rows.describe(accountId)),
      ...camelCased(await this.notices.describe(accountId, partyIds)),
      ...camelCased(await this.works.describe(partyIds)),
      ...camelCased(await this.claims.rows.describe(partyIds)),
      ...camelCased(await this.consent.describe(partyIds)),
      ...camelCased(await this.licences.describe(partyIds)),
      ...camelCased(await this.imports.describe(partyIds)),
      ...camelCased(await this.bulk.describe(accountId)),
      ...camelCased(await this.holdings.describe(accountId)),
      ...camelCased(await this.preservation.describe(partyIds)),
    };
  }
}

/** Columns under the names that members have in the API. */
function camelCased<T>(value: T): T {
  if (Array.isArray(value)) return value.map((one) => camelCased(one)) as T;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camelCased(one),
    ]),
  ) as T;
}
