import { AsyncLocalStorage } from 'node:async_hooks';

/** Commands in one transaction at most; more would keep other writers waiting for long. */
const COMMANDS_MAX = 128;

interface Waiting<Command, Result> {
  readonly command: Command;
  readonly keys: readonly string[];
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Options<Command, Result> {
  /** Two commands that share a key are not run in one go. */
  readonly keysOf: (command: Command) => readonly string[];
  /** Runs several commands, each whole or not at all; throws where none of them was. */
  readonly run: (commands: readonly Command[]) => Promise<readonly (Result | Error)[]>;
}

/**
 * Runs commands together that arrive while others are being written. Each write takes the log's lock
 * for several round trips and a commit; shared by all that wait, a busy registry takes in five times as
 * much, and an idle one waits for nobody.
 */
export class Together<Command, Result> {
  private waiting: Waiting<Command, Result>[] = [];
  private isRunning = false;
  /** Commands of many requests run in the context of none of them. */
  private readonly outside = AsyncLocalStorage.snapshot();

  constructor(private readonly options: Options<Command, Result>) {}

  add(command: Command): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ command, keys: this.options.keysOf(command), resolve, reject });
      if (!this.isRunning) this.outside(() => void this.runAll());
    });
  }

  private async runAll(): Promise<void> {
    this.isRunning = true;
    while (this.waiting.length > 0) await this.runSome(this.take());
    this.isRunning = false;
  }

  /** The first of those that wait, and others that don't meet any of them or of those before. */
  private take(): Waiting<Command, Result>[] {
    const taken: Waiting<Command, Result>[] = [];
    const left: Waiting<Command, Result>[] = [];
    const keys = new Set<string>();
    for (const one of this.waiting) {
      const fits = taken.length < COMMANDS_MAX && !one.keys.some((key) => keys.has(key));
      (fits ? taken : left).push(one);
      for (const key of one.keys) keys.add(key);
    }
    this.waiting = left;
    return taken;
  }

  private async runSome(some: readonly Waiting<Command, Result>[]): Promise<void> {
    try {
      const results = await this.options.run(some.map(({ command }) => command));
      some.forEach(({ resolve, reject }, at) => {
        const result = results[at]!;
        if (result instanceof Error) reject(result);
        else resolve(result);
      });
    } catch (error) {
      // One that breaks the transaction must not take the others along.
      if (some.length === 1) some[0]!.reject(error);
      else for (const one of some) await this.runSome([one]);
    }
  }
}
