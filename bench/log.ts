import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import pg from 'pg';
import { migrate } from '#platform';
import { startEmbeddedPostgres } from '#platform/embedded-postgres';
import { bulkLeaves } from './bulk-leaves.js';
import { startServer } from './server-process.js';

/**
 * `npm run bench -- --log`: how fast the log takes in and signs, on a PostgreSQL that flushes every
 * commit. Single declarations over HTTP, each answered after a published checkpoint covers it; beside
 * them one durable INSERT a transaction over as many connections as the registry writes with; and
 * leaves in bulk, from the first append to the checkpoint over the last.
 */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const PARTIES = 256;
const SECONDS = 10;
/** Connections, and whether each request has an `Idempotency-Key`, of which a record is kept. */
const LOADS = [
  [32, false],
  [128, false],
  [32, true],
  [128, true],
] as const;

export async function benchLog(say: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fermata-bench-'));
  const postgres = await startEmbeddedPostgres({
    dataFolder: join(folder, 'pg18'),
    databaseName: 'fermata',
  });
  const env = {
    DATABASE_URL: postgres.url,
    LOG_DIR: join(folder, 'log'),
    LOG_LEVEL: 'warn',
    REQUESTS_PER_MINUTE: '1000000000',
  };
  try {
    await migrate(postgres.url);
    const bare = await bareInserts(postgres.url);
    const server = await startServer(here('../src/main.js'), env);
    const world = await makeWorld(server.url, postgres.url);
    const lines: string[] = [];
    for (const [connections, keyed] of LOADS) {
      await declare(server.url, world, { connections, keyed, seconds: 3 });
      const { perSecond, p50, p97_5, p99, others } = await declare(server.url, world, {
        ...{ connections, keyed },
        seconds: SECONDS,
      });
      lines.push(
        `| ${connections}${keyed ? ', with a key each' : ''} | ${perSecond.toFixed(0)} | ${p50} / ${p97_5} / ${p99} | ${others} | ${bare.toFixed(0)} |`,
      );
      say(lines.at(-1)!);
    }
    await server.stop();
    const bulk = await bulkLeaves(env);
    process.stdout.write(
      [
        '| connections | acknowledged declarations/s | p50 / p97.5 / p99 ms | not acknowledged | bare durable INSERTs/s |',
        '| --- | --- | --- | --- | --- |',
        ...lines,
        '',
        bulk,
        '',
      ].join('\n'),
    );
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface World {
  token: string;
  parties: string[];
}

async function makeWorld(url: string, databaseUrl: string): Promise<World> {
  const post = async (path: string, body: object, token?: string) => {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, string>;
  };
  const who = { email: 'bench@example.org', password: 'correct horse battery staple' };
  await post('/v1/accounts', { ...who, displayName: 'Bench', role: 'artist' });
  const { token } = await post('/v1/sessions', who);
  const party = await post('/v1/parties', { kind: 'person', displayName: 'Bench' }, token);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ party_id: string }>(
    `WITH made AS (
       INSERT INTO parties (party_id, kind, display_name, created_by, created_at)
       SELECT left(p.party_id, 26) || to_char(n, 'FM0000'), kind, display_name, created_by, now()
       FROM parties p CROSS JOIN generate_series(1, $2::integer) AS n WHERE p.party_id = $1
       RETURNING party_id, created_by
     )
     INSERT INTO party_members (party_id, account_id, added_at)
     SELECT party_id, created_by, now() FROM made RETURNING party_id`,
    [party['id'], PARTIES],
  );
  await client.end();
  return { token: token!, parties: rows.map((row) => row.party_id) };
}

async function declare(
  url: string,
  { token, parties }: World,
  { connections, keyed, seconds }: { connections: number; keyed: boolean; seconds: number },
) {
  let next = 0;
  const result = await autocannon({
    url: `${url}/v1/declarations`,
    method: 'POST',
    connections,
    duration: seconds,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    requests: [
      {
        setupRequest: (request) => ({
          ...request,
          headers: { ...request.headers, ...(keyed ? { 'idempotency-key': newKey() } : {}) },
          body: JSON.stringify({
            party: parties[next++ % parties.length],
            subject: { kind: 'party' },
            layers: ['recording'],
            template: next % 2 === 0 ? 'no_ai_at_all' : 'preserve_never_train',
          }),
        }),
      },
    ],
  });
  const counts = result.statusCodeStats as Record<string, { count: number }>;
  const acknowledged = counts['201']?.count ?? 0;
  const all = Object.values(counts).reduce((sum, { count }) => sum + count, 0);
  const { p50, p97_5, p99 } = result.latency;
  const others = all - acknowledged + result.errors;
  return { perSecond: acknowledged / result.duration, p50, p97_5, p99, others };
}

let keys = 0;
function newKey(): string {
  return `bench-${process.pid}-${++keys}`;
}

/** One row a transaction, each flushed, over ten connections: what the disk and PostgreSQL give. */
async function bareInserts(url: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  await pool.query(`CREATE TABLE bare (id bigint GENERATED ALWAYS AS IDENTITY, body text)`);
  const end = performance.now() + 3_000;
  let count = 0;
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      while (performance.now() < end) {
        await pool.query(`INSERT INTO bare (body) VALUES (repeat('x', 300))`);
        count += 1;
      }
    }),
  );
  await pool.query(`DROP TABLE bare`);
  await pool.end();
  return count / 3;
}
