import { Module } from '@nestjs/common';
import { LookupModule } from '#lookup';
import { BulkAnswers } from './bulk-answers.service.js';
import { BulkErasure } from './bulk-erasure.repository.js';
import { JobFiles } from './job-files.service.js';
import { LookupJobWorker } from './lookup-job-worker.service.js';
import { LookupJobsController } from './lookup-jobs.controller.js';
import { LookupJobsRepository } from './lookup-jobs.repository.js';
import { LookupJobsService } from './lookup-jobs.service.js';
import { LookupStreamController } from './lookup-stream.controller.js';

@Module({
  imports: [LookupModule],
  controllers: [LookupStreamController, LookupJobsController],
  providers: [
    BulkAnswers,
    BulkErasure,
    JobFiles,
    LookupJobWorker,
    LookupJobsRepository,
    LookupJobsService,
  ],
  exports: [BulkErasure, JobFiles, LookupJobsService],
})
export class BulkModule {}
