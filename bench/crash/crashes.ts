import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../samples/random.js';
import { type PlannedCrash, type Way, WAYS } from './plan.js';
import type { FallingPostgres } from './postgres.js';
import type { PostgresFaults } from './postgres-faults.js';
import type { SmallDisk } from './small-disk.js';
import { WriterProcess } from './writer-process.js';

/** What can be made to fail on this machine. */
export interface Victims {
  readonly postgres: FallingPostgres;
  readonly disk: SmallDisk | null;
  readonly postgresFaults: PostgresFaults | null;
  readonly logFolder: string;
  readonly world: string;
}

/** After so long without an acknowledged change, the registry has not got over it. */
const SILENCE_MS_MAX = 180_000;
const SWITCH_BYTES_MAX = 2_000_000;

/** Lets the registry write, and lets crash after crash befall it. */
export class Crashes {
  readonly acknowledged = new Map<number, string>();
  /** Every checkpoint that anybody could see, by its first three lines. */
  readonly seen = new Map<string, string>();
  readonly counts = Object.fromEntries(WAYS.map((way) => [way, 0])) as Record<Way, number>;
  /** Writes and flushes of the log's files that were made to fail. */
  failedWrites = 0;
  /** Writers that ended though nobody killed them. */
  endedAlone = 0;
  /** What must never happen: signing that stopped, a registry that did not get over a crash. */
  readonly stops: string[] = [];
  private writer: WriterProcess;
  private spare: WriterProcess;
  private before = 0;
  private readonly watching: NodeJS.Timeout;

  constructor(private readonly victims: Victims) {
    this.writer = this.load();
    void this.writer.start();
    this.spare = this.load();
    this.watching = setInterval(() => this.watchCheckpoint(), 10);
  }

  async befall({ way, dice }: PlannedCrash): Promise<void> {
    await this.untilAtWork(way, dice);
    this.counts[way] += 1;
    await this.ways[way](dice);
    // What an earlier crash left failing ends with this one: nobody signs on a disk that fails for good.
    if (way !== 'failing files') this.writer.order({ faults: null });
    this.victims.disk?.free();
    this.victims.postgresFaults?.set(0);
    await this.victims.postgres.settle();
    this.before = this.acknowledged.size;
  }

  /** Leaves the last process in peace until everything that was written is signed, and ends it. */
  async finish(): Promise<void> {
    this.writer.order({ faults: null });
    await this.untilAcknowledged('the last');
    await sleep(500);
    await this.writer.end('SIGTERM');
    this.watchCheckpoint();
    await this.stop();
  }

  /** Ends everything at once. */
  async stop(): Promise<void> {
    clearInterval(this.watching);
    await Promise.all([this.writer.end('SIGKILL'), this.spare.end('SIGKILL')]);
  }

  private readonly ways: Record<Way, (dice: Random) => Promise<void>> = {
    'kill -9': (dice) => this.killAndReplace(dice),

    'kill -9 at start': async (dice) => {
      await this.spare.loaded;
      await this.writer.end('SIGKILL');
      await this.takeSpare().start();
      await sleep(dice.below(1_200));
      await this.writer.end('SIGKILL');
      await this.takeSpare().start();
    },

    postgres: async (dice) => {
      this.victims.postgres.stopAtOnce();
      await sleep(dice.below(100));
    },

    'postgres and kill -9': async (dice) => {
      await this.spare.loaded;
      this.victims.postgres.stopAtOnce();
      await sleep(dice.below(3) * dice.below(20));
      await this.writer.end('SIGKILL');
      await this.victims.postgres.settle();
      await this.takeSpare().start();
    },

    'failing files': async (dice) => {
      this.writer.order({ faults: dice.below(2 ** 32) });
      await sleep(50 + dice.below(350));
      // Sometimes the next crash comes while they still fail.
      if (dice.below(3) > 0) this.writer.order({ faults: null });
    },

    'disk full': (dice) => this.fill(dice),

    'disk full and kill -9': async (dice) => {
      await this.spare.loaded;
      await this.fill(dice);
      await this.writer.end('SIGKILL');
      await this.takeSpare().start();
      await sleep(dice.below(1_200));
    },

    'postgres EIO': async (dice) => {
      this.victims.postgresFaults!.set(1 + dice.below(64));
      await sleep(50 + dice.below(400));
    },
  };

  private async killAndReplace(dice: Random): Promise<void> {
    await this.spare.loaded;
    const old = this.writer;
    // Half of them die beside a second process that is at work or about to be.
    const isBeside = dice.below(2) === 0;
    if (isBeside) await this.takeSpare().start();
    await sleep(dice.below(isBeside ? 900 : 50));
    await old.end('SIGKILL');
    if (!isBeside) await this.takeSpare().start();
  }

  private async fill(dice: Random): Promise<void> {
    this.victims.disk!.fill(dice.below(SWITCH_BYTES_MAX));
    // Files of the write-ahead log are made ahead of time: without this most are there already.
    if (dice.below(2) === 0) await this.victims.postgres.switchLog();
    await sleep(50 + dice.below(350));
  }

  private async untilAtWork(way: Way, dice: Random): Promise<void> {
    await sleep(dice.below(250));
    // One in ten comes before the registry has got over the last.
    if (dice.below(10) > 0) await this.untilAcknowledged(way);
  }

  private async untilAcknowledged(way: string): Promise<void> {
    const begun = performance.now();
    while (this.acknowledged.size === this.before && this.stops.length === 0) {
      if (this.writer.hasEnded) {
        this.endedAlone += 1;
        await this.takeSpare().start();
      }
      if (performance.now() - begun > SILENCE_MS_MAX) {
        this.stops.push(`nothing was acknowledged for three minutes before: ${way}`);
      }
      await sleep(10);
    }
  }

  /** Makes the spare process the writer, and loads another. */
  private takeSpare(): WriterProcess {
    this.writer = this.spare;
    this.spare = this.load();
    return this.writer;
  }

  private load(): WriterProcess {
    const { postgres, logFolder, world } = this.victims;
    const environment = { DATABASE_URL: postgres.url, LOG_DIR: logFolder, CRASH_WORLD: world };
    return new WriterProcess(environment, ([word, ...rest]) => {
      if (word === 'ack') this.acknowledged.set(Number(rest[0]), rest[1]!);
      else if (word === 'fault') this.failedWrites += 1;
      else if (word === 'stopped') this.stops.push([word, ...rest].join(' '));
    });
  }

  private watchCheckpoint(): void {
    try {
      const note = readFileSync(join(this.victims.logFolder, 'public/checkpoint'), 'utf8');
      this.seen.set(note.split('\n', 3).join(' '), note);
    } catch {
      // There is none yet.
    }
  }
}
