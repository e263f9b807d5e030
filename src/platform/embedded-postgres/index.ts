/**
 * platform/embedded-postgres — a real PostgreSQL for people who have none.
 *
 * Owns: the data folder (`.data/pg18` by default), the server process in it, and `fermata.lock` beside it.
 * Invariants:
 *   1. At most one server runs in a data folder; whoever comes second attaches to it.
 *   2. A server is stopped by the process that started it, or by the one that adopted it from a dead one;
 *      never while another live process answers for it.
 *   3. Nobody but the owner of the data folder (and root) can connect: the socket stands inside the
 *      folder, and where a socket is impossible the loopback port asks for a password.
 */
export { acquireDataFolderLock, type DataFolderLock } from './data-folder-lock.js';
export { EmbeddedPostgresError, type EmbeddedPostgresFault } from './embedded-postgres-error.js';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './start-embedded-postgres.js';
