/**
 * demo — a small believable world, so that every call of the README can be pasted and works.
 *
 * Owns no table.
 * Invariants:
 *   1. It is made through the same API that everybody uses.
 *   2. It is added once, completed where it is in parts, and never added in production.
 */
export { seedDemo } from './seed-demo.js';
