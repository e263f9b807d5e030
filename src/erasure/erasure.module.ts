import { Module } from '@nestjs/common';
import { AccountsModule } from '#accounts';
import { BulkModule } from '#bulk';
import { ChangesModule } from '#changes';
import { ClaimsModule } from '#claims';
import { ConsentModule } from '#consent';
import { ImportsModule } from '#imports';
import { LicensingModule } from '#licensing';
import { LookupModule } from '#lookup';
import { NoticesModule } from '#notices';
import { PartiesModule } from '#parties';
import { PasskeysModule } from '#passkeys';
import { PreservationModule } from '#preservation';
import { TransparencyModule } from '#transparency';
import { WorksModule } from '#works';
import { EraseRows } from './erase-rows.service.js';
import { ErasingRepository } from './erasing.repository.js';
import { ErasureController } from './erasure.controller.js';
import { ErasureJournal } from './erasure-journal.service.js';
import { ErasurePreviews } from './erasure-preview.service.js';
import { ErasureService } from './erasure.service.js';
import { OperatorErasuresController } from './operator-erasures.controller.js';
import { PersonExport } from './person-export.service.js';
import { ReapplyErasures } from './reapply-erasures.service.js';

@Module({
  imports: [
    AccountsModule,
    TransparencyModule,
    PartiesModule,
    PasskeysModule,
    NoticesModule,
    WorksModule,
    ClaimsModule,
    ConsentModule,
    LicensingModule,
    LookupModule,
    ImportsModule,
    BulkModule,
    ChangesModule,
    PreservationModule,
  ],
  controllers: [ErasureController, OperatorErasuresController],
  providers: [
    ErasureService,
    ErasureJournal,
    ErasurePreviews,
    EraseRows,
    ErasingRepository,
    PersonExport,
    ReapplyErasures,
  ],
})
export class ErasureModule {}
