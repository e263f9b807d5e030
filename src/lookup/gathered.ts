import type { WorkStanding } from './domain/standing.js';
import type { Known } from './domain/known.js';
import {
  type DeclarationRow,
  type SubjectKey,
  type TermSet,
  versionsThatMatter,
} from './domain/statements.js';
import { keyOfRow, statementsAbout, type SubjectStatements } from './domain/subject-statements.js';
import { ownTermSetsOf, subjectKeysOf } from './domain/work-facts.js';
import type { LookupMemory } from './lookup-memory.service.js';
import type { LookupQuery, Runner } from './lookup.query.js';

/** How a request reads: at which log size, and whether `run` sees exactly that state. */
export interface Reading {
  readonly run: Runner;
  readonly logSize: number;
  /** True inside a REPEATABLE READ transaction whose snapshot has this log size. */
  readonly isSnapshot: boolean;
  /** A past moment: nothing remembered holds, and nothing read is remembered. */
  readonly moment?: Date;
}

/**
 * The statements and terms that one request needs, taken from memory and, what is not there, read
 * in at most two statements however many works are asked about.
 */
export class Gathered implements Known {
  private readonly subjects = new Map<SubjectKey, SubjectStatements>();
  private readonly termSets = new Map<number, TermSet>();

  subject(key: SubjectKey): SubjectStatements {
    return this.subjects.get(key)!;
  }

  about(key: SubjectKey) {
    return this.subject(key).statements;
  }

  termSet(termSetId: number): TermSet {
    return this.termSets.get(termSetId)!;
  }

  /**
   * Gathers for these standings. False when something was declared after this request had read
   * the log and there is no snapshot to read the state before from: begin again with one.
   */
  async gather(
    standings: Iterable<WorkStanding>,
    reading: Reading,
    query: LookupQuery,
    memory: LookupMemory,
  ): Promise<boolean> {
    const missing: SubjectKey[] = [];
    const termSetIds = new Set<number>();
    const keys = new Set<SubjectKey>();
    for (const standing of standings) {
      subjectKeysOf(standing, keys);
      ownTermSetsOf(standing, termSetIds);
    }
    for (const key of keys) {
      const known = reading.moment ? undefined : memory.about(key, reading.logSize);
      if (known === undefined) missing.push(key);
      else this.subjects.set(key, known);
    }
    if (missing.length === 0 && this.takeTermSets(termSetIds, memory).length === 0) return true;
    const load = memory.beginLoading(reading.isSnapshot ? reading.logSize : undefined);
    try {
      const rows =
        missing.length === 0
          ? []
          : await query.listDeclarations(
              reading.run,
              missing.map((key) => key.slice(key.indexOf(':') + 1)),
              reading.moment ?? null,
            );
      const isTooNew = (row: DeclarationRow) => row.logIndex >= reading.logSize;
      if (!reading.isSnapshot && rows.some(isTooNew)) return false;
      const kept = versionsThatMatter(rows, keyOfRow);
      for (const row of kept) termSetIds.add(row.termSetId);
      const unknown = this.takeTermSets(termSetIds, memory);
      if (unknown.length > 0) {
        for (const { termSetId, termSet } of await query.listTermSets(reading.run, unknown)) {
          this.termSets.set(termSetId, termSet);
          memory.keepTermSet(load, termSetId, termSet);
        }
      }
      this.keepSubjects(missing, kept, (key, about) => {
        if (!reading.moment) memory.keepAbout(load, key, about);
      });
      return true;
    } finally {
      memory.endLoading(load);
    }
  }

  /** Takes the term sets that are remembered and returns the ids of the others. */
  private takeTermSets(termSetIds: Iterable<number>, memory: LookupMemory): number[] {
    const unknown: number[] = [];
    for (const termSetId of termSetIds) {
      if (this.termSets.has(termSetId)) continue;
      const known = memory.termSet(termSetId);
      if (known === undefined) unknown.push(termSetId);
      else this.termSets.set(termSetId, known);
    }
    return unknown;
  }

  private keepSubjects(
    keys: readonly SubjectKey[],
    rows: readonly DeclarationRow[],
    remember: (key: SubjectKey, about: SubjectStatements) => void,
  ): void {
    const byKey = new Map<SubjectKey, DeclarationRow[]>(keys.map((key) => [key, []]));
    for (const row of rows) byKey.get(keyOfRow(row))!.push(row);
    for (const [key, own] of byKey) {
      const about = statementsAbout(own, (id) => this.termSet(id));
      this.subjects.set(key, about);
      remember(key, about);
    }
  }
}
