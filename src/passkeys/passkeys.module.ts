import { Module } from '@nestjs/common';
import { PartiesModule } from '#parties';
import { TransparencyModule } from '#transparency';
import { PasskeysController } from './passkeys.controller.js';
import { PasskeysQuery } from './passkeys.query.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { PasskeysService } from './passkeys.service.js';
import { RelyingParty } from './relying-party.js';
import { SignedActs } from './signed-acts.service.js';

@Module({
  imports: [PartiesModule, TransparencyModule],
  controllers: [PasskeysController],
  providers: [PasskeysQuery, PasskeysRepository, PasskeysService, RelyingParty, SignedActs],
  exports: [PasskeysQuery, SignedActs],
})
export class PasskeysModule {}
