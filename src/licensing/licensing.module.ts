import { Module } from '@nestjs/common';
import { ClaimsModule } from '#claims';
import { ConsentModule } from '#consent';
import { PartiesModule } from '#parties';
import { WorksModule } from '#works';
import { LicenceErasure } from './licence-erasure.repository.js';
import { LicensingController } from './licensing.controller.js';
import { LicensingQuery } from './licensing.query.js';
import { LicensingRepository } from './licensing.repository.js';
import { LicensingService } from './licensing.service.js';

@Module({
  imports: [PartiesModule, WorksModule, ClaimsModule, ConsentModule],
  controllers: [LicensingController],
  providers: [LicensingService, LicenceErasure, LicensingQuery, LicensingRepository],
  exports: [LicenceErasure],
})
export class LicensingModule {}
