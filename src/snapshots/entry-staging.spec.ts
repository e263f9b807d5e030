import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withDuckDb } from './duckdb.js';
import { EntryStaging, type Leg } from './entry-staging.query.js';
import { partPath } from './write-identifiers.query.js';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'fermata-staging-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const DATED = 3;
const wayOf = ({ standingId, confidencePpm, releasedOn }: Leg) =>
  [standingId, confidencePpm, standingId === DATED ? (releasedOn ?? '') : ''].join();

const lineOf = (identifier: string, { standingId, confidencePpm, releasedOn }: Leg) => {
  const isPlain = confidencePpm === 1_000_000 && releasedOn === undefined;
  const more = isPlain ? '' : `,${confidencePpm},${releasedOn ?? ''}`;
  return `${identifier}\t${standingId}${more}\n`;
};

/** Stages lines, numbers every way and combination, and reads what was written: `identifier=ways`. */
async function written(
  name: string,
  lines: Readonly<Record<string, string>>,
): Promise<Record<string, string[]>> {
  const folder = join(scratch, name);
  return withDuckDb({ spillFolder: join(folder, 'spill') }, async (connection) => {
    const staging = new EntryStaging(connection, folder);
    for (const [scheme, text] of Object.entries(lines)) await staging.take(scheme, text);
    await staging.load();
    const numbers: string[] = [];
    const ids = await staging.standingsAfter(-1, 100);
    const dated = ids.filter((id) => id === DATED);
    for (const leg of await staging.legsTo(ids, dated)) {
      await staging.setStanding(leg, numbers.push(wayOf(leg)) - 1);
    }
    for await (const { key, legs } of staging.combinations()) {
      await staging.setCombined(key, numbers.push(legs.map(wayOf).sort().join(' ')) - 1);
    }
    const counts = await staging.write(folder);
    const read: Record<string, string[]> = {};
    for (const [scheme, count] of counts) {
      const file = join(folder, partPath(scheme));
      const rows = await connection.runAndReadAll(
        `SELECT identifier, standing FROM read_parquet('${file}', hive_partitioning = false)`,
      );
      read[scheme] = rows.getRows().map(([id, at]) => `${String(id)}=${numbers[Number(at)]}`);
      expect(read[scheme]).toHaveLength(count);
    }
    return read;
  });
}

describe('entries on their way into a snapshot', () => {
  it('become one row for each identifier, sorted, with what its ways come to together', async () => {
    const dice = (sides: number, at: number) => Math.imul(at ^ 0x9e3779b9, 0x85ebca6b) % sides;
    const entries = Array.from({ length: 3_000 }, (_, at): [string, Leg] => [
      `ZZ${String(Math.floor(at / (at > 2_000 ? 3 : 1))).padStart(5, '0')}`,
      {
        standingId: 1 + (Math.abs(dice(5, at)) % 5),
        confidencePpm: at % 7 === 0 ? 900_000 : 1_000_000,
        releasedOn: at % 3 === 0 ? `2026-01-0${1 + (at % 9)}` : undefined,
      },
    ]);
    const ways = new Map<string, string[]>();
    for (const [identifier, leg] of entries) {
      ways.set(identifier, [...(ways.get(identifier) ?? []), wayOf(leg)]);
    }
    // Groups in another order than that of the bytes, as another collation has them.
    const order = [...ways.keys()].reverse();
    const grouped = order.flatMap((id) => entries.filter(([identifier]) => identifier === id));
    const lines = grouped.map(([identifier, leg]) => lineOf(identifier, leg)).join('');
    const expected = [...ways].map(([id, all]) => `${id}=${[...all].sort().join(' ')}`).sort();
    const read = await written('mixed', { isrc: lines, upc: 'B\t1\nA\t2\n' });
    expect(read).toEqual({ isrc: expected, upc: ['A=2,1000000,', 'B=1,1000000,'] });
    expect([...ways.values()].some((all) => all.length > 1)).toBe(true);
  });

  it('are refused where those of one identifier do not follow each other', async () => {
    await expect(written('torn', { isrc: 'A\t1\nB\t2\nA\t2\n' })).rejects.toThrow(
      /holds A twice, or out of order/,
    );
  });
});
