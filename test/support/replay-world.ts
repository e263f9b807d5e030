import { openingsPath } from '#openings/domain';
import { LogReplay } from '#replay';
import { parsePolicy, type Policy } from '#verify';
import type { Registry } from './factories/registry.js';
import { LogFiles } from './log-files.js';

/** A file of a registry's log over HTTP; null where there is none. */
export const filesOf = (registry: Registry) => async (path: string) => {
  const { statusCode, rawPayload } = await registry.call('GET', `/log/${path}`);
  return statusCode === 200 ? rawPayload : null;
};

export async function policyOf(registry: Registry): Promise<{ text: string; policy: Policy }> {
  const { body: text } = await registry.call('GET', '/.well-known/tlog-policy');
  const policy = parsePolicy(text);
  if (!policy.ok) throw new Error(policy.reason);
  return { text, policy: policy.value };
}

/** What the registry has published so far, verified and replayed, up to a size if one is given. */
export async function replayOf(registry: Registry, size?: number) {
  const replay = new LogReplay(filesOf(registry));
  const head = await replay.reader.checkpoint((await policyOf(registry)).policy);
  if (!head.ok) throw new Error(head.reason);
  const done = await replay.catchUp(head.value, size);
  if (!done.ok) throw new Error(done.reason);
  return { replay, head: head.value };
}

/** The leaves that a registry has written, as the bytes in its table. */
export async function leavesOf(registry: Registry): Promise<Buffer[]> {
  const rows = await registry.sql<{ entry: Buffer }>(
    `SELECT entry FROM log_leaves ORDER BY leaf_index`,
  );
  return rows.map(({ entry }) => entry);
}

/** A log over these leaves that a key of ours signed, with the openings that the registry serves. */
export async function logOf(registry: Registry, entries: readonly Buffer[]): Promise<LogFiles> {
  const log = new LogFiles(entries);
  for (let first = 0; first < entries.length; first += 256) {
    const path = openingsPath(first / 256, Math.min(256, entries.length - first));
    const file = await filesOf(registry)(path);
    if (file !== null) log.files.set(path, file);
  }
  return log;
}
