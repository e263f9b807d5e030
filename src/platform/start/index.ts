/**
 * platform/start — what a start needs before it knows that it can go on: the settings and the database.
 *
 * Owns: nothing.
 * Invariants:
 *   1. It loads neither Nest nor Fastify: a start that is refused says so in half of the time.
 */
// Before the decorators of the settings, as wherever Nest comes first.
import 'reflect-metadata';

export { type Config, ConfigError, loadConfig } from '../config/load-config.js';
export { migrate } from '../database/migrate.js';
