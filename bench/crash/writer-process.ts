import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What a writer is told. */
export interface Order {
  /** Start the registry and write. */
  readonly go?: true;
  /** Let its files fail by this seed; null: let them be. */
  readonly faults?: number | null;
}

/** What a writer says: a line in words, as `ack 17 dcl_…`. */
export type Heard = (words: string[]) => void;

/** A process with the registry in it; loaded ahead of time, it starts when it is told to. */
export class WriterProcess {
  /** All its code is in memory. */
  readonly loaded: Promise<void>;
  readonly ended: Promise<void>;
  hasEnded = false;
  private readonly child: ChildProcess;
  private onLoaded: () => void = () => undefined;

  constructor(
    environment: Readonly<Record<string, string>>,
    private readonly heard: Heard,
  ) {
    this.child = spawn(process.execPath, ['--import', here('./faults.js'), here('./writer.js')], {
      env: { ...process.env, ...environment, LOG_LEVEL: 'silent' },
      // A start while the database goes down may end with all that Node knows about it.
      stdio: ['ignore', 'pipe', process.env['CRASH_TALK'] ? 'inherit' : 'ignore', 'ipc'],
    });
    this.child.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      this.child.once('exit', () => {
        this.hasEnded = true;
        resolve();
      });
    });
    const loaded = new Promise<void>((resolve) => (this.onLoaded = resolve));
    this.loaded = Promise.race([loaded, this.ended]);
    this.listen();
  }

  /** Starts the registry as soon as it is loaded. */
  async start(): Promise<void> {
    await this.loaded;
    this.order({ go: true });
  }

  order(order: Order): void {
    if (this.child.connected) this.child.send(order, () => undefined);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.child.kill(signal);
    await this.ended;
  }

  /** A line that was cut off counts for nothing. */
  private listen(): void {
    let rest = '';
    this.child.stdout!.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        if (line === 'loaded') this.onLoaded();
        else this.heard(line.split(' '));
      }
    });
  }
}
