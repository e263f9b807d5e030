import { Module } from '@nestjs/common';
import { PartiesModule } from '#parties';
import { TransparencyModule } from '#transparency';
import { CataloguesController } from './catalogues.controller.js';
import { CataloguesService } from './catalogues.service.js';
import { WorkErasure } from './work-erasure.repository.js';
import { WorkRegistrar } from './work-registrar.service.js';
import { WorksController } from './works.controller.js';
import { WorksQuery } from './works.query.js';
import { WorksRepository } from './works.repository.js';
import { WorksService } from './works.service.js';

@Module({
  imports: [PartiesModule, TransparencyModule],
  controllers: [WorksController, CataloguesController],
  providers: [
    WorksService,
    CataloguesService,
    WorkErasure,
    WorkRegistrar,
    WorksQuery,
    WorksRepository,
  ],
  exports: [WorksService, CataloguesService, WorkErasure, WorkRegistrar, WorksQuery],
})
export class WorksModule {}
