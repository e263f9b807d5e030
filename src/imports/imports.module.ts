import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { ClaimsModule } from '#claims';
import { ConsentModule } from '#consent';
import { PartiesModule } from '#parties';
import { WorksModule } from '#works';
import { registerCatalogueBody } from './catalogue-body.js';
import { ImportErasure } from './import-erasure.repository.js';
import { ImportHistory } from './import-history.service.js';
import { ImportsController } from './imports.controller.js';
import { ImportsQuery } from './imports.query.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';

@Module({
  imports: [PartiesModule, WorksModule, ClaimsModule, ConsentModule],
  controllers: [ImportsController],
  providers: [ImportsService, ImportErasure, ImportHistory, ImportsQuery, ImportsRepository],
  exports: [ImportErasure],
})
export class ImportsModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  /** Commands on the server have no HTTP and need no parser. */
  onModuleInit(): void {
    const fastify = this.host.httpAdapter?.getInstance<FastifyInstance | undefined>();
    if (typeof fastify?.addContentTypeParser === 'function') registerCatalogueBody(fastify);
  }
}
