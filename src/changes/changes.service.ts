import { Injectable } from '@nestjs/common';
import { type ChangedIdentifier, type ChangeLeaf, ChangesQuery } from './changes.query.js';
import { type LeafScope, type Position, positionAt, scopeOf } from './domain/index.js';

/** Parties and catalogues whose works one page lists: each takes a statement. */
const WIDE_LEAVES_MAX = 20;

export interface ChangedWork {
  readonly workId: string;
  readonly identifiers: readonly { scheme: string; value: string }[];
}

/** A leaf and the works whose answers it may have changed. */
export interface Change extends ChangeLeaf {
  readonly scope: LeafScope;
  readonly works: readonly ChangedWork[];
  /** Where to go on after this change. */
  readonly next: Position;
}

export interface ChangesPage {
  readonly changes: readonly Change[];
  readonly next: Position;
  /** Of the last published checkpoint. */
  readonly logSize: number;
}

interface Step {
  readonly leaf: ChangeLeaf;
  /** Place among the leaves of the page. */
  readonly at: number;
  readonly workId: string;
  /** What the root goes by in a position. */
  readonly key: string;
  /** Where to go on once everything about this step was told. */
  readonly next: Position;
}

/** What the log changed, page by page: the cost of a page does not depend on how much that is. */
@Injectable()
export class Changes {
  constructor(private readonly query: ChangesQuery) {}

  /**
   * The changes from a position on, of at most `limit` leaves and works. A leaf about more works than
   * fit is continued by the next page. Only what a published checkpoint covers is told.
   */
  async read(from: Position, limit: number): Promise<ChangesPage> {
    const logSize = await this.query.publishedSize();
    const leaves = await this.query.listLeaves(from.index, logSize, limit);
    if (leaves.length === 0) return { changes: [], next: from, logSize };
    const { steps, told, next } = await this.steps(leaves, from, limit);
    if (steps.length === 0) return { changes: untouched(leaves, told, next), next, logSize };
    const reached = await this.query.listReached(
      steps.map((step) => step.workId),
      steps[0]?.key === from.root ? from.work : '',
      limit + 1,
    );
    const isCut = reached.length > limit;
    const shown = isCut ? reached.slice(0, limit) : reached;
    const last = shown.at(-1);
    // What was cut goes on within the root of the last work that is shown.
    const cut = isCut && last ? within(steps[last.place]!, last.workId) : null;
    const count = cut ? steps[last!.place]!.at + 1 : told;
    const works = await this.withIdentifiers(leaves, steps, shown);
    const changes = leaves.slice(0, count).map((leaf, at): Change => {
      const isLast = at === count - 1;
      return {
        ...leaf,
        scope: scopeOf(leaf.leaf),
        works: works[at] ?? [],
        next: isLast ? (cut ?? next) : positionAt(leaf.index + 1),
      };
    });
    return { changes, next: cut ?? next, logSize };
  }

  /** The roots of the changes in their order, as many as a page may spread from. */
  private async steps(leaves: readonly ChangeLeaf[], from: Position, limit: number) {
    const steps: Step[] = [];
    let wide = 0;
    for (const [at, leaf] of leaves.entries()) {
      const scope = scopeOf(leaf.leaf);
      const after = positionAt(leaf.index + 1);
      if (scope.kind === 'work') {
        if (steps.length >= limit) return { steps, told: at, next: positionAt(leaf.index) };
        steps.push({ leaf, at, workId: scope.id, key: scope.id, next: after });
      } else if (scope.kind === 'party' || scope.kind === 'catalogue') {
        const room = limit - steps.length;
        if (room <= 0 || wide >= WIDE_LEAVES_MAX) {
          return { steps, told: at, next: positionAt(leaf.index) };
        }
        wide += 1;
        const isBegun = at === 0 && from.root !== '';
        const begun = { key: isBegun ? from.root : '', isIncluded: isBegun && from.work !== '' };
        const roots =
          scope.kind === 'party'
            ? await this.query.listClaimed(scope.id, begun, room)
            : await this.query.listCatalogued(scope.id, begun, room);
        for (const { key, workId } of roots) {
          const next = { index: leaf.index, root: key, work: '' };
          if (workId !== null) steps.push({ leaf, at, workId, key, next });
        }
        // A full list may go on.
        if (roots.length === room) {
          const next = { index: leaf.index, root: roots.at(-1)!.key, work: '' };
          return { steps, told: at + 1, next };
        }
      }
    }
    return { steps, told: leaves.length, next: positionAt(leaves.at(-1)!.index + 1) };
  }

  /** By leaf of the page: its works, each once, with the identifiers that it has or had then. */
  private async withIdentifiers(
    leaves: readonly ChangeLeaf[],
    steps: readonly Step[],
    reached: readonly { place: number; workId: string }[],
  ): Promise<ChangedWork[][]> {
    const workIds = [...new Set(reached.map((one) => one.workId))];
    const found = new Map<string, ChangedIdentifier[]>();
    for (const one of await this.query.listIdentifiers(workIds, leaves[0]!.recordedAt)) {
      const own = found.get(one.workId);
      if (own) own.push(one);
      else found.set(one.workId, [one]);
    }
    const seen = leaves.map(() => new Set<string>());
    const works: ChangedWork[][] = leaves.map(() => []);
    for (const { place, workId } of reached) {
      const { at, leaf } = steps[place]!;
      if (seen[at]!.has(workId)) continue;
      seen[at]!.add(workId);
      const then = leaf.recordedAt;
      const identifiers = (found.get(workId) ?? [])
        .filter(({ removedAt }) => removedAt === null || removedAt >= then)
        .map(({ scheme, value }) => ({ scheme, value }));
      works[at]!.push({ workId, identifiers });
    }
    return works;
  }
}

/** Leaves that changed no answer, or none any more. */
function untouched(leaves: readonly ChangeLeaf[], told: number, next: Position): Change[] {
  return leaves.slice(0, told).map((leaf, at) => ({
    ...leaf,
    scope: scopeOf(leaf.leaf),
    works: [],
    next: at === told - 1 ? next : positionAt(leaf.index + 1),
  }));
}

/** Where a page goes on that was cut after a work of this root. */
function within({ leaf, key }: Step, work: string): Position {
  return { index: leaf.index, root: key, work };
}
