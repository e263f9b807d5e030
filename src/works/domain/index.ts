/** The pure face of works (`#works/domain`): rules without framework, database or clock. */
export * from './identifiers/index.js';
