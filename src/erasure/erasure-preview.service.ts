import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { ClaimErasure } from '#claims';
import { PartyErasure } from '#parties';
import { WorkErasure } from '#works';

/** What an erasure would do, before it is done. */
export interface ErasurePreview {
  readonly parties: readonly {
    readonly partyId: string;
    readonly displayName: string;
    /** False where somebody else is a member too: then only the membership ends. */
    readonly erased: boolean;
    readonly worksWithdrawn: number;
    readonly worksLeft: number;
  }[];
}

/** Tells what would go and what would stay; changes nothing. */
@Injectable()
export class ErasurePreviews {
  constructor(
    private readonly parties: PartyErasure,
    private readonly works: WorkErasure,
    private readonly claims: ClaimErasure,
  ) {}

  async of({ accountId }: Actor): Promise<ErasurePreview> {
    const own = await this.parties.rows.listOfMember(accountId);
    const gone = own.filter((one) => one.sole).map((one) => one.partyId);
    const parties = [];
    for (const { partyId, displayName, sole } of own) {
      const registered = sole ? await this.works.listRegistered([partyId]) : [];
      const shared = await this.claims.rows.listClaimedByOthers(gone, registered);
      parties.push({
        partyId,
        displayName,
        erased: sole,
        worksWithdrawn: registered.length - shared.size,
        worksLeft: shared.size,
      });
    }
    return { parties };
  }
}
