import type { Purpose } from '#vocabulary';
import { canonicalJson } from '#kernel';
import { createDataSource, Config, Database, LookupPool } from '#platform';
import type { Ask } from '../../../src/lookup/domain/ask.js';
import { readItem } from '../../../src/lookup/domain/items.js';
import { EntryReader } from '../../../src/lookup/entry-reader.service.js';
import { LookupMemory } from '../../../src/lookup/lookup-memory.service.js';
import { LookupQuery } from '../../../src/lookup/lookup.query.js';
import { LookupService } from '../../../src/lookup/lookup.service.js';
import { writeMany, writeOne } from '../../../src/lookup/lookup-text.js';
import { ProjectionBuilder } from '../../../src/lookup/projection/projection-builder.service.js';
import { ProjectionRepository } from '../../../src/lookup/projection/projection.repository.js';
import { createTestDatabase } from '../test-database.js';
import { FixedClock } from '../test-app.js';
import { World } from './world.js';

/** As answers look once they are read back; loose, because tests look at what they know. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = Record<string, any>;

export interface LookupHouse {
  world: World;
  clock: FixedClock;
  database: Database;
  pool: LookupPool;
  service: LookupService;
  builder: ProjectionBuilder;
  /** A reader that remembers nothing yet, as another process would be. */
  freshService(): LookupService;
  one(id: string, ask?: Partial<Ask>, service?: LookupService): Promise<Json>;
  many(ids: string[], ask?: Partial<Ask>, service?: LookupService): Promise<Json>;
  close(): Promise<void>;
}

export const ASK: Ask = {
  purposes: ['ai.train.generative'] as Purpose[],
  inquiry: { territory: 'DE', actorClass: 'commercial', lawfulSource: true },
  unknownPolicy: 'deny',
};

/** The lookup with its projection over a database of its own, without HTTP. */
export async function createLookupHouse(start = '2026-01-01T00:00:00Z'): Promise<LookupHouse> {
  const { url, drop } = await createTestDatabase();
  const clock = new FixedClock(Date.parse(start));
  const dataSource = await createDataSource(url).initialize();
  const database = new Database(dataSource);
  const pool = new LookupPool(
    Object.assign(new Config(), { DATABASE_URL: url, LOOKUP_POOL_MAX: 4 }),
  );
  const freshService = () => {
    const query = new LookupQuery(pool, database);
    return new LookupService(pool, query, new EntryReader(query), new LookupMemory(), clock);
  };
  const service = freshService();
  return {
    world: new World(database, clock),
    clock,
    database,
    pool,
    service,
    builder: new ProjectionBuilder(database, new ProjectionRepository()),
    freshService,
    one: async (id, ask = {}, by = service) => {
      const whole = { ...ASK, ...ask };
      const colon = id.indexOf(':');
      const answer = await by.lookupOne(whole, id.slice(0, colon), id.slice(colon + 1));
      return JSON.parse(writeOne(whole, answer));
    },
    many: async (ids, ask = {}, by = service) => {
      const whole = { ...ASK, ...ask };
      const items = ids.map((id, at) => {
        const colon = id.indexOf(':');
        const [scheme, value] = [id.slice(0, colon), id.slice(colon + 1)];
        return readItem({ ref: String(at), scheme, value }, at);
      });
      const answers = await by.lookupMany(whole, items);
      const text = [...writeMany(whole, items, answers)].join('');
      const answer = JSON.parse(text) as Json;
      // What a receipt signs: whatever is answered in whichever test, its bytes are canonical. Each is
      // looked for behind the one before: from the beginning, 9,000 items would take seconds.
      let read = 0;
      for (const one of answer['items']) {
        const canonical = canonicalJson(one);
        const found = text.indexOf(canonical, read);
        if (found < 0) throw new Error(`not canonical: ${JSON.stringify(one)}`);
        read = found + canonical.length;
      }
      return answer;
    },
    close: async () => {
      await pool.end();
      await dataSource.destroy();
      await drop();
    },
  };
}
