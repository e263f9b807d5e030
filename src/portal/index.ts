/**
 * portal — the pages for people, rendered on the server: the front page, the documentation and a
 * page for each problem. Owns no table.
 */
export { PortalModule } from './portal.module.js';
