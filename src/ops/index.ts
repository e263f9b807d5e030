/**
 * ops — health, readiness and metrics. Owns no table.
 */
export { OpsModule } from './ops.module.js';
