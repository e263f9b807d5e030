/** The pure face of works (`#works/domain`). */
export { LINK_KINDS, linkFault, type LinkKind } from './work.js';
