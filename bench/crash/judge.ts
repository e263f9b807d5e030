import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import {
  LogReader,
  openCheckpoint,
  parseVerifierKey,
  type Policy,
  StreamCheck,
  TreeHasher,
} from '#verify';
import { verifierKey } from '#transparency/domain';

export interface Fault {
  readonly kind: 'lost' | 'gap' | 'fork';
  readonly what: string;
}

export interface Found {
  readonly faults: readonly Fault[];
  readonly leaves: number;
  readonly checkpoints: number;
}

/**
 * What is left after the crashes, judged from outside with the offline verifier: everything that was
 * acknowledged is a leaf and a row, streams and indexes have no gap, and every checkpoint that anybody
 * saw is one of the one tree.
 */
export async function judge(left: {
  url: string;
  logFolder: string;
  acknowledged: ReadonlyMap<number, string>;
  /** Notes that were seen. */
  seen: ReadonlyMap<string, string>;
}): Promise<Found> {
  const client = new pg.Client({ connectionString: left.url });
  // It ends with the PostgreSQL, where the judging itself has failed.
  client.on('error', () => undefined);
  await client.connect();
  const faults: Fault[] = [];
  const policy = await policyOf(client);
  const seen = [...left.seen.values()].flatMap((note) => {
    const opened = openCheckpoint(note, policy);
    if (opened.ok) return [opened.value];
    faults.push({ kind: 'fork', what: `a checkpoint does not verify: ${opened.reason}` });
    return [];
  });
  const reader = new LogReader((path) =>
    readFile(join(left.logFolder, 'public', path)).catch(() => null),
  );
  const head = await reader.checkpoint(policy);
  if (!head.ok) throw new Error(head.reason);
  const wanted = new Set(seen.map(({ size }) => size));
  const roots = new Map<bigint, Buffer>();
  const streams = new StreamCheck();
  const tree = new TreeHasher();
  for await (const entry of reader.entries(head.value, tree)) {
    if (!entry.ok) {
      faults.push({ kind: 'gap', what: entry.reason });
      break;
    }
    const { index } = entry.value;
    if (wanted.has(tree.size)) roots.set(tree.size, tree.root());
    const leaf = streams.next(entry.value);
    if (!leaf.ok) faults.push({ kind: 'gap', what: leaf.reason });
    const promised = left.acknowledged.get(Number(index));
    if (promised !== undefined && leaf.ok && leaf.value.content['declaration'] !== promised) {
      faults.push({ kind: 'lost', what: `leaf ${index} is not ${promised}` });
    }
  }
  for (const index of left.acknowledged.keys()) {
    if (BigInt(index) >= tree.size) faults.push({ kind: 'lost', what: `leaf ${index}` });
  }
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM unnest($1::text[]) AS id
     WHERE NOT EXISTS (SELECT FROM declarations WHERE declaration_id = id)`,
    [[...left.acknowledged.values()]],
  );
  for (const { id } of rows) faults.push({ kind: 'lost', what: `declaration ${id} has no row` });
  for (const { size, root } of seen) {
    if (size > 0n && roots.get(size)?.equals(root) !== true) {
      faults.push({ kind: 'fork', what: `the checkpoint of size ${size} is of another tree` });
    }
  }
  await client.end();
  return { faults, leaves: Number(tree.size), checkpoints: seen.length };
}

async function policyOf(client: pg.Client): Promise<Policy> {
  const { rows } = await client.query<{ key: Buffer }>(
    `SELECT public_key AS key FROM registry_keys WHERE use = 'log' AND state = 'added'`,
  );
  const logs = rows.flatMap(({ key }) => {
    const parsed = parseVerifierKey(verifierKey('localhost/log', key));
    return parsed.ok ? [{ key: parsed.value, url: null }] : [];
  });
  return { logs, witnesses: [], groups: new Map(), quorum: null };
}
