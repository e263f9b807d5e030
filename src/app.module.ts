import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AccessGuard, ACCOUNTS_ENTITIES, ACCOUNTS_PROBLEMS, AccountsModule } from '#accounts';
import { BULK_ENTITIES, BULK_PROBLEMS, BulkModule } from '#bulk';
import { CHANGES_ENTITIES, CHANGES_PROBLEMS, ChangesModule } from '#changes';
import { CLAIMS_ENTITIES, CLAIMS_PROBLEMS, ClaimsModule } from '#claims';
import { CONSENT_ENTITIES, CONSENT_PROBLEMS, ConsentModule } from '#consent';
import { ERASURE_PROBLEMS, ErasureModule } from '#erasure';
import { IMPORTS_ENTITIES, IMPORTS_PROBLEMS, ImportsModule } from '#imports';
import type { Clock } from '#kernel';
import { LICENSING_ENTITIES, LICENSING_PROBLEMS, LicensingModule } from '#licensing';
import { LOOKUP_ENTITIES, LOOKUP_PROBLEMS, LookupModule } from '#lookup';
import { NOTICES_ENTITIES, NOTICES_PROBLEMS, NoticesModule } from '#notices';
import { OpeningsModule } from '#openings';
import { OpsModule } from '#ops';
import { PARTIES_ENTITIES, PARTIES_PROBLEMS, PartiesModule } from '#parties';
import { PASSKEYS_ENTITIES, PASSKEYS_PROBLEMS, PasskeysModule } from '#passkeys';
import { PRESERVATION_ENTITIES, PRESERVATION_PROBLEMS, PreservationModule } from '#preservation';
import { type Config, PlatformModule, ProblemFilter } from '#platform';
import { PortalModule } from '#portal';
import { PUBLISHING_ENTITIES, PUBLISHING_PROBLEMS, PublishingModule } from '#publishing';
import { TRANSPARENCY_ENTITIES, TRANSPARENCY_PROBLEMS, TransparencyModule } from '#transparency';
import { WORKS_ENTITIES, WORKS_PROBLEMS, WorksModule } from '#works';

/** Every table of the house as TypeORM sees it; the drift check compares them with the migrations. */
export const ENTITIES = [
  ...ACCOUNTS_ENTITIES,
  ...TRANSPARENCY_ENTITIES,
  ...PARTIES_ENTITIES,
  ...PASSKEYS_ENTITIES,
  ...NOTICES_ENTITIES,
  ...WORKS_ENTITIES,
  ...CLAIMS_ENTITIES,
  ...CONSENT_ENTITIES,
  ...LICENSING_ENTITIES,
  ...PRESERVATION_ENTITIES,
  ...LOOKUP_ENTITIES,
  ...IMPORTS_ENTITIES,
  ...PUBLISHING_ENTITIES,
  ...BULK_ENTITIES,
  ...CHANGES_ENTITIES,
];

/** Every kind of refusal beside the edge's own. */
export const PROBLEMS = [
  ACCOUNTS_PROBLEMS,
  TRANSPARENCY_PROBLEMS,
  PARTIES_PROBLEMS,
  PASSKEYS_PROBLEMS,
  NOTICES_PROBLEMS,
  WORKS_PROBLEMS,
  CLAIMS_PROBLEMS,
  CONSENT_PROBLEMS,
  LICENSING_PROBLEMS,
  PRESERVATION_PROBLEMS,
  LOOKUP_PROBLEMS,
  IMPORTS_PROBLEMS,
  BULK_PROBLEMS,
  CHANGES_PROBLEMS,
  ERASURE_PROBLEMS,
  PUBLISHING_PROBLEMS,
];

/** The only file that names every module. */
@Module({})
export class AppModule {
  static with(config: Config, clock?: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with({ config, clock, entities: ENTITIES, problems: PROBLEMS }),
        AccountsModule,
        TransparencyModule,
        PartiesModule,
        PasskeysModule,
        NoticesModule,
        WorksModule,
        ClaimsModule,
        ConsentModule,
        LicensingModule,
        PreservationModule,
        OpeningsModule,
        LookupModule,
        ImportsModule,
        BulkModule,
        ChangesModule,
        ErasureModule,
        PublishingModule,
        OpsModule,
        PortalModule,
      ],
      providers: [
        { provide: APP_GUARD, useExisting: AccessGuard },
        { provide: APP_FILTER, useExisting: ProblemFilter },
      ],
    };
  }
}
