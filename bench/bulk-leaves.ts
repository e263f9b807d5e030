import { NestFactory } from '@nestjs/core';
import { Database, loadConfig } from '#platform';
import { Checkpoints, LogAppender } from '#transparency';
import { AppModule } from '../src/app.module.js';

const LEAVES = 200_000;
const BATCH = 10_000;
const ROUNDS = 3;
const UNSIGNED_MAX = 30_000;

/**
 * Leaves a second through the registry's own appender and signer, in this process: from the first
 * append to the checkpoint over the last, a few times one after another. In a sentence.
 */
export async function bulkLeaves(env: Record<string, string>): Promise<string> {
  const config = loadConfig({ ...process.env, ...env });
  const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: false });
  const database = app.get(Database);
  const log = app.get(LogAppender, { strict: false });
  const checkpoints = app.get(Checkpoints, { strict: false });
  const hash = 'ab'.repeat(32);

  const signedUpTo = async (size: number) => {
    if ((await checkpoints.covering(size, 120_000)) === null) throw new Error('it was not signed');
  };
  const round = async (name: number): Promise<number> => {
    const begun = performance.now();
    let size = 0;
    for (let done = 0; done < LEAVES; done += BATCH) {
      const drafts = Array.from({ length: BATCH }, (_, at) => ({
        type: 'work' as const,
        stream: `wrk_bulk_${name}_${done + at}`,
        content: { kind: 'recording', identifiers: [hash], links: [], catalogues: [] },
      }));
      const place = await database.transaction((tx) => log.append(tx, drafts));
      size = place.leafIndexes.at(-1)! + 1;
      // The registry takes nothing in that it could not sign soon.
      await signedUpTo(size - UNSIGNED_MAX);
    }
    await signedUpTo(size);
    return (LEAVES * 1000) / (performance.now() - begun);
  };

  const rates: number[] = [];
  for (let name = 0; name < ROUNDS; name += 1) rates.push(await round(name));
  await app.close();
  const each = rates.map((rate) => Math.round(rate).toLocaleString('en')).join(', ');
  return `${LEAVES.toLocaleString('en')} leaves in batches of ${BATCH.toLocaleString('en')}: ${each} leaves/s appended, signed and published.`;
}
