/**
 * publishing — makes signed snapshots of all public answers, and serves them.
 *
 * Owns: snapshot_standings (numbers that can be given anew), and the folder SNAPSHOT_DIR.
 * Invariants:
 *   1. A snapshot is of one state of the registry, of a log that a published checkpoint covers.
 *   2. Nothing is served that is not whole, signed, logged and still holds.
 *   3. Whatever goes wrong while one is made leaves the published ones as they are.
 */
import { SnapshotStandingEntity } from './entities/snapshot-standing.entity.js';

export const PUBLISHING_ENTITIES = [SnapshotStandingEntity];
export { PUBLISHING_PROBLEMS } from './publishing.errors.js';
export { PublishingModule } from './publishing.module.js';
export { SnapshotBuilder } from './snapshot-builder.service.js';
export { SnapshotPublisher } from './snapshot-publisher.service.js';
export { SnapshotReading } from './snapshot-reading.query.js';
