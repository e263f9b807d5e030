import type { Layer, Purpose, Territory, WorkKind } from '#vocabulary';
import type { ClaimFact, TriggerInEffect } from '#consent/domain';
import {
  buildStanding,
  DEPTH_MAX,
  type Link,
  type LinkedWork,
  type Membership,
  standingClaimOf,
} from '../domain/build-standing.js';
import type { StandingClaim, StandingDispute, WorkStanding } from '../domain/standing.js';
import { versionsThatMatter } from '../domain/statements.js';
import {
  declarationOf,
  DECLARATION_COLUMNS,
  type DeclarationColumns,
} from './declarations.query.js';
import type { RunSql } from './run-sql.js';

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
  const claims = await loadClaims(run, all, moment);
  const memberships = await loadMemberships(run, all, moment);
  const statements = await loadOwnStatements(run, all, moment);
  const facts = {
    work: (workId: string) => works.get(workId),
    claims: (workId: string) => claims.get(workId) ?? [],
    memberships: (workId: string) => memberships.get(workId) ?? [],
    statements: (workId: string) => statements.get(workId) ?? [],
  };
  const standings = new Map<string, WorkStanding>();
  for (const workId of workIds) {
    if (works.has(workId)) standings.set(workId, buildStanding(workId, facts));
  }
  return standings;
}

/** The works, and what their links lead to up to {@link DEPTH_MAX} steps away, with their links. */
async function loadWorks(run: RunSql, workIds: readonly string[], moment: Date) {
  const rows = await run<{
    work_id: string;
    kind: WorkKind;
    released_on: string | null;
    links: string[] | null;
    disputes: StandingDispute[] | null;
    triggers: TriggerInEffect[] | null;
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
     ) AS links, (
       SELECT json_agg(json_build_object(
         'disputeId', d.dispute_id, 'layer', d.layer, 'parties', d.party_ids))
       FROM disputes d WHERE d.work_id = w.work_id AND d.version = 1 AND d.recorded_at <= $2
         AND NOT EXISTS (SELECT FROM disputes e
           WHERE e.dispute_id = d.dispute_id AND e.version = 2 AND e.recorded_at <= $2)
     ) AS disputes, (
       SELECT json_agg(json_strip_nulls(json_build_object('kind', t.kind, 'months', t.months,
         'inEffectSince', (extract(epoch FROM t.in_effect_at) * 1000)::bigint)))
       FROM trigger_steps t WHERE t.work_id = w.work_id AND t.state = 'in_effect'
         AND t.recorded_at <= $2
         AND NOT EXISTS (SELECT FROM trigger_steps e WHERE e.work_id = t.work_id
           AND e.kind = t.kind AND e.step > t.step AND e.state IN ('objected', 'dropped') AND e.recorded_at <= $2)
     ) AS triggers
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
        disputes: row.disputes ?? [],
        triggers: row.triggers ?? [],
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
  } | null;
}

/**
 * The version of each claim that was the last one recorded by the moment. A claim under a mandate is
 * made while that is in force and withdrawn with it, so versions alone say what stands. From an erasure
 * on no claim of the erased party and none on an erased work counts, also where a restored backup has
 * lost the versions that withdrew them.
 */
async function loadClaims(run: RunSql, workIds: readonly string[], moment: Date) {
  const rows = await run<ClaimRow>(
    `SELECT c.work_id, c.party_id, c.layer, c.share_ppm, c.level, c.exclusive, c.state,
       c.territory, c.made_at,
       CASE WHEN m.representative_party_id = c.party_id THEN
         jsonb_build_object('isSociety', p.kind = 'cmo', 'purposes', m.purposes,
           'until', m.valid_until)
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
  return grouped(rows, (row) => [row.work_id, claimOf(row)]);
}

function claimOf(row: ClaimRow): StandingClaim {
  const { mandate } = row;
  return standingClaimOf({
    party: row.party_id,
    layer: row.layer,
    sharePpm: row.share_ppm,
    level: row.level,
    exclusive: row.exclusive,
    state: row.state,
    territory: row.territory,
    madeAt: row.made_at.getTime(),
    mandate: mandate && {
      ...mandate,
      until: mandate.until === null ? null : Date.parse(mandate.until),
    },
  });
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
