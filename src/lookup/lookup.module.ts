import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { TransparencyModule } from '#transparency';
import { LookupDatabases } from './databases/lookup-databases.service.js';
import { registerLookupBody } from './lookup-body.js';
import { LookupController } from './lookup.controller.js';
import { LookupLimits } from './lookup-limits.service.js';
import { LookupMemory } from './lookup-memory.service.js';
import { EntryReader } from './entry-reader.service.js';
import { LookupQuery } from './lookup.query.js';
import { LookupReading } from './lookup-reading.service.js';
import { LookupService } from './lookup.service.js';
import { ProjectionBuilder } from './projection/projection-builder.service.js';
import { ProjectionRepository } from './projection/projection.repository.js';
import { RangesController } from './ranges.controller.js';
import { SeenLogs } from './seen-logs.service.js';
import { VocabularyLeaf } from './vocabulary-leaf.service.js';
import { Situations } from './situations.service.js';
import { Receipts } from './receipts/receipts.service.js';

@Module({
  imports: [TransparencyModule],
  controllers: [LookupController, RangesController],
  providers: [
    LookupDatabases,
    LookupLimits,
    LookupMemory,
    EntryReader,
    LookupQuery,
    LookupReading,
    LookupService,
    ProjectionBuilder,
    ProjectionRepository,
    Receipts,
    SeenLogs,
    Situations,
    VocabularyLeaf,
  ],
  exports: [
    ...[LookupDatabases, LookupLimits, LookupReading, SeenLogs],
    ...[ProjectionBuilder, Receipts, Situations],
  ],
})
export class LookupModule {
  constructor(host: HttpAdapterHost) {
    // A command line tool has no HTTP adapter.
    if (host.httpAdapter) registerLookupBody(host.httpAdapter.getInstance());
  }
}
