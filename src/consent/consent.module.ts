import { Module } from '@nestjs/common';
import { ClaimsModule } from '#claims';
import { PartiesModule } from '#parties';
import { PasskeysModule } from '#passkeys';
import { TransparencyModule } from '#transparency';
import { WorksModule } from '#works';
import { ConsentErasure } from './consent-erasure.repository.js';
import { ConsentDrafts } from './consent-drafts.service.js';
import { ConsentController } from './consent.controller.js';
import { ConsentQuery } from './consent.query.js';
import { ConsentRepository } from './consent.repository.js';
import { DeclaredStreams } from './declared-streams.service.js';
import { DeclareConsent } from './declare-consent.service.js';

@Module({
  imports: [PartiesModule, PasskeysModule, TransparencyModule, WorksModule, ClaimsModule],
  controllers: [ConsentController],
  providers: [
    ...[ConsentDrafts, ConsentErasure, ConsentQuery, ConsentRepository],
    ...[DeclareConsent, DeclaredStreams],
  ],
  exports: [DeclareConsent, ConsentErasure, ConsentQuery],
})
export class ConsentModule {}
