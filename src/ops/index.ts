/**
 * ops — health, readiness and metrics. Owns no table.
 *
 * Invariants:
 *   1. A server that is alive but can't answer says so, and says so before it stops.
 *   2. No measurement carries a name, an address or a question of anybody.
 */
export { OpsModule } from './ops.module.js';
