import pg from 'pg';

/** Works of one party: half of them recordings, each of which embodies one of the other half. */
const WORKS_OF_PARTY = 100;
const CHUNK = 250_000;
const IDENTIFIERS_CHUNK = 10_000_000;

const RECORDED_AT = `timestamptz '2026-01-01T00:00:00Z'`;

/** What parties say about everything they hold; party p says the wish p mod 5. */
const WISHES = [
  [{ purpose: 'ai', decision: 'deny' }],
  [{ purpose: 'ai', decision: 'allow' }],
  [
    {
      purpose: 'ai.train',
      decision: 'conditional',
      duties: [{ kind: 'compensate', model: 'per_training', amount: '10.00', currency: 'EUR' }],
    },
  ],
  [
    { purpose: 'preservation', decision: 'allow' },
    { purpose: 'ai', decision: 'deny' },
  ],
  [{ purpose: 'ai.analyse', decision: 'allow' }],
];

/** The ISRC of recording number `i`; `isrc` is the only scheme that the bench asks about. */
export function isrcOf(i: number): string {
  return `ZZB${String.fromCharCode(65 + (Math.floor(i / 1e7) % 26))}${Math.floor(i / 1e9)}${String(i % 1e7).padStart(7, '0')}`;
}

/** How many recordings, and so ISRCs, a registry of this many works has. */
export function recordingsOf(works: number): number {
  return works / 2;
}

/**
 * Fills a migrated, empty database with `works` works: recordings and compositions half and half,
 * an identifier and a verified claim each, 100 works a party, one default for each party and layer.
 * `url` must be a superuser's: foreign keys are not checked while it fills. The log has its size but
 * no leaves; the projection is left to the real rebuild.
 */
export async function fillRegistry(
  url: string,
  works: number,
  say: (line: string) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SET session_replication_role = replica; SET synchronous_commit = off`);
    const parties = works / WORKS_OF_PARTY;
    await client.query(
      `INSERT INTO accounts (account_id, email, email_key, password_hash, display_name, roles,
         created_at) VALUES ('acc_bench', 'b@example.org', 'b@example.org', '-', 'bench',
         '{artist}', ${RECORDED_AT})`,
    );
    await inChunks(parties, async (from, to) => {
      await client.query(
        `INSERT INTO parties (party_id, kind, display_name, created_by, created_at)
         SELECT ${id('pty', 'p')}, 'person', 'Party ' || p, 'acc_bench', ${RECORDED_AT}
         FROM generate_series($1::int, $2::int) p`,
        [from, to],
      );
    });
    await declareDefaults(client, parties);
    let done = 0;
    await inChunks(recordingsOf(works), async (from, to) => {
      await fillSongs(client, from, to);
      done = to + 1;
      say(`  ${(2 * done).toLocaleString('en')} works`);
    });
    await client.query(
      `UPDATE log_head SET size = $1, root = sha256('bench'), recorded_at = ${RECORDED_AT}`,
      [String(4 * works)],
    );
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}

/**
 * Gives the recordings of a filled registry, whose projection is built, more ISRCs until there are
 * `identifiers` of them, in the projection alone: what is looked up grows and what is evaluated does not.
 * Indexes that lookups of identifiers don't use are left out.
 */
export async function addIdentifiers(
  url: string,
  recordings: number,
  identifiers: number,
  say: (line: string) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SET synchronous_commit = off; SET maintenance_work_mem = '2GB';
      SET work_mem = '256MB'; DROP INDEX lookup_entries_work_id_idx, lookup_entries_digest_idx;
      ALTER TABLE lookup_entries DROP CONSTRAINT lookup_entries_pkey;
      CREATE TEMP TABLE recordings AS SELECT (row_number() OVER (ORDER BY value) - 1)::int AS at, *
        FROM lookup_entries WHERE scheme = 'isrc'`);
    for (let from = recordings; from < identifiers; from += IDENTIFIERS_CHUNK) {
      const to = Math.min(from + IDENTIFIERS_CHUNK, identifiers) - 1;
      await client.query(
        `INSERT INTO lookup_entries (scheme, value, work_id, standing_id, confidence_ppm, released_on)
         SELECT e.scheme, ${isrc('i')}, e.work_id, e.standing_id, e.confidence_ppm, e.released_on
         FROM generate_series($1::int, $2::int) i JOIN recordings e ON e.at = i % $3::int`,
        [from, to, recordings],
      );
      say(`  ${(to + 1).toLocaleString('en')} identifiers`);
    }
    await client.query(
      `ALTER TABLE lookup_entries ADD CONSTRAINT lookup_entries_pkey PRIMARY KEY (scheme, value, work_id)
         INCLUDE (standing_id, confidence_ppm, released_on)`,
    );
  } finally {
    await client.end();
  }
}

async function declareDefaults(client: pg.Client, parties: number): Promise<void> {
  for (const terms of WISHES) {
    await client.query(`INSERT INTO term_sets (digest, content) VALUES (sha256($1), $2)`, [
      Buffer.from(JSON.stringify(terms)),
      JSON.stringify({ terms }),
    ]);
  }
  await inChunks(parties, async (from, to) => {
    await client.query(
      `INSERT INTO declarations (declaration_id, party_id, layer, subject_kind, subject_id, version,
         term_set_id, declared_by, recorded_at, leaf_index)
       SELECT ${id('dec', '2 * p + l.at')}, ${id('pty', 'p')}, l.layer, 'party', ${id('pty', 'p')},
         1, 1 + p % ${WISHES.length}, 'acc_bench', ${RECORDED_AT}, 2 * p + l.at
       FROM generate_series($1::int, $2::int) p,
         (VALUES (0, 'recording'), (1, 'composition')) AS l (at, layer)`,
      [from, to],
    );
  });
}

/** Recording i is work 2i, its composition work 2i + 1; both belong to party i / 50. */
async function fillSongs(client: pg.Client, from: number, to: number): Promise<void> {
  const party = id('pty', `i / ${WORKS_OF_PARTY / 2}`);
  const both = `(VALUES (0, 'recording', 'owner'), (1, 'composition', 'author')) AS k (at, kind, role)`;
  const series = `generate_series($1::int, $2::int) i`;
  await client.query(
    `INSERT INTO works (work_id, kind, title, registrant_party_id, recorded_at, leaf_index)
     SELECT ${id('wrk', '2 * i + k.at')}, k.kind, 'Song ' || i, ${party}, ${RECORDED_AT},
       2 * i + k.at FROM ${series}, ${both}`,
    [from, to],
  );
  await client.query(
    `INSERT INTO work_identifiers (scheme, value, work_id, typed, salt, recorded_at, leaf_index)
     SELECT 'isrc', ${isrc('i')}, ${id('wrk', '2 * i')}, ${isrc('i')}, '\\x00'::bytea, ${RECORDED_AT}, 2 * i
     FROM ${series}
     UNION ALL
     SELECT 'iswc', 'T' || lpad(i::text, 10, '0'), ${id('wrk', '2 * i + 1')}, '-', '\\x00'::bytea,
       ${RECORDED_AT}, 2 * i + 1 FROM ${series}`,
    [from, to],
  );
  await client.query(
    `INSERT INTO work_links (from_work_id, to_work_id, kind, verified, recorded_at, leaf_index)
     SELECT ${id('wrk', '2 * i')}, ${id('wrk', '2 * i + 1')}, 'embodies', true, ${RECORDED_AT}, 2 * i
     FROM ${series}`,
    [from, to],
  );
  await client.query(
    `INSERT INTO claims (claim_id, version, work_id, party_id, layer, role, share_ppm, exclusive,
       level, method, state, made_by, made_at, recorded_at, leaf_index)
     SELECT ${id('clm', '2 * i + k.at')}, 1, ${id('wrk', '2 * i + k.at')}, ${party}, k.kind, k.role,
       1000000, false, 3, 'operator', 'active', 'acc_bench', ${RECORDED_AT}, ${RECORDED_AT}, 2 * i + k.at
     FROM ${series}, ${both}`,
    [from, to],
  );
}

/** SQL of an id that is well-formed and sorts by number. */
function id(prefix: string, number: string): string {
  return `'${prefix}_' || lpad((${number})::text, 26, '0')`;
}

/** SQL of {@link isrcOf}. */
function isrc(i: string): string {
  return `'ZZB' || chr(65 + (${i} / 10000000) % 26) || '0' || lpad((${i} % 10000000)::text, 7, '0')`;
}

async function inChunks(
  count: number,
  fill: (from: number, to: number) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < count; from += CHUNK) {
    await fill(from, Math.min(from + CHUNK, count) - 1);
  }
}
