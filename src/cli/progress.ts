import type { Terminal } from './terminal.js';

/** Tells how far a long task is. */
export interface Progress {
  update(done: number, total: number, doing: string): void;
  stop(): void;
}

/** A bar where a person watches; elsewhere, in logs, one line per tenth. */
export async function startProgress(terminal: Terminal): Promise<Progress> {
  return terminal.isWatched ? startBar() : new TenthLines((line) => terminal.note(line));
}

async function startBar(): Promise<Progress> {
  const { SingleBar, Presets } = (await import('cli-progress')).default;
  const format = '{doing} {bar} {percentage}% · {value} of {total} · {eta_formatted} left';
  const bar = new SingleBar(
    { format, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  let current: string | null = null;
  return {
    update(done, total, doing) {
      // Each task begins anew, so that the time left is reckoned from its own pace.
      if (doing !== current) bar.start(total, done, { doing });
      current = doing;
      bar.update(done, { doing });
    },
    stop() {
      if (current !== null) bar.stop();
    },
  };
}

/** Prints once per tenth and task, so that a log stays short however large the file. */
export class TenthLines implements Progress {
  private last = '';

  constructor(private readonly print: (line: string) => void) {}

  update(done: number, total: number, doing: string): void {
    const tenths = total === 0 ? 10 : Math.floor((done / total) * 10);
    const mark = `${doing} ${tenths}`;
    if (tenths === 0 || mark === this.last) return;
    this.last = mark;
    this.print(`${doing} ${tenths * 10} % (${done} of ${total})`);
  }

  stop(): void {
    this.last = '';
  }
}
