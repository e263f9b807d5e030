/**
 * platform — Nest, Fastify, TypeORM and PostgreSQL plumbing. No noun of the field appears here.
 *
 * Owns: idempotency_keys, migrations.
 * Invariants:
 *   1. Only `config/` reads the settings, once, and nothing changes them afterwards.
 *   2. Every refusal leaves through one filter, as RFC 9457 asks; a fault of ours tells no detail.
 *   3. News of a change reaches its listeners in the transaction of the change, or never.
 */
export { Config, ConfigError, loadConfig, logFolder } from './config/load-config.js';
export { connectionOf } from './database/connection.js';
export { createDataSource } from './database/data-source.js';
export { Database, Transaction } from './database/database.js';
export { Ambient } from './database/ambient.js';
export { ReadTogether } from './database/read-together.js';
export { LookupPool } from './database/lookup-pool.js';
export { migrate } from './database/migrate.js';
export { expectedRevision, revisionEtag, stale } from './http/etag.js';
export { fastifyAdapter } from './http/fastify-adapter.js';
export { FirstAnswers, type Keyed, type KeyedCall } from './http/first-answers.service.js';
export { CREATES, Creates, idempotencyKeyOf, RequestKey } from './http/idempotency.interceptor.js';
export { IdempotencyRecords } from './http/idempotency.repository.js';
export { IsInstant } from './http/is-instant.js';
export { PlatformModule } from './platform.module.js';
export { parseJson, refuseNulInAddress, registerJsonBody } from './http/json-body.js';
export { type Page, pageOf, PageQuery, type PageRequest, pageRequest } from './http/pagination.js';
export { type ProblemBody, ProblemFilter } from './http/problem.filter.js';
export { ProblemRegistry, REQUEST_PROBLEMS } from './http/problem-registry.js';
export { type OpenStream, OpenStreams } from './http/open-streams.service.js';
export { RateLimits, type RatePolicy } from './http/rate-limits.js';
export { registerSecurityHeaders } from './http/security-headers.js';
export { readableOf } from './http/slow-reader.js';
export { registerStreamedBodies, StreamedBody, streamedBodyOf } from './http/streamed-body.js';
export { escapePointer, invalid, validationPipe } from './http/validation.pipe.js';
export { type JobHandler, JobWorker } from './jobs/job-worker.js';
export { METRICS, observeRequests } from './observability/observe-requests.js';
export { StructuredLogger } from './observability/structured-logger.js';
