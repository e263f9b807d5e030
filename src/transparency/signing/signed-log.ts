import { invariant } from '#kernel';
import { openCheckpoint, parseVerifierKey, verifyConsistency } from '#verify';
import type { SignedCheckpoint } from '../checkpoints.service.js';
import {
  checkpointText,
  consistencyProof,
  GrowingTree,
  leafHash,
  type NoteSigner,
  signNote,
  type Tile,
  TILE_WIDTH,
  tileWidthAt,
} from '../domain/index.js';
import type { Anchor } from './anchor.js';
import { GrowingBundles, type PublicFolder } from './public-folder.js';
import type { SignerSession, StoredHead, StoredLeaf } from './signer-session.repository.js';
import { SigningStopped } from './signing-status.service.js';

/** Leaves read at a time, and signed at most at once. */
export const LEAVES_AT_ONCE = 8_192;

/** How far back every start compares the database with what is public before it signs again. */
const CHECKED_AT_START = 50_000;

/** What the log's signatures are made with and checked against. */
export interface LogIdentity {
  readonly origin: string;
  readonly signers: readonly NoteSigner[];
  /** Verifier keys of every key that the log ever signed with. */
  readonly verifierKeys: readonly string[];
}

interface SignedHead {
  readonly size: number;
  readonly root: Buffer;
}

const NOTHING_SIGNED: SignedHead = { size: 0, root: new GrowingTree().root };

/**
 * The log on its way from rows to a signed and published tree. It believes neither the database nor
 * its own files: entries are hashed anew as they are read, the tree is compared with the head that
 * the writers kept, and nothing is signed that is not proven to continue what was signed last.
 */
export class SignedLog {
  private tiles: Tile[] = [];
  private bundles: { index: number; entries: readonly Buffer[] }[] = [];
  private auditedTo = 0;
  private publishedSize = -1;
  /** How often the whole log was compared since this was taken up. */
  rounds = 0;

  private constructor(
    private readonly session: SignerSession,
    private readonly anchor: Anchor,
    private readonly folder: PublicFolder,
    private readonly identity: () => LogIdentity,
    private tree: GrowingTree,
    private growing: GrowingBundles,
    private signed: SignedHead,
  ) {}

  /** The size that was signed last. */
  get signedSize(): number {
    return this.signed.size;
  }

  /**
   * Takes the log up where it was signed last. Throws {@link SigningStopped} where the database, the
   * anchor and the public files don't tell one history.
   */
  static async recover(
    session: SignerSession,
    anchor: Anchor,
    folder: PublicFolder,
    identity: () => LogIdentity,
  ): Promise<SignedLog> {
    const head = await session.readFlushedHead();
    const published = await session.findLatestCheckpoint();
    const note = await anchor.read();
    const shown = (await folder.read('checkpoint'))?.toString('utf8') ?? null;
    const signed = note === null ? NOTHING_SIGNED : open(note, identity(), 'The anchor');
    if (note === null && (published || shown !== null)) {
      throw new SigningStopped(
        `The anchor is missing, though checkpoints were published${published ? ` up to size ${published.size}` : ''}.`,
      );
    }
    if (head.size < signed.size) {
      throw new SigningStopped(
        `The database holds ${head.size} leaves, but ${signed.size} were signed: it was rolled back.`,
      );
    }
    if (published && published.size > signed.size) {
      throw new SigningStopped(
        `A checkpoint of size ${published.size} was published, but the anchor knows ${signed.size}: the anchor went back.`,
      );
    }
    const log = await takeUp(session, folder, shown, identity(), signed);
    const made = new SignedLog(session, anchor, folder, identity, log.tree, log.bundles, signed);
    made.tiles = log.tiles;
    made.bundles = log.full;
    made.publishedSize = published?.size ?? -1;
    await made.writeTree();
    if (published && shown !== published.note) await folder.show(published.note);
    made.auditedTo = Math.max(0, signed.size - CHECKED_AT_START);
    // A small log is through with its first round here; a larger one goes on beside the signing.
    while (made.auditedTo < signed.size) await made.audit(LEAVES_AT_ONCE);
    return made;
  }

  /** Everybody was told of the checkpoint of this size. */
  markPublished(size: number): void {
    this.publishedSize = size;
  }

  /** The head of the log where there is something to sign or to publish, else null. */
  async hasNews(): Promise<StoredHead | null> {
    const head = await this.session.readFlushedHead();
    if (head.size < this.signed.size) {
      throw new SigningStopped(
        `The database holds ${head.size} leaves, but ${this.signed.size} were signed: it was rolled back.`,
      );
    }
    if (head.size > this.signed.size) return head;
    refuseOtherRoot(this.signed.size, this.signed.root, head.root);
    return this.signed.size > this.publishedSize ? head : null;
  }

  /**
   * Signs and publishes the leaves up to `head`, or the first {@link LEAVES_AT_ONCE} of them: reads and
   * hashes them, proves that the new tree continues the signed one, anchors, has it witnessed, and
   * publishes. Can be called again after any failure on the way.
   */
  async signUpTo(
    head: StoredHead,
    cosign: (note: string, prove: (from: number) => Promise<readonly Buffer[]>) => Promise<string>,
  ): Promise<SignedCheckpoint> {
    await this.pull(head);
    const { size, root } = this.tree;
    await this.refuseUnlessContinued(size, root);
    const { origin, signers } = this.identity();
    const note = signNote(checkpointText(origin, size, root), signers);
    // From here on this size has this root, whatever happens: what comes after may fail.
    await this.anchor.write(note);
    this.signed = { size, root };
    await this.writeTree();
    const witnessed = await cosign(note, (from) => this.proofFrom(from, size));
    await this.folder.show(witnessed);
    return { origin, size, root, note: witnessed };
  }

  private async writeTree(): Promise<void> {
    await this.folder.grow({
      fullTiles: this.tiles,
      partialTiles: this.tree.partialTiles(),
      fullBundles: this.bundles,
      partialBundle: this.growing.partial,
    });
    this.tiles = [];
    this.bundles = [];
  }

  /**
   * Compares the next `count` leaves of the database with what is public, round and round; throws
   * {@link SigningStopped} naming the first that was changed or is gone.
   */
  async audit(count: number): Promise<void> {
    if (this.auditedTo >= this.signed.size) {
      this.auditedTo = 0;
      this.rounds += 1;
    }
    const to = Math.min(this.auditedTo + count, this.signed.size);
    if (to === this.auditedTo) return;
    const leaves = await this.session.listLeaves(this.auditedTo, to - this.auditedTo);
    let tile: Buffer = Buffer.alloc(0);
    for (let index = this.auditedTo, at = 0; index < to; index += 1, at += 1) {
      const place = index % TILE_WIDTH;
      if (place === 0 || at === 0) {
        const number = Math.floor(index / TILE_WIDTH);
        const width = tileWidthAt(0, number, this.signed.size);
        tile = await this.folder.readTile(0, number, width);
      }
      const hash = checkedHash(leaves[at], index);
      if (!hash.equals(tile.subarray(place * 32, place * 32 + 32))) throw changedLeaf(index);
    }
    this.auditedTo = to;
  }

  private async pull(head: StoredHead): Promise<void> {
    const to = Math.min(head.size, this.signed.size + LEAVES_AT_ONCE);
    const from = this.tree.size;
    if (from < to) {
      const leaves = await this.session.listLeaves(from, to - from);
      for (let index = from; index < to; index += 1) {
        const leaf = leaves[index - from];
        const hash = checkedHash(leaf, index);
        this.tree.append(hash);
        this.growing.append(leaf!.entry);
      }
      this.tiles.push(...this.tree.takeCompleted());
      this.bundles.push(...this.growing.takeFull());
    }
    if (this.tree.size === head.size) refuseOtherRoot(head.size, this.tree.root, head.root);
  }

  /** Proves with the verifier's code, not the builder's, that the new tree begins with the signed one. */
  private async refuseUnlessContinued(size: number, root: Buffer): Promise<void> {
    const { size: from, root: rootFrom } = this.signed;
    if (from === 0) return;
    const proof = await this.proofFrom(from, size);
    const claim = { from: BigInt(from), to: BigInt(size), proof, rootFrom, rootTo: root };
    const verdict = verifyConsistency(claim);
    if (verdict.ok) return;
    throw new SigningStopped(
      `The log of ${size} leaves does not continue the one of ${from} that was signed: ${verdict.reason}.`,
    );
  }

  /** The proof that the tree in hand, of `size` leaves, begins with that of `from`. */
  private async proofFrom(from: number, size: number): Promise<Buffer[]> {
    if (from === 0 || from >= size) return [];
    return consistencyProof({ from, to: size, published: size }, (level, index, width) =>
      this.readTile(level, index, width),
    );
  }

  /** A tile of the tree in hand: what is not published yet is here. */
  private async readTile(level: number, index: number, width: number): Promise<Buffer> {
    const isAsked = (tile: Tile) => tile.level === level && tile.index === index;
    const own = this.tiles.find(isAsked) ?? this.tree.partialTiles().find(isAsked);
    if (own) return own.hashes.subarray(0, width * 32);
    return this.folder.readTile(level, index, width);
  }
}

/** The hash of a leaf as it is in the database now; throws where it is gone or damaged. */
function checkedHash(leaf: StoredLeaf | undefined, index: number): Buffer {
  if (!leaf || leaf.index !== index) {
    throw new SigningStopped(`Leaf ${index} is missing from the database.`);
  }
  const hash = leafHash(leaf.entry);
  if (!hash.equals(leaf.hash)) throw changedLeaf(index);
  return hash;
}

function changedLeaf(index: number): SigningStopped {
  return new SigningStopped(`Leaf ${index} was changed in the database after it was logged.`);
}

function refuseOtherRoot(size: number, ours: Buffer, theirs: Buffer): void {
  if (ours.equals(theirs)) return;
  throw new SigningStopped(
    `The database gives the log of ${size} leaves another root than its leaves have.`,
  );
}

/** What a note of our own says; throws where it is not one of ours. */
function open(note: string, { origin, verifierKeys }: LogIdentity, what: string): SignedHead {
  const [named] = note.split('\n', 1);
  if (named !== origin) {
    throw new SigningStopped(
      `${what} is of the log ${named}, but this server is set to sign for ${origin}.`,
    );
  }
  const logs = verifierKeys.flatMap((vkey) => {
    const key = parseVerifierKey(vkey);
    return key.ok ? [{ key: key.value, url: null }] : [];
  });
  const policy = { logs, witnesses: [], groups: new Map(), quorum: null };
  const opened = openCheckpoint(note, policy);
  if (!opened.ok) {
    throw new SigningStopped(`${what} is not a checkpoint of this log: ${opened.reason}.`);
  }
  return { size: Number(opened.value.size), root: opened.value.root };
}

interface TakenUp {
  readonly tree: GrowingTree;
  readonly bundles: GrowingBundles;
  readonly tiles: Tile[];
  readonly full: { index: number; entries: readonly Buffer[] }[];
}

/**
 * The tree as it was signed: from the published tiles and the leaves since, or, where those don't
 * give the signed root, from all leaves of the database.
 */
async function takeUp(
  session: SignerSession,
  folder: PublicFolder,
  shown: string | null,
  identity: LogIdentity,
  signed: SignedHead,
): Promise<TakenUp> {
  const quick = shown === null ? null : await fromTiles(session, folder, shown, identity, signed);
  if (quick) return quick;
  const slow = await growTo(session, signed.size, {
    tree: new GrowingTree(),
    bundles: new GrowingBundles(),
    tiles: [],
    full: [],
  });
  if (!slow.tree.root.equals(signed.root)) {
    throw new SigningStopped(
      `The leaves in the database don't give the root that was signed for ${signed.size} leaves: ${await firstDifference(session, folder, signed.size)}`,
    );
  }
  return slow;
}

async function fromTiles(
  session: SignerSession,
  folder: PublicFolder,
  shown: string,
  identity: LogIdentity,
  signed: SignedHead,
): Promise<TakenUp | null> {
  try {
    const published = open(shown, identity, 'The published checkpoint');
    if (published.size > signed.size) return null;
    const tree = await GrowingTree.load(published.size, (...tile) => folder.readTile(...tile));
    if (!tree.root.equals(published.root)) return null;
    const edgeFrom = published.size - (published.size % TILE_WIDTH);
    const edge = await session.listLeaves(edgeFrom, published.size - edgeFrom);
    const bundles = GrowingBundles.at(
      published.size,
      edge.map((leaf) => leaf.entry),
    );
    const grown = await growTo(session, signed.size, { tree, bundles, tiles: [], full: [] });
    return grown.tree.root.equals(signed.root) ? grown : null;
  } catch (error) {
    // Files that are missing or not ours are made anew, if the database gives the signed root.
    if (error instanceof SigningStopped || (error as Error).message.includes('is not there')) {
      return null;
    }
    throw error;
  }
}

async function growTo(session: SignerSession, size: number, from: TakenUp): Promise<TakenUp> {
  const { tree, bundles, tiles, full } = from;
  while (tree.size < size) {
    const first = tree.size;
    const leaves = await session.listLeaves(first, Math.min(LEAVES_AT_ONCE, size - first));
    invariant(leaves.length > 0, 'the head counts leaves that are not there');
    leaves.forEach((leaf, at) => {
      tree.append(checkedHash(leaf, first + at));
      bundles.append(leaf.entry);
    });
    tiles.push(...tree.takeCompleted());
    full.push(...bundles.takeFull());
  }
  return from;
}

/** Names the first leaf that is another one than was published, where the tiles still tell. */
async function firstDifference(
  session: SignerSession,
  folder: PublicFolder,
  size: number,
): Promise<string> {
  for (let first = 0; first < size; first += TILE_WIDTH) {
    const number = first / TILE_WIDTH;
    const width = tileWidthAt(0, number, size);
    const tile = await folder.readTile(0, number, width).catch(() => null);
    if (!tile) break;
    for (const leaf of await session.listLeaves(first, width)) {
      const at = (leaf.index - first) * 32;
      if (!leafHash(leaf.entry).equals(tile.subarray(at, at + 32))) {
        return `leaf ${leaf.index} was changed.`;
      }
    }
  }
  return 'the public files do not tell which leaf was changed.';
}
