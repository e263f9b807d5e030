/**
 * portal — the pages for people, rendered on the server, and the description of the API: the front
 * page with its question, the interactive documentation and a page for each problem. Owns no table.
 *
 * Invariants:
 *   1. Pages carry no script of ours and no inline style: they work the same without JavaScript.
 *   2. What comes from outside reaches a page only through the templates' escaping.
 *   3. The description of the API is made from the code that serves it.
 */
export { describeApi } from './openapi/describe-api.js';
export { listRoutes, type Route } from './openapi/list-routes.js';
export { OpenApi } from './openapi/open-api.service.js';
export { PortalModule } from './portal.module.js';
export { accessMarkdown } from './reference/access-markdown.js';
export { problemsMarkdown } from './reference/problems-markdown.js';
