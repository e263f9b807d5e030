import { openingsPath } from '#openings/domain';
import { type FetchLogFile, LogReader, type TreeHead, TreeHasher } from '#verify';
import { type Leaf, NOTHING_OPENED, Opened, PublicState, ReplayFault } from './domain/index.js';

const WIDTH = 256;

/** What a replay came to: done, or why not. `kind` says what kind of fault it is. */
export type Replayed =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly kind: ReplayFault['kind'] | 'tree' | 'source';
      readonly reason: string;
    };

/**
 * Folds a log into the state of its registry, leaf by leaf, and never a leaf that does not hash into
 * the signed tree. It can go on when the log has grown.
 */
export class LogReplay {
  readonly state = new PublicState();
  readonly reader: LogReader;
  private readonly hasher = new TreeHasher();
  private opened = NOTHING_OPENED;

  constructor(private readonly fetch: FetchLogFile) {
    this.reader = new LogReader(fetch);
  }

  /**
   * Takes all leaves up to `size` of the log with this head. Tells of each leaf; nothing is thrown,
   * whatever the log holds.
   */
  async catchUp(
    head: TreeHead,
    size: number = Number(head.size),
    onLeaf: (leaf: Leaf) => void = () => undefined,
  ): Promise<Replayed> {
    const end = Number(head.size);
    try {
      if (this.state.size >= size && this.hasher.size === 0n) return { ok: true };
      for await (const entry of this.reader.entries(head, this.hasher)) {
        if (!entry.ok) return { ok: false, kind: 'tree', reason: entry.reason };
        const index = this.state.size;
        if (index >= size) break;
        if (index % WIDTH === 0 || this.opened === NOTHING_OPENED) await this.open(index, end);
        onLeaf(this.state.apply(entry.value.bytes, this.opened));
        if (this.state.size % WIDTH === 0) this.opened.demandUsed(this.state.size);
      }
      this.opened.demandUsed(this.state.size);
      // The file of a bundle that is not full holds more when the log has grown.
      this.opened = NOTHING_OPENED;
      return { ok: true };
    } catch (fault) {
      if (fault instanceof ReplayFault) {
        return { ok: false, kind: fault.kind, reason: fault.message };
      }
      return { ok: false, kind: 'source', reason: (fault as Error).message };
    }
  }

  private async open(index: number, end: number): Promise<void> {
    const n = Math.floor(index / WIDTH);
    const first = n * WIDTH;
    const width = Math.min(WIDTH, end - first);
    const file =
      (await this.fetch(openingsPath(n, width))) ??
      (width < WIDTH ? await this.fetch(openingsPath(n)) : null);
    const text = file === null ? '' : Buffer.from(file).toString('utf8');
    this.opened = Opened.read(text, first, first + WIDTH, index);
  }
}
