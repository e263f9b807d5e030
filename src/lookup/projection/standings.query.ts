import { type Layer, type Purpose, PURPOSES, type Territory, type WorkKind } from '#vocabulary';
import type { ClaimFact } from '#consent/domain';
import {
  type OwnStatement,
  type StandingClaim,
  unfollowed,
  type WorkStanding,
} from '../domain/standing.js';
import { versionsThatMatter } from '../domain/statements.js';
import {
  declarationOf,
  DECLARATION_COLUMNS,
  type DeclarationColumns,
} from './declarations.query.js';
import type { RunSql } from './run-sql.js';

/** How many links are followed from the work that was asked about. */
const DEPTH_MAX = 4;

/** How many works are followed from one root; a hostile web of samples must not grow without end. */
const FOLLOWED_MAX = 2_000;

const FOLLOWED_LINKS = `(kind IN ('embodies', 'contains') OR (kind = 'samples' AND verified))`;

/** Rows that had been recorded by the moment and not yet removed; `$2` is the moment. */
const openAt = (table: string) =>
  `${table}.recorded_at <= $2 AND (${table}.removed_at IS NULL OR ${table}.removed_at > $2)`;

/**
 * What the evaluation has to know of works as of `moment`, from the base tables: four statements
 * whatever the number of works. Works that had not been recorded by then are absent. Run it where
 * all statements see one state: in a REPEATABLE READ transaction or under the log's lock.
 */
export async function loadStandings(
  run: RunSql,
  workIds: readonly string[],
  moment: Date,
): Promise<Map<string, WorkStanding>> {
  if (workIds.length === 0) return new Map();
  const works = await loadWorks(run, workIds, moment);
  const all = [...works.keys()];
  const facts: Facts = {
    works,
    claims: await loadClaims(run, all, moment),
    memberships: await loadMemberships(run, all, moment),
    statements: await loadOwnStatements(run, all, moment),
  };
  const standings = new Map<string, WorkStanding>();
  for (const workId of workIds) {
    if (works.has(workId)) standings.set(workId, buildStanding(workId, facts));
  }
  return standings;
}

interface Link {
  readonly kind: 'embodies' | 'contains' | 'samples';
  readonly to: string;
}

interface LinkedWork {
  readonly kind: WorkKind;
  readonly releasedOn: string | undefined;
  readonly links: readonly Link[];
}

/** A catalogue with the party that keeps it, or a release. */
interface Membership {
  readonly id: string;
  readonly keptBy: string | null;
}

interface Facts {
  readonly works: ReadonlyMap<string, LinkedWork>;
  readonly claims: ReadonlyMap<string, readonly StandingClaim[]>;
  readonly memberships: ReadonlyMap<string, readonly Membership[]>;
  readonly statements: ReadonlyMap<string, readonly OwnStatement[]>;
}

function buildStanding(rootId: string, facts: Facts): WorkStanding {
  let followed = 0;
  const build = (workId: string, path: readonly string[]): WorkStanding => {
    const { kind, releasedOn, links } = facts.works.get(workId)!;
    if (path.length > DEPTH_MAX || ++followed > FOLLOWED_MAX || path.includes(workId)) {
      return unfollowed(workId, kind);
    }
    const ofKind = (wanted: Link['kind']) =>
      links
        .filter((link) => link.kind === wanted && facts.works.has(link.to))
        .map((link) => build(link.to, [...path, workId]));
    const claims = facts.claims.get(workId) ?? [];
    const embodies = ofKind('embodies');
    const claimants = claimantsOf({ claims, embodies });
    const memberships = facts.memberships.get(workId) ?? [];
    return {
      workId,
      kind,
      releasedOn,
      claims,
      statements: facts.statements.get(workId) ?? [],
      catalogues: memberships
        .filter((one) => one.keptBy !== null && claimants.has(one.keptBy))
        .map((one) => one.id),
      releases: memberships.filter((one) => one.keptBy === null).map((one) => one.id),
      embodies,
      contains: ofKind('contains'),
      samples: ofKind('samples'),
    };
  };
  return build(rootId, []);
}

/**
 * Who may say something about the work or what it embodies. Anyone can put any work into a
 * catalogue of their own; only claimants' catalogues count.
 */
function claimantsOf(work: Pick<WorkStanding, 'claims' | 'embodies'>): Set<string> {
  const claimants = new Set(work.claims.map((claim) => claim.party));
  for (const embodied of work.embodies) {
    for (const party of claimantsOf(embodied)) claimants.add(party);
  }
  return claimants;
}

/** The works, and what their links lead to up to {@link DEPTH_MAX} steps away, with their links. */
async function loadWorks(run: RunSql, workIds: readonly string[], moment: Date) {
  const rows = await run<{
    work_id: string;
    kind: WorkKind;
    released_on: string | null;
    links: string[] | null;
  }>(
    `WITH RECURSIVE reach (work_id, depth) AS (
       SELECT work_id, 0 FROM unnest($1::text[]) AS root (work_id)
       UNION
       SELECT to_work_id, depth + 1
       FROM reach JOIN work_links ON from_work_id = reach.work_id
       WHERE depth < ${DEPTH_MAX} AND ${FOLLOWED_LINKS} AND ${openAt('work_links')}
     )
     SELECT w.work_id, w.kind, w.released_on::text, ARRAY(
       SELECT DISTINCT kind || ' ' || to_work_id FROM work_links
       WHERE from_work_id = w.work_id AND ${FOLLOWED_LINKS} AND ${openAt('work_links')}
     ) AS links
     FROM works w JOIN (SELECT DISTINCT work_id FROM reach) AS reached USING (work_id)
     WHERE w.recorded_at <= $2`,
    [workIds, moment],
  );
  return new Map<string, LinkedWork>(
    rows.map((row) => [
      row.work_id,
      {
        kind: row.kind,
        releasedOn: row.released_on ?? undefined,
        links: (row.links ?? []).map((link) => {
          const [kind, to] = link.split(' ');
          return { kind, to } as Link;
        }),
      },
    ]),
  );
}

interface ClaimRow {
  work_id: string;
  party_id: string;
  layer: Layer;
  share_ppm: number;
  level: ClaimFact['level'];
  exclusive: boolean;
  state: ClaimFact['state'];
  territory: Territory | null;
  made_at: Date;
  /** The mandate that a claim in one's own name rests on; a collecting society's speaks alone. */
  mandate: {
    isSociety: boolean;
    purposes: Purpose[] | null;
    until: string | null;
    ended: boolean;
  } | null;
}

/**
 * The version of each claim that was the last one recorded by the moment. From an erasure on no claim
 * of the erased party and none on an erased work counts, also where a restored backup has lost the
 * versions that withdrew them.
 */
async function loadClaims(run: RunSql, workIds: readonly string[], moment: Date) {
  const rows = await run<ClaimRow>(
    `SELECT c.work_id, c.party_id, c.layer, c.share_ppm, c.level, c.exclusive, c.state,
       c.territory, c.made_at,
       CASE WHEN m.representative_party_id = c.party_id THEN
         jsonb_build_object('isSociety', p.kind = 'cmo', 'purposes', m.purposes,
           'until', m.valid_until, 'ended',
           m.decided_at IS NULL OR m.decided_at > $2 OR m.state = 'declined'
           OR coalesce(m.revoked_at <= $2, false))
       END AS mandate
     FROM (
       SELECT DISTINCT ON (claim_id) * FROM claims
       WHERE work_id = ANY($1) AND recorded_at <= $2 ORDER BY claim_id, version DESC
     ) AS c
     JOIN parties p ON p.party_id = c.party_id
     JOIN works w ON w.work_id = c.work_id
     LEFT JOIN mandates m ON m.mandate_id = c.mandate_id
     WHERE c.state <> 'withdrawn' AND (p.erased_at IS NULL OR p.erased_at > $2)
       AND (w.erased_at IS NULL OR w.erased_at > $2)`,
    [workIds, moment],
  );
  const counted = rows.filter((row) => !row.mandate?.ended);
  return grouped(counted, (row) => [row.work_id, claimOf(row)]);
}

function claimOf(row: ClaimRow): StandingClaim {
  return {
    party: row.party_id,
    layer: row.layer,
    sharePpm: row.share_ppm,
    level: row.level,
    exclusive: row.exclusive,
    disputed: row.state === 'disputed',
    ...(row.territory ? { territory: row.territory } : {}),
    // A verified claim never lapses, so when it was made would only keep standings apart.
    ...(row.level < 2 ? { madeAt: row.made_at.getTime() } : {}),
    ...(row.mandate?.isSociety ? { speaksFor: row.mandate.purposes ?? PURPOSES } : {}),
    ...(row.mandate?.until ? { until: Date.parse(row.mandate.until) } : {}),
  };
}

/** Catalogues that hold the works, and releases that contain them and were ever spoken about. */
async function loadMemberships(run: RunSql, workIds: readonly string[], moment: Date) {
  const rows = await run<{ work_id: string; id: string; kept_by: string | null }>(
    `SELECT work_id, catalogue_id AS id, party_id AS kept_by
     FROM catalogue_works JOIN catalogues USING (catalogue_id)
     WHERE work_id = ANY($1) AND ${openAt('catalogue_works')}
     UNION
     SELECT to_work_id, from_work_id, NULL FROM work_links
     WHERE to_work_id = ANY($1) AND kind = 'contains' AND ${openAt('work_links')}
       AND EXISTS (SELECT FROM declarations d WHERE d.subject_kind = 'release'
         AND d.subject_id = work_links.from_work_id AND d.recorded_at <= $2)`,
    [workIds, moment],
  );
  return grouped<(typeof rows)[number], Membership>(rows, (row) => [
    row.work_id,
    { id: row.id, keptBy: row.kept_by },
  ]);
}

async function loadOwnStatements(run: RunSql, workIds: readonly string[], moment: Date) {
  const rows = await run<DeclarationColumns>(
    `SELECT ${DECLARATION_COLUMNS} FROM declarations
     WHERE subject_kind = 'work' AND subject_id = ANY($1) AND recorded_at <= $2`,
    [workIds, moment],
  );
  const kept = versionsThatMatter(rows.map(declarationOf), (one) => one.subjectId);
  return grouped(kept, (one) => [one.subjectId, one]);
}

function grouped<Row, T>(rows: readonly Row[], entry: (row: Row) => [string, T]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const [key, value] = entry(row);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
