import { Module } from '@nestjs/common';
import { ClaimsModule } from '#claims';
import { PartiesModule } from '#parties';
import { TransparencyModule } from '#transparency';
import { WorksModule } from '#works';
import { PreservationErasure } from './preservation-erasure.service.js';
import { PreservationController } from './preservation.controller.js';
import { PreservationQuery } from './preservation.query.js';
import { PreservationRepository } from './preservation.repository.js';
import { TriggersService } from './triggers.service.js';

@Module({
  imports: [PartiesModule, TransparencyModule, WorksModule, ClaimsModule],
  controllers: [PreservationController],
  providers: [TriggersService, PreservationErasure, PreservationQuery, PreservationRepository],
  exports: [PreservationErasure],
})
export class PreservationModule {}
