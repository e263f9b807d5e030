import { Module } from '@nestjs/common';
import { ClaimsModule } from '#claims';
import { PartiesModule } from '#parties';
import { TransparencyModule } from '#transparency';
import { WorksModule } from '#works';
import { ConsentErasure } from './consent-erasure.repository.js';
import { ConsentController } from './consent.controller.js';
import { ConsentQuery } from './consent.query.js';
import { ConsentRepository } from './consent.repository.js';
import { DeclaredStreams } from './declared-streams.service.js';
import { DeclareConsent } from './declare-consent.service.js';

@Module({
  imports: [PartiesModule, TransparencyModule, WorksModule, ClaimsModule],
  controllers: [ConsentController],
  providers: [DeclareConsent, DeclaredStreams, ConsentErasure, ConsentQuery, ConsentRepository],
  exports: [DeclareConsent, ConsentErasure, ConsentQuery],
})
export class ConsentModule {}
