import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { Match } from '#consent/domain';
import { type Situation, type SituationReader, Situations } from '#lookup';
import {
  digestFile,
  EntryStaging,
  flush,
  identifiersFile,
  type Leg,
  partPath,
  SituationFiles,
  WHOLE_PPM,
  withDuckDb,
  writeChanges,
} from '#snapshots';
import type { Span } from '#snapshots/domain';
import type { SnapshotFile } from '#verify';
import { NumberedSituations } from './numbered-situations.js';
import type { RegistryHead, SnapshotReading } from './snapshot-reading.query.js';
import type { HeldSnapshot } from './snapshot-shelf.service.js';
import { SnapshotStandings } from './snapshot-standings.repository.js';

/** How many of the registry's standings are held in memory at a time. */
const BATCH_STANDINGS = 2_000;
const BATCH_COMBINATIONS = 200;

/** What a folder holds now, for its manifest. */
export interface BuiltFiles {
  readonly identifiers: number;
  readonly standings: number;
  /** In the order of their paths. */
  readonly files: readonly SnapshotFile[];
}

/** Where a snapshot comes from and goes to. */
export interface Building {
  readonly reading: SnapshotReading;
  readonly head: RegistryHead;
  readonly span: Span;
  readonly folder: string;
  /** Published before, that a client may hold. */
  readonly older: readonly HeldSnapshot[];
  /** Ends it where it stands. */
  readonly signal?: AbortSignal | undefined;
}

/** Writes the Parquet files of a snapshot (docs/specs/snapshot.md). */
@Injectable()
export class SnapshotBuilder {
  constructor(
    private readonly situations: Situations,
    private readonly standings: SnapshotStandings,
  ) {}

  /** Null where the registry has no identifier. */
  async build(building: Building): Promise<BuiltFiles | null> {
    const staging = join(building.folder, 'staging');
    await mkdir(staging);
    const limits = {
      spillFolder: join(staging, 'spill'),
      file: join(staging, 'staging.duckdb'),
      signal: building.signal,
    };
    const listed = await withDuckDb(limits, async (connection) => {
      const entries = new EntryStaging(connection, staging);
      const files = new SituationFiles(staging, building.span);
      if (!(await this.evaluate(building, entries, files))) return null;
      const rows = await entries.write(join(building.folder, 'identifiers'));
      const { standings, answers } = await files.write(connection, building.folder);
      const list: Omit<SnapshotFile, 'bytes' | 'sha256'>[] = [
        { path: 'standings.parquet', rows: standings, role: 'standings' },
        { path: 'answers.parquet', rows: answers, role: 'answers' },
      ];
      for (const [scheme, count] of rows) {
        const path = `identifiers/${partPath(scheme)}`;
        list.push({ path, rows: count, role: 'identifiers', scheme });
        for (const older of building.older) {
          const change = await changesSince(connection, older, scheme, building.folder);
          if (change !== null) list.push(change);
        }
      }
      const identifiers = [...rows.values()].reduce((sum, count) => sum + count, 0);
      return { identifiers, standings, list };
    });
    await rm(staging, { recursive: true, force: true });
    if (listed === null) return null;
    const { identifiers, standings, list } = listed;
    return { identifiers, standings, files: await digested(list, building.folder) };
  }

  /** Reads everything, and finds out what each way from an identifier to works comes to. */
  private async evaluate(
    { reading, head, span }: Building,
    entries: EntryStaging,
    files: SituationFiles,
  ): Promise<boolean> {
    await reading.readEntries((scheme, lines) => entries.take(scheme, lines));
    const isEmpty = (await entries.load()) === 0;
    const reader = this.situations.begin(reading.client, head.size);
    const numbered = new NumberedSituations(this.standings, files, span, head.size);
    if (!isEmpty) {
      await numberLegs(entries, reader, numbered);
      await numberCombinations(entries, reader, numbered);
    }
    await reading.finish();
    return !isEmpty;
  }
}

async function numberLegs(
  entries: EntryStaging,
  reader: SituationReader,
  numbered: NumberedSituations,
): Promise<void> {
  let ids = await entries.standingsAfter(-1, BATCH_STANDINGS);
  while (ids.length > 0) {
    const known = await reader.read(ids);
    const dated = ids.filter((id) => known.get(id)!.isDated);
    const legs = await entries.legsTo(ids, dated);
    const standings = await numbered.number(legs.map((leg) => [matchOf(leg, known, '')]));
    for (const [at, leg] of legs.entries()) await entries.setStanding(leg, standings[at]!);
    ids = await entries.standingsAfter(ids.at(-1)!, BATCH_STANDINGS);
  }
}

/** Identifiers that lead to several works: what they come to together is a standing of its own. */
async function numberCombinations(
  entries: EntryStaging,
  reader: SituationReader,
  numbered: NumberedSituations,
): Promise<void> {
  let waiting: { readonly key: string; readonly legs: readonly Leg[] }[] = [];
  const settle = async (): Promise<void> => {
    const ids = new Set(waiting.flatMap(({ legs }) => legs.map((leg) => leg.standingId)));
    const known = await reader.read([...ids]);
    const standings = await numbered.number(
      waiting.map(({ legs }) => legs.map((leg, at) => matchOf(leg, known, String(at)))),
    );
    for (const [at, { key }] of waiting.entries()) {
      await entries.setCombined(key, standings[at]!);
    }
    waiting = [];
  };
  for await (const one of entries.combinations()) {
    waiting.push(one);
    if (waiting.length === BATCH_COMBINATIONS) await settle();
  }
  if (waiting.length > 0) await settle();
}

/** As a lookup would have it: an identifier that was only inferred for a work is no exact match. */
function matchOf(leg: Leg, known: ReadonlyMap<number, Situation>, name: string): Match {
  const situation = known.get(leg.standingId);
  if (situation === undefined) throw new Error(`There is no standing ${leg.standingId}.`);
  return {
    work: situation.facts(name, leg.releasedOn),
    how: leg.confidencePpm < WHOLE_PPM ? 'metadata' : 'identifier',
    confidence: leg.confidencePpm / WHOLE_PPM,
  };
}

/** What became of a scheme since an older snapshot; null where the whole file is no larger. */
async function changesSince(
  connection: Parameters<typeof writeChanges>[0],
  older: HeldSnapshot,
  scheme: string,
  folder: string,
): Promise<Omit<SnapshotFile, 'bytes' | 'sha256'> | null> {
  const path = `identifiers/${partPath(scheme)}`;
  if (!older.manifest.files.some((file) => file.path === path)) return null;
  const from = older.manifest.size;
  const changes = `changes/from=${from}/${partPath(scheme)}`;
  const target = join(folder, 'changes', `from=${from}`, `scheme=${scheme}`);
  const newer = identifiersFile(folder, scheme);
  const files = { older: identifiersFile(older.folder, scheme), newer };
  const rows = await writeChanges(connection, files, target);
  const isWorthIt = (await stat(join(folder, changes))).size < (await stat(newer)).size;
  if (rows > 0 && isWorthIt) return { path: changes, rows, role: 'changes', scheme, from };
  await rm(target, { recursive: true });
  return null;
}

async function digested(
  list: readonly Omit<SnapshotFile, 'bytes' | 'sha256'>[],
  folder: string,
): Promise<SnapshotFile[]> {
  const files: SnapshotFile[] = [];
  for (const one of [...list].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const path = join(folder, one.path);
    await flush(path);
    files.push({ ...one, ...(await digestFile(path)) });
  }
  return files;
}
