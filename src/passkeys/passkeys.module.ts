import { Module } from '@nestjs/common';
import { PartiesModule } from '#parties';
import { TransparencyModule } from '#transparency';
import { OperatorPasskeysController } from './operator-passkeys.controller.js';
import { OperatorPasskeys } from './operator-passkeys.service.js';
import { PasskeyErasureRepository } from './passkey-erasure.repository.js';
import { PasskeyErasure } from './passkey-erasure.service.js';
import { PasskeysController } from './passkeys.controller.js';
import { PasskeysQuery } from './passkeys.query.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { PasskeysService } from './passkeys.service.js';
import { RelyingParty } from './relying-party.js';
import { SignedActs } from './signed-acts.service.js';

@Module({
  imports: [PartiesModule, TransparencyModule],
  controllers: [PasskeysController, OperatorPasskeysController],
  providers: [
    ...[PasskeyErasure, PasskeyErasureRepository, PasskeysQuery, PasskeysRepository],
    ...[PasskeysService, OperatorPasskeys, RelyingParty, SignedActs],
  ],
  exports: [PasskeyErasure, PasskeysQuery, SignedActs],
})
export class PasskeysModule {}
