import type { DeclarationRow, SubjectKey } from '#lookup/domain';
import type { Applying } from './applying.js';
import { applyClaim, applyMandate } from './apply-claims.js';
import { applyDeclaration } from './apply-declarations.js';
import { applyDispute, applyTrigger } from './apply-disputes.js';
import { applyErasure, applyKey, applyVocabulary } from './apply-registry.js';
import { applyWork } from './apply-works.js';
import { NOTHING_OPENED, type Opened } from './opened.js';
import { type Leaf, readLeaf, ReplayFault } from './read-leaf.js';
import { Times } from './times.js';
import {
  ClaimStream,
  DisputeStream,
  emptyWorld,
  KeyStream,
  MandateStream,
  Stream,
  TriggerStream,
  WorkStream,
} from './world.js';

/** Applies a leaf; returns the stream that it begins, or the one that it was given. */
type Apply = (leaf: Leaf, stream: Stream | undefined, applying: Applying) => Stream;

const APPLY: Readonly<Record<Leaf['type'], Apply>> = {
  work: applyWork,
  claim: applyClaim,
  declaration: applyDeclaration,
  dispute: applyDispute,
  trigger: applyTrigger,
  mandate: applyMandate,
  key: applyKey,
  vocabulary: applyVocabulary,
  erasure: applyErasure,
  snapshot: (_leaf, stream) => stream ?? new Stream(),
};

/** What a stream must be for a leaf of the type to continue it. */
const CONTINUES: Readonly<Partial<Record<Leaf['type'], typeof Stream>>> = {
  work: WorkStream as unknown as typeof Stream,
  claim: ClaimStream,
  dispute: DisputeStream as unknown as typeof Stream,
  trigger: TriggerStream,
  mandate: MandateStream as unknown as typeof Stream,
  key: KeyStream as unknown as typeof Stream,
};

/**
 * The registry's public state, folded out of the leaves of its log: nothing else goes in, so whoever
 * has the log has the state. Leaves are taken one by one and kept in a form that can answer about
 * every earlier size too.
 */
export class PublicState {
  readonly world = emptyWorld();
  private readonly times = new Times();
  private readonly texts = new Map<string, string>();
  private count = 0;
  private fault: ReplayFault | null = null;

  /** How many leaves went in. */
  get size(): number {
    return this.count;
  }

  /** Time of the last leaf, epoch ms; 0 for none. */
  get lastTime(): number {
    return this.times.last;
  }

  /** How many leaves had been recorded by the moment (epoch ms). */
  sizeAt(moment: number): number {
    return this.times.sizeAt(moment);
  }

  timeOf(index: number): number {
    return this.times.at(index);
  }

  /**
   * Takes the next leaf, with the openings of its bundle. Throws {@link ReplayFault} on whatever is
   * not as leaves must be; the state is of no use from then on and says so again.
   */
  apply(entry: Uint8Array, opened: Opened = NOTHING_OPENED): Leaf {
    if (this.fault) throw this.fault;
    try {
      return this.take(readLeaf(this.count, entry), opened);
    } catch (fault) {
      if (fault instanceof ReplayFault) this.fault = fault;
      throw fault;
    }
  }

  private take(leaf: Leaf, opened: Opened): Leaf {
    const { streams } = this.world;
    const before = streams.get(leaf.stream);
    demandNext(leaf, before);
    if (before !== undefined && !(before instanceof (CONTINUES[leaf.type] ?? Stream))) {
      throw new ReplayFault('stream', leaf.index, `its stream ${leaf.stream} is of another type`);
    }
    if (leaf.t < this.times.last) {
      throw new ReplayFault('order', leaf.index, 'it is older than the leaf before it');
    }
    const { world, times } = this;
    times.push(leaf.t);
    const after = APPLY[leaf.type](leaf, before, { world, times, opened, one: this.one });
    after.n = leaf.n;
    after.last = leaf.index;
    if (before === undefined) streams.set(leaf.stream, after);
    this.count += 1;
    return leaf;
  }

  private readonly one = (text: string): string => {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, text);
    return text;
  };

  about(key: SubjectKey): readonly DeclarationRow[] {
    return this.world.subjects.get(key) ?? [];
  }
}

function demandNext({ index, stream, n, prev }: Leaf, before: Stream | undefined): void {
  const expected = (before?.n ?? 0) + 1;
  if (n !== expected) {
    const how = n > expected ? `its stream ${stream} has a gap` : `its stream ${stream} repeats`;
    throw new ReplayFault('stream', index, `${how}: after ${expected - 1} comes ${n}`);
  }
  const last = before === undefined ? null : before.last;
  if (prev !== last) {
    const reason = `its stream ${stream} was last at leaf ${last}, and it says ${prev}`;
    throw new ReplayFault('stream', index, reason);
  }
}
