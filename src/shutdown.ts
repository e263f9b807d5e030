type Stop = () => Promise<void> | void;

/** Within this time a second signal is an echo of the first. */
const ECHO_MS = 1_000;

/** Longer than everything that is stopped may take by its own limits. */
const STOP_TIMEOUT_MS = 100_000;

/** Somebody pressed Ctrl-C while the server was still starting. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/**
 * What was started, and the way in which all of it ends: the last started first, on Ctrl-C as on a
 * failure. Signals count from the first step of the start on, because a PostgreSQL that nobody stops
 * would outlive the process.
 */
export class Shutdown {
  private readonly stops: Stop[] = [];
  private askedAt: number | null = null;
  private serving = false;

  constructor(private readonly say: (line: string) => void) {}

  /** Remembers how something that was just started is stopped. */
  push(stop: Stop): void {
    this.stops.push(stop);
  }

  /** Throws {@link Interrupted} once a signal has come; called between the steps of a start. */
  check(): void {
    if (this.wasAsked) throw new Interrupted();
  }

  get wasAsked(): boolean {
    return this.askedAt !== null;
  }

  /** From here on a signal ends the process; before, the start itself gives up at its next step. */
  serves(): void {
    this.check();
    this.serving = true;
  }

  /** Obeys SIGINT, SIGTERM and SIGHUP, and takes nothing along into a crash. */
  listen(): void {
    // A terminal that is gone, or `| head` that has seen enough, must not keep anything from stopping.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => this.ask());
    }
    process.on('uncaughtException', (error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      void this.end(1);
    });
  }

  private ask(): void {
    if (this.askedAt !== null) {
      // One Ctrl-C arrives twice under npm: from the terminal and passed on by npm. Only a second one
      // that somebody meant ends the process before everything is stopped.
      if (performance.now() - this.askedAt > ECHO_MS) process.exit(1);
      return;
    }
    this.askedAt = performance.now();
    this.say('Stopping …');
    if (this.serving) void this.end(0);
  }

  /** Stops everything and ends the process. */
  async end(exitCode: number): Promise<never> {
    const cut = setTimeout(() => process.exit(1), STOP_TIMEOUT_MS);
    const whole = await this.stopAll();
    clearTimeout(cut);
    if (exitCode === 0 && whole) this.say('Stopped.');
    process.exit(whole ? exitCode : 1);
  }

  /** Runs every stop; one that fails does not keep the others from running, and makes it false. */
  async stopAll(): Promise<boolean> {
    let whole = true;
    for (let stop = this.stops.pop(); stop; stop = this.stops.pop()) {
      try {
        await stop();
      } catch (error) {
        whole = false;
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
    return whole;
  }
}
