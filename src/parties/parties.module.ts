import { Module } from '@nestjs/common';
import { TransparencyModule } from '#transparency';
import { DomainProofs } from './domain-proofs/domain-proofs.js';
import { NetworkDomainProofs } from './domain-proofs/network-domain-proofs.js';
import { PUBLIC_INTERNET } from './domain-proofs/proof-network.js';
import { MandatesController } from './mandates.controller.js';
import { MandatesQuery } from './mandates.query.js';
import { MandatesRepository } from './mandates.repository.js';
import { MandatesService } from './mandates.service.js';
import { OperatorVerificationsController } from './operator-verifications.controller.js';
import { OperatorVerificationsService } from './operator-verifications.service.js';
import { PartiesController } from './parties.controller.js';
import { PartiesQuery } from './parties.query.js';
import { PartiesRepository } from './parties.repository.js';
import { PartiesService } from './parties.service.js';
import { PartyErasureRepository } from './party-erasure.repository.js';
import { PartyErasure } from './party-erasure.service.js';
import { PartyAccessQuery } from './party-access.query.js';
import { PartyAccess } from './party-access.service.js';
import { PartyLevels } from './party-levels.service.js';
import { VerificationsController } from './verifications.controller.js';
import { VerificationsRepository } from './verifications.repository.js';
import { VerificationsService } from './verifications.service.js';

@Module({
  imports: [TransparencyModule],
  controllers: [
    PartiesController,
    MandatesController,
    VerificationsController,
    OperatorVerificationsController,
  ],
  providers: [
    { provide: DomainProofs, useValue: new NetworkDomainProofs(PUBLIC_INTERNET) },
    MandatesQuery,
    MandatesRepository,
    MandatesService,
    OperatorVerificationsService,
    PartiesQuery,
    PartiesRepository,
    PartiesService,
    PartyAccess,
    PartyAccessQuery,
    PartyErasure,
    PartyErasureRepository,
    PartyLevels,
    VerificationsRepository,
    VerificationsService,
  ],
  exports: [PartyAccess, PartyErasure],
})
export class PartiesModule {}
