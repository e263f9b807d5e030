/**
 * licensing — licences that holders grant to one inquirer.
 *
 * Owns: licences, licence_works.
 * Invariants:
 *   1. A licence covers only layers that the grantor decided on alone when it was granted.
 *   2. It changes the answer of its grantee and of nobody else.
 *   3. It is ended with a time, never deleted.
 */
import { LicenceEntity } from './entities/licence.entity.js';
import { LicenceWorkEntity } from './entities/licence-work.entity.js';

export const LICENSING_ENTITIES = [LicenceEntity, LicenceWorkEntity];
export { LicenceErasure } from './licence-erasure.repository.js';
export { LICENSING_PROBLEMS } from './licensing.errors.js';
export { LicensingModule } from './licensing.module.js';
