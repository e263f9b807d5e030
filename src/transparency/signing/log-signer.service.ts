import { setTimeout as sleep } from 'node:timers/promises';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Clock } from '#kernel';
import { Config, connectionOf } from '#platform';
import { Checkpoints } from '../checkpoints.service.js';
import { noteSigner, verifierKey } from '../domain/index.js';
import { SigningKeys } from '../keys/signing-keys.service.js';
import { CLOCK_BEHIND_MAX_MS } from '../log-appender.service.js';
import { LogFolders } from '../log-folders.js';
import { originOf } from '../origin.js';
import { Anchor } from './anchor.js';
import { PublicFolder } from './public-folder.js';
import { LEAVES_AT_ONCE, SignedLog } from './signed-log.js';
import { SignerSession, type StoredHead } from './signer-session.repository.js';
import { type SigningState, SigningStatus, SigningStopped } from './signing-status.service.js';
import { Witnesses } from './witnesses.service.js';

/** The longest time that leaves wait for company before they are signed together. */
const GATHER_MS_MAX = 40;
const GATHER_MS_PER_LEAF = 2;

/** How often a process that has nothing to do looks whether it has, unless somebody tells it before. */
const IDLE_MS = 1_000;
const RETRY_MS_MAX = 2_000;

/** How much of the log is compared with what is public in a second with nothing else to do. */
const AUDITED_WHILE_IDLE = 1_000;

/**
 * Signs the log: one process at a time, the one that holds the advisory lock. The others follow what
 * it publishes and stand by.
 */
@Injectable()
export class LogSigner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Log');
  private readonly bell = new Bell();
  private readonly end = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private session: SignerSession | null = null;
  private log: SignedLog | null = null;
  private stopped = false;
  /** The log size at which the keys were read last. */
  private keysAt = -1;
  private readonly origin: string;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly folders: LogFolders,
    private readonly keys: SigningKeys,
    private readonly checkpoints: Checkpoints,
    private readonly status: SigningStatus,
    private readonly witnesses: Witnesses,
  ) {
    this.origin = originOf(config);
    checkpoints.onWaiting(() => this.bell.ring());
  }

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  /** After the last request was answered, for its answer may wait for a checkpoint. */
  async onApplicationShutdown(): Promise<void> {
    this.end.abort();
    this.bell.ring();
    await this.running;
  }

  /** Compares every signed leaf with what is public, and stops signing where one differs. */
  async auditAll(): Promise<void> {
    try {
      for (let left = this.log?.signedSize ?? 0; left > 0; left -= LEAVES_AT_ONCE) {
        await this.log?.audit(LEAVES_AT_ONCE);
      }
    } catch (error) {
      await this.fail(error);
    }
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.end.signal.aborted;) {
      try {
        this.bell.clear();
        const pause = await this.turn();
        failures = 0;
        if (pause === 'idle') await this.bell.wait(IDLE_MS);
        else await this.pause(pause);
      } catch (error) {
        failures += 1;
        await this.fail(error);
        await this.pause(Math.min(50 * 2 ** failures, RETRY_MS_MAX));
      }
    }
    await this.leave();
  }

  private async pause(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.end.signal }).catch(() => undefined);
  }

  /** One look at the log; returns how long to rest before the next. */
  private async turn(): Promise<number | 'idle'> {
    const session = await this.connected();
    if (!this.log && !this.stopped && this.config.LOG_SIGNER) this.log = await this.lead(session);
    if (!this.log) return this.follow(session);
    const head = await this.log.hasNews();
    if (!head) {
      await this.report('signing');
      await this.reloadKeys(this.log.signedSize);
      // The first round is hurried through, so that a start finds whatever happened before it.
      const isFirst = this.log.rounds === 0;
      await this.log.audit(isFirst ? LEAVES_AT_ONCE : AUDITED_WHILE_IDLE);
      return isFirst ? 0 : 'idle';
    }
    this.refuseClockBehind(head);
    const before = this.log.signedSize;
    const checkpoint = await this.log.signUpTo(head, (note, prove) =>
      this.witnesses.cosign(note, prove),
    );
    await session.recordCheckpoint(checkpoint, new Date(this.clock.now()));
    this.log.markPublished(checkpoint.size);
    this.checkpoints.publish(checkpoint);
    await this.report('signing');
    if (checkpoint.size < head.size) return 0;
    // The busier the log, the longer it pays to wait: a signature costs as much for one as for many.
    return Math.min((checkpoint.size - before - 1) * GATHER_MS_PER_LEAF, GATHER_MS_MAX);
  }

  /** Takes the lead if nobody has it; null while another process is the signer. */
  private async lead(session: SignerSession): Promise<SignedLog | null> {
    if (!(await session.tryLead())) return null;
    const anchor = new Anchor(this.folders.anchor);
    await this.keys.load();
    if (this.keys.all.length === 0) {
      if ((await anchor.read()) !== null) {
        throw new SigningStopped(
          'There is an anchor, but the database knows no key of this log: it is another database or was emptied.',
        );
      }
      await this.keys.createFirst();
    }
    const log = await SignedLog.recover(
      session,
      anchor,
      new PublicFolder(this.folders.public),
      () => this.identity(),
    );
    const published = await session.findLatestCheckpoint();
    if (published) this.checkpoints.publish(published);
    return log;
  }

  /** Follows what another process publishes. */
  private async follow(session: SignerSession): Promise<'idle'> {
    if (!this.stopped) {
      const { state, reason } = await session.readStatus();
      this.status.set(state, reason);
    }
    const published = await session.findLatestCheckpoint();
    if (published) {
      await this.reloadKeys(published.size);
      this.checkpoints.publish(published);
    }
    if (this.checkpoints.isAwaited) await session.want();
    return 'idle';
  }

  /** Another process may have added a key, or ended one: that is news of the log like any other. */
  private async reloadKeys(size: number): Promise<void> {
    if (size === this.keysAt) return;
    await this.keys.load();
    this.keysAt = size;
  }

  private identity() {
    const signers = this.keys.requireLogSigners();
    return {
      origin: this.origin,
      signers: signers.map(({ key }) => noteSigner(this.origin, key)),
      verifierKeys: this.keys.all
        .filter(({ use }) => use === 'log')
        .map(({ publicKey }) => verifierKey(this.origin, publicKey)),
    };
  }

  private async connected(): Promise<SignerSession> {
    if (this.session && !this.session.isBroken) return this.session;
    await this.leave();
    const session = new SignerSession(connectionOf(this.config.DATABASE_URL!), () =>
      this.bell.ring(),
    );
    await session.open();
    this.session = session;
    return session;
  }

  /** Gives up the lead; what was signed is read anew by whoever takes it next. */
  private async leave(): Promise<void> {
    this.log = null;
    await this.session?.end();
    this.session = null;
  }

  /** A time that would run backwards is never signed; it goes on once the clock is right. */
  private refuseClockBehind(head: StoredHead): void {
    const behind = head.recordedAt - this.clock.now();
    if (behind <= CLOCK_BEHIND_MAX_MS) return;
    throw new Error(
      `The clock went back: it stands ${Math.round(behind / 1_000)} s behind the last leaf.`,
    );
  }

  /**
   * What passes is tried again from the beginning. A history that does not hold together stays so
   * until an operator has looked and starts the server anew.
   */
  private async fail(error: unknown): Promise<void> {
    if (this.end.signal.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    const stops = error instanceof SigningStopped;
    // What an operator has to look at stays in sight, whatever fails after it.
    if (stops || !this.stopped) {
      this.stopped = stops;
      await this.report(stops ? 'stopped' : 'delayed', reason).catch(() => undefined);
    }
    await this.leave();
  }

  private async report(state: SigningState, reason: string | null = null): Promise<void> {
    if (this.stopped && state !== 'stopped') return;
    if (!this.status.set(state, reason)) return;
    if (state !== 'signing') this.logger.error(`Signing of the log is ${state}: ${reason}`);
    await this.session?.recordStatus(state, reason, new Date(this.clock.now()));
  }
}

/** Rings for whoever waits; a ring that nobody heard is heard by the next who does. */
class Bell {
  private rung = false;
  private answer: () => void = () => undefined;

  ring(): void {
    this.rung = true;
    this.answer();
  }

  clear(): void {
    this.rung = false;
  }

  async wait(ms: number): Promise<void> {
    if (this.rung) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.answer = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.answer = () => undefined;
  }
}
