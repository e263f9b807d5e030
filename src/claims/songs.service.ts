import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { newId } from '#kernel';
import { Database } from '#platform';
import { readIdentifiers, WorkRegistrar, WorksService } from '#works';
import { ClaimsQuery } from './claims.query.js';
import { ClaimsService } from './claims.service.js';
import type { Claim } from './domain/index.js';
import type { RegisterSongRequest } from './dto/claim.request.js';

/** "I wrote and recorded this": recording, composition, the link and both claims in one step. */
@Injectable()
export class SongsService {
  constructor(
    private readonly database: Database,
    private readonly works: WorksService,
    private readonly registrar: WorkRegistrar,
    private readonly claims: ClaimsService,
    private readonly claimsQuery: ClaimsQuery,
  ) {}

  async register(actor: Actor, command: RegisterSongRequest) {
    const { party, title, identifiers, releasedOn, contributors } = command;
    await this.claims.actFor(actor, party, null);
    const recording = await this.works.draftOf(actor, {
      ...{ party, kind: 'recording', title, identifiers, releasedOn, contributors },
    });
    const composition = {
      ...(await this.works.draftOf(actor, { party, kind: 'composition', title, contributors })),
      identifiers: readIdentifiers(command.compositionIdentifiers ?? [], '/compositionIdentifiers'),
    };
    const link = { kind: 'embodies', toWorkId: composition.workId, verified: true } as const;
    const claims = [
      ownClaim(recording.workId, 'recording', { party, madeBy: actor.accountId }),
      ownClaim(composition.workId, 'composition', { party, madeBy: actor.accountId }),
    ];
    await this.database.transaction(async (tx) => {
      await this.claims.holdHolders(tx, [party]);
      await this.registrar.register(tx, [composition, { ...recording, links: [link] }]);
      await this.claims.recordNew(tx, claims);
    });
    return {
      recording: await this.works.get(recording.workId),
      composition: await this.works.get(composition.workId),
      claims: [
        ...(await this.claimsQuery.listOfWork(recording.workId, { after: '', limit: 1 })),
        ...(await this.claimsQuery.listOfWork(composition.workId, { after: '', limit: 1 })),
      ],
    };
  }
}

/** A first claim on the whole of a layer by the party that made the work; recording it gives it its level. */
export function ownClaim(
  workId: string,
  layer: 'recording' | 'composition',
  holder: { party: string; madeBy: string },
): Claim {
  return {
    claimId: newId('claim'),
    version: 1,
    workId,
    partyId: holder.party,
    layer,
    role: layer === 'composition' ? 'author' : 'owner',
    sharePpm: 1_000_000,
    territory: null,
    exclusive: false,
    level: 0,
    method: 'party',
    evidence: null,
    state: 'active',
    mandateId: null,
    madeBy: holder.madeBy,
    madeAt: 0,
  };
}
