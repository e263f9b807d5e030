import type { FetchLogFile, OpenedCheckpoint, Policy } from '#verify';
import { type Leaf, vocabularyFault } from './domain/index.js';
import { LogReplay } from './log-replay.js';
import type { Alert, AlertKind, Seen } from './monitor-alert.js';
import { answerFault, drawSamples, readAnswered, type Sample } from './monitor-samples.js';

/** How far the time of a leaf may lie from when it was seen. */
const TOLERANCE_MS = 60_000;

/** How often a checkpoint is looked for that covers a live answer. */
const COVERED_TRIES = 20;

/** Old leaves that are read again each round: what was right once may have been rewritten since. */
const REREAD = 4;

export interface MonitorPorts {
  readonly fetch: FetchLogFile;
  /** The body of a live lookup by its path; null for a registry that can't be asked. */
  readonly ask: ((path: string) => Promise<string>) | null;
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  /** Lets a moment pass in which the registry may publish. */
  readonly pause: () => Promise<unknown>;
}

/**
 * Follows a log and compares what the registry answers with what its log gives. Keeps the whole
 * public state in memory, and never lets go of the largest tree that it saw.
 */
export class Monitor {
  private readonly replay: LogReplay;
  private alerts: Alert[] = [];
  private head: OpenedCheckpoint | null = null;
  /** Whether a file could not be had in this round: then nothing of it is a verdict on the log. */
  private failed = false;

  constructor(
    private readonly ports: MonitorPorts,
    private readonly policy: Policy,
    private readonly samples: number,
    private seen: Seen | null,
  ) {
    this.replay = new LogReplay(async (path) => {
      try {
        return await ports.fetch(path);
      } catch (error) {
        this.failed = true;
        throw error;
      }
    });
  }

  /** The largest tree seen so far, to be kept for the next run. */
  get lastSeen(): Seen | null {
    return this.seen;
  }

  get size(): number {
    return this.replay.state.size;
  }

  /** One look at everything. What it found; nothing is thrown. */
  async round(): Promise<readonly Alert[]> {
    this.alerts = [];
    this.failed = false;
    const head = await this.follow();
    if (head !== null) {
      this.checkVocabulary();
      await this.reread(head);
      await this.checkAnswers();
    }
    return this.alerts;
  }

  /** Reads what is new and takes it in; null when the log can't be followed any further. */
  private async follow(): Promise<OpenedCheckpoint | null> {
    const head = await this.replay.reader.checkpoint(this.policy);
    if (!head.ok) return this.alert('checkpoint', head.reason);
    const now = this.ports.now();
    const { seen } = this;
    if (seen !== null && seen.origin !== head.value.origin) {
      return this.alert('fork', `the log is called ${head.value.origin}, and was ${seen.origin}`);
    }
    if (seen !== null) {
      const root = Buffer.from(seen.root, 'base64');
      const extended = await this.replay.reader.extends(head.value, BigInt(seen.size), root);
      if (!extended.ok) return this.alert('fork', extended.reason);
    }
    const done = await this.replay.catchUp(head.value, undefined, (leaf) =>
      this.checkTime(leaf, seen, now),
    );
    if (!done.ok) return this.alert(done.kind === 'source' ? 'tree' : done.kind, done.reason);
    const { origin, size, root } = head.value;
    this.seen = { origin, size: Number(size), root: root.toString('base64'), seenAt: now };
    this.head = head.value;
    return head.value;
  }

  /** What was not there when the log was last seen was recorded later than that, and not after now. */
  private checkTime({ index, t }: Leaf, seen: Seen | null, now: number): void {
    if (t > now + TOLERANCE_MS) {
      this.alert('future', `leaf ${index} is of ${iso(t)}, and was seen at ${iso(now)}`);
    } else if (seen !== null && index >= seen.size && t < seen.seenAt - TOLERANCE_MS) {
      const before = `the log had ${seen.size} leaves at ${iso(seen.seenAt)}`;
      this.alert('backdated', `leaf ${index} is of ${iso(t)}, but ${before}`);
    }
  }

  private checkVocabulary(): void {
    const fault = vocabularyFault(this.replay.state);
    if (fault !== null) this.alert('vocabulary', fault);
  }

  private async reread(head: OpenedCheckpoint): Promise<void> {
    for (let turn = 0; turn < REREAD && this.size > 0; turn += 1) {
      const index = BigInt(Math.floor(this.ports.random() * this.size));
      const entry = await this.replay.reader.entry(head, index);
      if (!entry.ok) this.alert('tree', entry.reason);
    }
  }

  private async checkAnswers(): Promise<void> {
    if (this.ports.ask === null) return;
    for (const sample of drawSamples(this.replay.state, this.samples, this.ports.random)) {
      if (!(await this.checkAnswer(sample, this.ports.ask))) return;
    }
  }

  /** Asks the registry and compares. False when there is no use in asking more. */
  private async checkAnswer(
    sample: Sample,
    ask: (path: string) => Promise<string>,
  ): Promise<boolean> {
    const name = `${sample.scheme}:${sample.value}`;
    const [published, asked] = [this.size, this.ports.now()];
    let text: string;
    try {
      text = await ask(sample.path);
    } catch (error) {
      this.alert('unreachable', `a lookup of ${name} failed: ${(error as Error).message}`);
      return false;
    }
    const answered = readAnswered(text);
    if (answered === null) {
      this.alert('answer', `${name} is answered without the log that the answer is of`);
      return true;
    }
    if (answered.size < published || answered.asOf < asked - TOLERANCE_MS) {
      const when = `as of ${iso(answered.asOf)} at log size ${answered.size}`;
      this.alert('stale', `${name} is answered ${when}; published before were ${published} leaves`);
      return true;
    }
    const head = await this.covering(answered.size);
    if (head === null) {
      const reason = `${name} is answered at log size ${answered.size}, which no checkpoint covers`;
      this.alert('unpublished', reason);
      return false;
    }
    const size = BigInt(answered.size);
    const isOfLog = await this.replay.reader.extends(head, size, answered.root);
    if (!isOfLog.ok) this.alert('fork', `the answer for ${name}: ${isOfLog.reason}`);
    const fault = answerFault(this.replay.state, sample, answered);
    if (fault !== null) this.alert('answer', fault);
    return true;
  }

  /** A head of at least this size, followed; null when none comes. */
  private async covering(size: number): Promise<OpenedCheckpoint | null> {
    for (let turn = 0; turn < COVERED_TRIES && this.size < size; turn += 1) {
      if (turn > 0) await this.ports.pause();
      if ((await this.follow()) === null) return null;
    }
    return this.size < size ? null : this.head;
  }

  private alert(found: AlertKind, detail: string): null {
    const kind = this.failed ? 'unreachable' : found;
    const at = iso(this.ports.now());
    this.alerts.push({ kind, detail, at, size: this.size });
    return null;
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
