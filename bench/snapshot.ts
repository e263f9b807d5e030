import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { loadConfig } from '#platform';
import { SnapshotBuilder, SnapshotReading } from '#publishing';
import { digestFile, EntryStaging, withDuckDb, writeChanges } from '#snapshots';
import { AppModule } from '../src/app.module.js';
import { withRegistry } from './filled-registry.js';

type Say = (line: string) => void;

const DAY_MS = 86_400_000;
const LINES = 100_000;
/** Distinct standings that a large registry comes to. */
const STANDINGS = 6_000;
/** Q0000 in base 36: codes of five characters that ascend. */
const FIRST_REGISTRANT = 26 * 36 ** 4;

/**
 * `npm run bench -- --snapshot [--works 100000,1000000] [--identifiers 100000000]`: what a snapshot of a
 * real registry costs from the first read to the last file, and what is left of it after the read at a
 * number of generated identifiers.
 */
export async function benchSnapshot(works: readonly number[], identifiers: number, say: Say) {
  const lines: string[] = [];
  for (const count of works) lines.push(await benchRegistry(count, say));
  lines.push(await benchWriting(identifiers, say));
  process.stdout.write(
    [
      '| what | identifiers | standings | seconds | identifiers/s | bytes | bytes an identifier |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...lines,
      '',
    ].join('\n'),
  );
}

function benchRegistry(works: number, say: Say): Promise<string> {
  return withRegistry(works, say, async (env) => {
    const config = { ...loadConfig(), ...env };
    const app = await NestFactory.createApplicationContext(AppModule.with(config), {
      logger: false,
    });
    const folder = mkdtempSync(join(tmpdir(), 'fermata-bench-snapshot-'));
    try {
      const start = performance.now();
      const reading = (await SnapshotReading.begin(config.DATABASE_URL!))!;
      const head = await reading.head();
      const span = { asOf: Date.now(), until: Date.now() + DAY_MS };
      const built = await app
        .get(SnapshotBuilder, { strict: false })
        .build({ reading, head, span, folder, older: [] });
      await reading.end();
      const bytes = built!.files.reduce((sum, file) => sum + file.bytes, 0);
      const { identifiers, standings } = built!;
      return row('whole, from PostgreSQL', { identifiers, standings, start, bytes });
    } finally {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function benchWriting(identifiers: number, say: Say): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fermata-bench-snapshot-'));
  try {
    mkdirSync(join(folder, 'staging'));
    const limits = {
      spillFolder: join(folder, 'spill'),
      file: join(folder, 'staging', 'staging.duckdb'),
    };
    return await withDuckDb(limits, async (connection) => {
      const staging = new EntryStaging(connection, join(folder, 'staging'));
      say(`  generating ${identifiers.toLocaleString('en')} identifiers`);
      for (let from = 0; from < identifiers; from += LINES) {
        await staging.take('isrc', linesFrom(from, Math.min(identifiers, from + LINES)));
      }
      const start = performance.now();
      await staging.load();
      const ids = await staging.standingsAfter(-1, 2 * STANDINGS);
      for (const leg of await staging.legsTo(ids, [])) {
        await staging.setStanding(leg, leg.standingId);
      }
      await staging.write(join(folder, 'identifiers'));
      const file = join(folder, 'identifiers', 'scheme=isrc', 'part-0.parquet');
      const { bytes } = await digestFile(file);
      const line = row('after the read', { identifiers, standings: ids.length, start, bytes });
      const again = performance.now();
      const files = { older: file, newer: file };
      await writeChanges(connection, files, join(folder, 'changes'));
      const changes = statSync(join(folder, 'changes', 'part-0.parquet')).size;
      say(`  compared with an older snapshot in ${seconds(again)} s (${changes} bytes)`);
      return line;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Entries in the order of the index: codes of 2,000 recordings for each registrant, with gaps, most of a
 * registrant in one standing.
 */
function linesFrom(from: number, to: number): string {
  let lines = '';
  for (let i = from; i < to; i += 1) {
    const registrant = Math.floor(i / 2_000);
    const mixed = Math.imul(i ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
    const serial = (i % 2_000) * 50 + (mixed % 50);
    const own = mixed % 10 === 0 ? mixed >>> 8 : Math.imul(registrant + 1, 0x9e3779b1) >>> 0;
    const code = (FIRST_REGISTRANT + registrant).toString(36).toUpperCase();
    const year = String((registrant * 7) % 27).padStart(2, '0');
    lines += `${code}${year}${String(serial).padStart(5, '0')}\t${1 + (own % STANDINGS)}\n`;
  }
  return lines;
}

function row(
  what: string,
  of: { identifiers: number; standings: number; start: number; bytes: number },
): string {
  const { identifiers, standings, start, bytes } = of;
  const took = seconds(start);
  const figures = [
    ...[identifiers, standings].map((one) => one.toLocaleString('en')),
    took,
    Math.round(identifiers / Number(took)).toLocaleString('en'),
    bytes.toLocaleString('en'),
    (bytes / identifiers).toFixed(2),
  ];
  return `| ${what} | ${figures.join(' | ')} |`;
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(1);
}
