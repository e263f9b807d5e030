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
import { FollowParties } from './follow-parties.service.js';
import { SongsService } from './songs.service.js';

@Module({
  imports: [PartiesModule, TransparencyModule, WorksModule],
  controllers: [ClaimsController],
  providers: [
    ClaimsService,
    SongsService,
    ClaimErasure,
    ClaimErasureRepository,
    ClaimWriter,
    ClaimsQuery,
    ClaimsRepository,
    FollowParties,
  ],
  exports: [ClaimErasure, ClaimsService, ClaimsQuery],
})
export class ClaimsModule {}
