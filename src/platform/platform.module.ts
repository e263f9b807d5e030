import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { EntityTarget } from 'typeorm';
import { Clock, type ProblemKinds, SystemClock } from '#kernel';
import { Config } from './config/load-config.js';
import { dataSourceOptions } from './database/data-source.js';
import { Database } from './database/database.js';
import { LookupPool } from './database/lookup-pool.js';
import { FirstAnswers } from './http/first-answers.service.js';
import { IdempotencyRecords } from './http/idempotency.repository.js';
import { ProblemFilter } from './http/problem.filter.js';
import { ProblemRegistry, REQUEST_PROBLEMS } from './http/problem-registry.js';
import { OpenStreams } from './http/open-streams.service.js';
import { RateLimits } from './http/rate-limits.js';
import { JobWorker } from './jobs/job-worker.js';

export interface PlatformOptions {
  config: Config;
  entities: EntityTarget<object>[];
  problems: ProblemKinds[];
  /** The system's clock unless a test brings its own. */
  clock?: Clock;
}

/** The one global module: settings, database, clock, problems, limits. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, entities, problems, clock }: PlatformOptions): DynamicModule {
    const database = dataSourceOptions(config.DATABASE_URL!, {
      entities,
      poolMax: config.DATABASE_POOL_MAX,
    });
    return {
      module: PlatformModule,
      imports: [TypeOrmModule.forRoot({ ...database, retryAttempts: 0 })],
      providers: [
        { provide: Config, useValue: config },
        { provide: Clock, useValue: clock ?? new SystemClock() },
        { provide: ProblemRegistry, useValue: new ProblemRegistry(REQUEST_PROBLEMS, ...problems) },
        Database,
        FirstAnswers,
        IdempotencyRecords,
        JobWorker,
        LookupPool,
        OpenStreams,
        ProblemFilter,
        RateLimits,
      ],
      exports: [
        Config,
        Clock,
        ProblemRegistry,
        Database,
        FirstAnswers,
        IdempotencyRecords,
        JobWorker,
        LookupPool,
        OpenStreams,
        ProblemFilter,
        RateLimits,
      ],
    };
  }
}
