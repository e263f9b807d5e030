import type { Layer, Purpose, Territory } from '#vocabulary';
import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { ERASED_TERMS, type Licence } from '#consent/domain';
import { Database, LookupPool } from '#platform';
import { type EntryRow, inOrder } from './domain/entry.js';
import { type DeclarationRow, readTermSet, type TermSet } from './domain/statements.js';
import {
  declarationOf,
  DECLARATION_COLUMNS,
  type DeclarationColumns,
} from './projection/declarations.query.js';

/** The log as one statement saw it. */
export interface LogHead {
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** When the last leaf was recorded, epoch ms. */
  readonly recordedAt: number;
}

/** A head as it is stored; most often it only has to be compared with the known one. */
export interface LogMark {
  readonly size: string;
  /** `\x` and hex. */
  readonly root: string;
  readonly recordedAtMs: string;
}

export function headOf({ size, root, recordedAtMs }: LogMark): LogHead {
  return {
    size: Number(size),
    root: Buffer.from(root.slice(2), 'hex').toString('base64'),
    recordedAt: Number(recordedAtMs),
  };
}

/** The log that the process remembers; what it remembers of statements is true at that size. */
export interface KnownLog {
  readonly head: LogHead;
  readonly mark: LogMark;
  /** Hash of the last leaf, hex; `-` for none. */
  readonly tip: string;
}

/** What happened between the log that was known and the one that a statement saw. */
export interface LogNews {
  /** Hash that the last known leaf has now: another one means another history. */
  readonly tie: string;
  readonly tip: string;
  /**
   * Subjects about which something was declared; null when there are too many to name, or when
   * somebody was erased: then words that were remembered may be gone.
   */
  readonly changed: readonly string[] | null;
}

/** By scheme, then by canonical value. */
export type Entries = ReadonlyMap<string, ReadonlyMap<string, EntryRow[]>>;

export interface StandingRow {
  readonly standingId: number;
  readonly shape: string;
  /** Newline between refs. */
  readonly refs: string;
}

type Row = readonly (string | null)[];

const CHANGED_MAX = 10_000;
/** Up to here entries are counted; beyond, the estimate of the last ANALYZE will do. */
const COUNTED_MAX = 100_000;

const HEAD_COLUMNS = 'h.size, h.root, (extract(epoch FROM h.recorded_at) * 1000)::bigint';

/**
 * The head and what is new since a known size (`$1`): the hashes that tie both logs together, and
 * the subjects that something was declared about.
 */
const HEAD_AND_NEWS = `SELECT ${HEAD_COLUMNS},
    coalesce((SELECT encode(leaf_hash, 'hex') FROM log_leaves WHERE leaf_index = $1 - 1), '-'),
    coalesce((SELECT encode(leaf_hash, 'hex') FROM log_leaves WHERE leaf_index = h.size - 1), '-'),
    CASE WHEN h.size > $1::bigint THEN (
      SELECT concat_ws(' ', count(*), string_agg(subject_kind || ':' || subject_id, ' '))
      FROM (SELECT subject_kind, subject_id FROM declarations
        WHERE leaf_index >= $1 AND subject_kind <> 'work'
        ORDER BY leaf_index LIMIT ${CHANGED_MAX + 1}) AS d
    ) END,
    h.size > $1::bigint
      AND EXISTS (SELECT FROM log_leaves WHERE leaf_type = 'erasure' AND leaf_index >= $1)
  FROM log_head h`;

const ENTRY_COLUMNS = 'e.work_id, e.standing_id, e.confidence_ppm, e.released_on';

/** Reads as text, row by row as arrays: what the hot path needs and no more. */
const TEXT_TYPES = { getTypeParser: () => (value: unknown) => value } as never;

/** Whoever runs statements: the pool for one, a client for several in one transaction. */
export type Runner = Pick<PoolClient, 'query'>;

/**
 * The SQL of lookups. Each statement is prepared under its name, once per connection.
 */
@Injectable()
export class LookupQuery {
  constructor(
    private readonly pool: LookupPool,
    private readonly database: Database,
  ) {}

  /** Returns once the append that was under way, if any, is committed. */
  async waitForAppends(): Promise<void> {
    await this.database.dataSource.query('SELECT FROM log_head FOR SHARE');
  }

  /** Where each of a few identifiers leads, in their order, and the log that this was seen at. */
  async findEntries(
    identifiers: readonly { scheme: string; value: string }[],
  ): Promise<{ mark: LogMark; entries: EntryRow[][] }> {
    const rows = await this.rows(
      this.pool,
      'lookup few',
      `SELECT ${HEAD_COLUMNS}, asked.place, ${ENTRY_COLUMNS}
       FROM log_head h
       CROSS JOIN unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (scheme, value, place)
       LEFT JOIN lookup_entries e ON e.scheme = asked.scheme AND e.value = asked.value`,
      [identifiers.map(({ scheme }) => scheme), identifiers.map(({ value }) => value)],
    );
    const entries = identifiers.map((): EntryRow[] => []);
    for (const row of rows) if (row[4] !== null) entries[Number(row[3]) - 1]!.push(entryOf(row, 4));
    for (const several of entries) if (several.length > 1) inOrder(several);
    const [size, root, recordedAtMs] = rows[0]!;
    return { mark: { size: size!, root: root!, recordedAtMs: recordedAtMs! }, entries };
  }

  /** The head, and what is new since the known log. */
  async readHead(run: Runner, known: KnownLog): Promise<{ mark: LogMark; news: LogNews }> {
    const [row] = await this.rows(run, 'lookup head', HEAD_AND_NEWS, [known.head.size]);
    const [size, root, recordedAtMs, tie, tip, changed, erased] = row!;
    const [count, ...keys] = changed?.split(' ') ?? ['0'];
    const isUnclear = Number(count) > CHANGED_MAX || erased === 't';
    return {
      mark: { size: size!, root: root!, recordedAtMs: recordedAtMs! },
      news: { tie: tie!, tip: tip!, changed: isUnclear ? null : keys },
    };
  }

  /**
   * Many identifiers of one or several schemes: all entries of all of them, by `scheme value`.
   * Values that are asked under one scheme are also found under the others of the batch; whoever
   * reads the answer takes the pairs that were asked for.
   */
  async listEntries(
    run: Runner,
    schemes: readonly string[],
    values: readonly string[],
  ): Promise<Entries> {
    const rows = await this.rows(
      run,
      'lookup many',
      `SELECT e.scheme, e.value, ${ENTRY_COLUMNS} FROM lookup_entries e
       WHERE e.scheme = ANY($1) AND e.value = ANY($2)`,
      [schemes, values],
    );
    return groupEntries(rows);
  }

  /** The identifiers that led to works at a past moment. */
  async listEntriesAt(
    run: Runner,
    schemes: readonly string[],
    values: readonly string[],
    moment: Date,
  ): Promise<Entries> {
    const rows = await this.rows(
      run,
      'lookup many as of',
      `SELECT i.scheme, i.value, i.work_id, 0, max(i.confidence_ppm), w.released_on
       FROM work_identifiers i JOIN works w USING (work_id)
       WHERE i.scheme = ANY($1) AND i.value = ANY($2) AND i.recorded_at <= $3
         AND (i.removed_at IS NULL OR i.removed_at > $3)
       GROUP BY i.scheme, i.value, i.work_id, w.released_on`,
      [schemes, values, moment],
    );
    return groupEntries(rows);
  }

  /**
   * The identifiers whose digests lie from `from` up to, and without, `to`, in ascending order, each
   * with all works that it leads to. Digests as 32 hex digits, of their first 16 bytes.
   */
  async listEntriesIn(
    run: Runner,
    { from, to }: { readonly from: Buffer; readonly to: Buffer },
  ): Promise<{ digest: string; scheme: string; entries: EntryRow[] }[]> {
    const rows = await this.rows(
      run,
      'lookup range',
      `SELECT encode(substr(lookup_digest(e.scheme, e.value), 1, 16), 'hex') AS digest, e.scheme,
         ${ENTRY_COLUMNS}
       FROM lookup_entries e
       WHERE substr(lookup_digest(e.scheme, e.value), 1, 7) >= $1
         AND substr(lookup_digest(e.scheme, e.value), 1, 7) < $2
       ORDER BY digest`,
      [from, to],
    );
    const found = new Map<string, { digest: string; scheme: string; entries: EntryRow[] }>();
    for (const row of rows) {
      const [digest, scheme] = [row[0]!, row[1]!];
      const known = found.get(digest);
      if (known === undefined) found.set(digest, { digest, scheme, entries: [entryOf(row, 2)] });
      else {
        known.entries.push(entryOf(row, 2));
        inOrder(known.entries);
      }
    }
    return [...found.values()];
  }

  /** About how many entries there are; exactly, where they are few. Never more than there are by much. */
  async countEntries(run: Runner): Promise<number> {
    const [row] = await this.rows(
      run,
      'lookup count',
      `SELECT CASE WHEN reltuples >= $1::bigint THEN reltuples::bigint
         ELSE (SELECT count(*) FROM (SELECT FROM lookup_entries LIMIT $1::bigint) AS counted) END
       FROM pg_class WHERE oid = 'lookup_entries'::regclass`,
      [COUNTED_MAX],
    );
    return Number(row![0]);
  }

  async listStandings(run: Runner, standingIds: readonly number[]): Promise<StandingRow[]> {
    const rows = await this.rows(
      run,
      'lookup standings',
      `SELECT standing_id, shape, array_to_string(refs, E'\\n') FROM lookup_standings
       WHERE standing_id = ANY($1)`,
      [standingIds],
    );
    return rows.map(([id, shape, refs]) => ({
      standingId: Number(id),
      shape: shape!,
      refs: refs!,
    }));
  }

  /**
   * All declarations about these parties, catalogues and releases (ids of all three kinds), each
   * with its whole history, recorded by the moment if one is given.
   */
  async listDeclarations(
    run: Runner,
    subjectIds: readonly string[],
    moment: Date | null,
  ): Promise<DeclarationRow[]> {
    const { rows } = await run.query<DeclarationColumns>({
      name: 'lookup declarations',
      text: `SELECT ${DECLARATION_COLUMNS} FROM declarations
        WHERE subject_id = ANY($1) AND subject_kind <> 'work'
          AND ($2::timestamptz IS NULL OR recorded_at <= $2)`,
      values: [subjectIds, moment],
    });
    return rows.map(declarationOf);
  }

  async listTermSets(
    run: Runner,
    termSetIds: readonly number[],
  ): Promise<{ termSetId: number; termSet: TermSet }[]> {
    const rows = await this.rows(
      run,
      'lookup term sets',
      `SELECT term_set_id, content FROM term_sets WHERE term_set_id = ANY($1)`,
      [termSetIds],
    );
    return rows.map(([id, content]) => ({
      termSetId: Number(id),
      termSet: content === null ? ERASED_TERMS : readTermSet(content!),
    }));
  }

  /** The parties that an account is a member of. */
  async listPartiesOf(accountId: string): Promise<string[]> {
    const rows = await this.rows(
      this.pool,
      'lookup parties',
      `SELECT party_id FROM party_members WHERE account_id = $1 ORDER BY party_id`,
      [accountId],
    );
    return rows.map(([partyId]) => partyId!);
  }

  /**
   * The licences of these grantees that reach any of these works or what they lead to, with the
   * works each names and the works asked about that it concerns.
   */
  async listLicences(
    run: Runner,
    granteeIds: readonly string[],
    workIds: readonly string[],
  ): Promise<{ licence: Licence & { works: string[] }; askedWorkIds: string[] }[]> {
    const { rows } = await run.query<LicenceRow>({
      name: 'lookup licences',
      text: `WITH RECURSIVE reach (root, work_id, depth) AS (
          SELECT work_id, work_id, 0 FROM unnest($2::text[]) AS asked (work_id)
          UNION
          SELECT root, to_work_id, depth + 1
          FROM reach JOIN work_links ON from_work_id = reach.work_id
          WHERE depth < 4 AND kind IN ('embodies', 'contains', 'samples')
        )
        SELECT l.licence_id, l.grantee_party_id, l.purposes, l.layers, l.territory, l.valid_from,
          l.valid_until, l.granted_at, l.revoked_at, array_agg(DISTINCT lw.work_id) AS works,
          array_agg(DISTINCT reach.root) AS asked
        FROM reach
        JOIN licence_works lw
          ON lw.work_id = reach.work_id AND lw.grantee_party_id = ANY($1)
        JOIN licences l USING (licence_id)
        JOIN works w ON w.work_id = lw.work_id AND w.erased_at IS NULL
        GROUP BY l.licence_id`,
      values: [granteeIds, workIds],
    });
    return rows.map((row) => ({ licence: licenceOf(row), askedWorkIds: row.asked }));
  }

  private async rows(run: Runner, name: string, text: string, values: unknown[]): Promise<Row[]> {
    const result = await run.query<string[]>({
      name,
      text,
      values,
      rowMode: 'array',
      types: TEXT_TYPES,
    } as never);
    return result.rows as unknown as Row[];
  }
}

interface LicenceRow {
  licence_id: string;
  grantee_party_id: string;
  purposes: Purpose[];
  layers: Layer[];
  territory: Territory | null;
  valid_from: Date;
  valid_until: Date | null;
  granted_at: Date;
  revoked_at: Date | null;
  works: string[];
  asked: string[];
}

function licenceOf(row: LicenceRow): Licence & { works: string[] } {
  const ends = [row.valid_until, row.revoked_at].flatMap((end) => (end ? [end.getTime()] : []));
  return {
    licenceId: row.licence_id,
    grantee: row.grantee_party_id,
    purposes: row.purposes,
    ...(row.layers.length > 0 ? { layers: row.layers } : {}),
    ...(row.territory ? { territory: row.territory } : {}),
    from: row.valid_from.getTime(),
    ...(ends.length > 0 ? { until: Math.min(...ends) } : {}),
    recordedAt: row.granted_at.getTime(),
    works: row.works,
  };
}

function entryOf(row: Row, from: number): EntryRow {
  return {
    workId: row[from]!,
    standingId: Number(row[from + 1]),
    confidencePpm: Number(row[from + 2]),
    releasedOn: row[from + 3] ?? undefined,
  };
}

function groupEntries(rows: readonly Row[]): Entries {
  const found = new Map<string, Map<string, EntryRow[]>>();
  for (const row of rows) {
    let ofScheme = found.get(row[0]!);
    if (ofScheme === undefined) found.set(row[0]!, (ofScheme = new Map()));
    const entry = entryOf(row, 2);
    const group = ofScheme.get(row[1]!);
    if (group === undefined) ofScheme.set(row[1]!, [entry]);
    else {
      group.push(entry);
      inOrder(group);
    }
  }
  return found;
}
