import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { DeclareConsent } from '#consent';
import { DomainProblem } from '#kernel';
import { loadConfig } from '#platform';
import { Acknowledgements } from '#transparency';
import { AppModule } from '../../src/app.module.js';
import type { Order } from './writer-process.js';

/**
 * The registry without HTTP, declaring all the time until it is killed. Prints a line for each
 * declaration that was acknowledged: `ack <leaf index> <declaration>`, as a request would be answered.
 */
const WRITERS = 16;
/** Rest between two declarations: a log that grows faster makes every start longer, and no crash better. */
const REST_MS_MAX = 200;

const [accountId, ...parties] = (process.env['CRASH_WORLD'] ?? '').split(',');

// Whoever is to kill it is gone.
process.on('disconnect', () => process.exit(1));
process.stdout.write('loaded\n');
await new Promise<void>((resolve) => {
  process.on('message', ({ go }: Order) => {
    if (go) resolve();
  });
});

const config = loadConfig();
const app = await NestFactory.createApplicationContext(AppModule.with(config), {
  logger: process.env['CRASH_TALK'] ? ['error'] : false,
});
const consent = app.get(DeclareConsent, { strict: false });
const acknowledgements = app.get(Acknowledgements, { strict: false });

process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));

await Promise.all(
  Array.from({ length: WRITERS }, async (_, at) => {
    const party = parties[at % parties.length]!;
    for (let turn = 0; ; turn += 1) {
      await declareOnce(party, turn);
      await sleep(Math.random() * REST_MS_MAX);
    }
  }),
);

async function declareOnce(party: string, turn: number): Promise<void> {
  try {
    await acknowledgements.watch(async () => {
      const [row] = await consent.declare({ accountId: accountId! } as never, {
        party,
        subject: { kind: 'party' },
        layers: ['recording'],
        template: turn % 2 === 0 ? 'no_ai_at_all' : 'preserve_never_train',
      });
      const settled = await acknowledgements.settle();
      if (settled === null || settled === 'pending') return;
      process.stdout.write(`ack ${row!.logIndex} ${row!.declarationId}\n`);
    });
  } catch (error) {
    if (error instanceof DomainProblem && error.code === 'transparency/signing-stopped') {
      process.stdout.write(`stopped ${error.detail}\n`);
      process.exit(9);
    }
    // A database that is gone for a moment, or a disk that is full: nothing was promised.
  }
}
