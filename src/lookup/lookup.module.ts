import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { TransparencyModule } from '#transparency';
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
import { VocabularyLeaf } from './vocabulary-leaf.service.js';
import { Receipts } from './receipts/receipts.service.js';

@Module({
  imports: [TransparencyModule],
  controllers: [LookupController],
  providers: [
    LookupLimits,
    LookupMemory,
    EntryReader,
    LookupQuery,
    LookupReading,
    LookupService,
    ProjectionBuilder,
    ProjectionRepository,
    Receipts,
    VocabularyLeaf,
  ],
  exports: [LookupService, LookupReading, ProjectionBuilder],
})
export class LookupModule {
  constructor(host: HttpAdapterHost) {
    // A command line tool has no HTTP adapter.
    if (host.httpAdapter) registerLookupBody(host.httpAdapter.getInstance());
  }
}
