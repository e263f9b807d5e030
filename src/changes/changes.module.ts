import { Module } from '@nestjs/common';
import { BulkModule } from '#bulk';
import { NoticesModule } from '#notices';
import { TransparencyModule } from '#transparency';
import { ChangesController } from './changes.controller.js';
import { ChangesQuery } from './changes.query.js';
import { Changes } from './changes.service.js';
import { HoldingChanges } from './holding-changes.service.js';
import { HoldingDelivery } from './holding-delivery.service.js';
import { HoldingErasure } from './holding-erasure.repository.js';
import { HoldingsController } from './holdings.controller.js';
import { HoldingsRepository } from './holdings.repository.js';
import { HoldingsService } from './holdings.service.js';

@Module({
  imports: [BulkModule, NoticesModule, TransparencyModule],
  controllers: [ChangesController, HoldingsController],
  providers: [
    Changes,
    ChangesQuery,
    HoldingChanges,
    HoldingDelivery,
    HoldingErasure,
    HoldingsRepository,
    HoldingsService,
  ],
  exports: [HoldingErasure],
})
export class ChangesModule {}
