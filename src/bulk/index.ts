/**
 * bulk — lookups of any length: streamed while the client reads, or as jobs that go on without it.
 *
 * Owns: lookup_jobs, and the folder `lookup-jobs` in DATA_DIR.
 * Invariants:
 *   1. Rows are answered in their order, each once; each chunk at one moment and one log size.
 *   2. An answer that has no end is not whole, and says so by that.
 *   3. Memory does not grow with the input, nor with the slowness of whoever reads.
 *   4. What of a result was written by somebody who was killed, or lost the job, does not count.
 *   5. A job is seen by its account alone, and an upload that broke off leaves nothing.
 */
import { LookupJobEntity } from './entities/lookup-job.entity.js';

export const BULK_ENTITIES = [LookupJobEntity];

export { BULK_PROBLEMS } from './bulk.errors.js';
export { BulkErasure } from './bulk-erasure.repository.js';
export { BulkModule } from './bulk.module.js';
export { JobFiles } from './job-files.service.js';
export { LookupJobsService } from './lookup-jobs.service.js';
export { readRows } from './rows.js';
