import { Injectable } from '@nestjs/common';
import { Changes } from './changes.service.js';
import type { Position } from './domain/index.js';
import { HoldingsRepository } from './holdings.repository.js';

/** Works that are looked through for one answer, at most; a rarer holding goes on with the next. */
const PAGES_MAX = 20;

/** An identifier that is held and whose answer may have changed. */
export interface HeldChange {
  readonly scheme: string;
  readonly value: string;
  /** Of the last leaf that may have changed it. */
  readonly index: number;
}

export interface HoldingPage {
  readonly changed: readonly HeldChange[];
  /** Other rules hold: everything that is held may have changed. */
  readonly everything: boolean;
  readonly next: Position;
  readonly logSize: number;
}

/** What of a holding changed: the change feed, seen through what is held. */
@Injectable()
export class HoldingChanges {
  constructor(
    private readonly changes: Changes,
    private readonly holdings: HoldingsRepository,
  ) {}

  /**
   * From a position on, in steps of `limit` works, until something is found or much was looked through.
   * Each identifier once, with the last leaf.
   */
  async read(holdingId: string, from: Position, limit: number): Promise<HoldingPage> {
    const found = new Map<string, HeldChange>();
    let everything = false;
    let next = from;
    for (let pages = 0; ; pages += 1) {
      const page = await this.changes.read(next, limit);
      next = page.next;
      const indexes = new Map<string, HeldChange>();
      const erasures: number[] = [];
      for (const { index, leaf, scope, works } of page.changes) {
        if (scope.kind === 'everything') everything = true;
        if (leaf['type'] === 'erasure') erasures.push(index);
        for (const { identifiers } of works) {
          for (const { scheme, value } of identifiers) {
            indexes.set(`${scheme} ${value}`, { scheme, value, index });
          }
        }
      }
      const held = await this.holdings.listHeld(holdingId, [...indexes.values()]);
      for (const { scheme, value } of held) {
        const key = `${scheme} ${value}`;
        found.set(key, indexes.get(key)!);
      }
      for (const one of await this.holdings.listErased(holdingId, erasures)) {
        found.set(`${one.scheme} ${one.value}`, one);
      }
      const isEnd = next.index >= page.logSize;
      if (isEnd || found.size > 0 || pages + 1 >= PAGES_MAX) {
        return { changed: [...found.values()], everything, next, logSize: page.logSize };
      }
    }
  }
}
