import { Module } from '@nestjs/common';
import { PartiesModule } from '#parties';
import { TransparencyModule } from '#transparency';
import { WorksModule } from '#works';
import { ClaimWriter } from './claim-writer.service.js';
import { ClaimErasureRepository } from './claim-erasure.repository.js';
import { ClaimErasure } from './claim-erasure.service.js';
import { ClaimsController } from './claims.controller.js';
import { ClaimsQuery } from './claims.query.js';
import { ClaimsRepository } from './claims.repository.js';
import { ClaimsService } from './claims.service.js';
import { DisputeWriter } from './dispute-writer.service.js';
import { DisputesController } from './disputes.controller.js';
import { DisputesQuery } from './disputes.query.js';
import { DisputesRepository } from './disputes.repository.js';
import { DisputesService } from './disputes.service.js';
import { FollowParties } from './follow-parties.service.js';
import { SongsService } from './songs.service.js';
import { TellHoldersRepository } from './tell-holders.repository.js';
import { TellHolders } from './tell-holders.service.js';
import { WatchDisputes } from './watch-disputes.service.js';

@Module({
  imports: [PartiesModule, TransparencyModule, WorksModule],
  controllers: [ClaimsController, DisputesController],
  providers: [
    ClaimsService,
    SongsService,
    ClaimErasure,
    ClaimErasureRepository,
    ClaimWriter,
    ClaimsQuery,
    ClaimsRepository,
    FollowParties,
    DisputesService,
    DisputesQuery,
    DisputesRepository,
    DisputeWriter,
    TellHolders,
    TellHoldersRepository,
    WatchDisputes,
  ],
  exports: [ClaimErasure, ClaimsService, ClaimsQuery, TellHolders],
})
export class ClaimsModule {}
