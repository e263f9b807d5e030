/**
 * cli — the `fermata` command: a client of the web API, and two commands for whoever runs the server.
 *
 * Owns no tables; keeps credentials in `$XDG_CONFIG_HOME/fermata/credentials.json`.
 * Invariants:
 *   1. Standard output carries data alone; messages and progress go to standard error.
 *   2. Exit codes: 0 done and nothing to object, 1 findings, 2 wrong use, 3 could not complete.
 *   3. No secret is taken from the command line, where others could read it.
 */
export { run } from './program.js';
