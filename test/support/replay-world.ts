import { openingsPath } from '#openings/domain';
import type { Registry } from './factories/registry.js';
import { LogFiles } from './log-files.js';

/** The leaves that a registry has written, as the bytes in its table. */
export async function leavesOf(registry: Registry): Promise<Buffer[]> {
  const rows = await registry.sql<{ entry: Buffer }>(
    `SELECT entry FROM log_leaves ORDER BY leaf_index`,
  );
  return rows.map(({ entry }) => entry);
}

/** A signed log over these leaves, with the openings that the registry serves over HTTP. */
export async function logOf(registry: Registry, entries: readonly Buffer[]): Promise<LogFiles> {
  const log = new LogFiles(entries);
  for (let first = 0; first < entries.length; first += 256) {
    const path = openingsPath(first / 256, Math.min(256, entries.length - first));
    const { statusCode, body } = await registry.call('GET', `/log/${path}`);
    if (statusCode === 200) log.files.set(path, Buffer.from(body));
  }
  return log;
}
