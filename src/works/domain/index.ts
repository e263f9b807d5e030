/** The pure face of works (`#works/domain`). */
export { LINK_KINDS, linkFault, type LinkKind, WORK_KINDS, type WorkKind } from './work.js';
