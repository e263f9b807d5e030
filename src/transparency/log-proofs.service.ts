import { Injectable } from '@nestjs/common';
import { DomainProblem } from '#kernel';
import { Checkpoints, type SignedCheckpoint } from './checkpoints.service.js';
import { consistencyProof, inclusionProof, rootAt } from './domain/index.js';
import { LogFolders } from './log-folders.js';
import { type LeafView, LogQuery } from './log.query.js';
import { PublicFolder } from './signing/public-folder.js';

/** Proofs over the published log, from its public tiles alone: anybody can work them out alike. */
@Injectable()
export class LogProofs {
  private readonly folder: PublicFolder;

  constructor(
    folders: LogFolders,
    private readonly checkpoints: Checkpoints,
    private readonly query: LogQuery,
  ) {
    this.folder = new PublicFolder(folders.public);
  }

  /** The checkpoint that was published last. Refuses where there is none yet. */
  latest(): SignedCheckpoint {
    const { latest } = this.checkpoints;
    if (latest) return latest;
    throw new DomainProblem('transparency/no-checkpoint', 'Nothing was signed yet.', {
      retryAfterSeconds: 1,
    });
  }

  /** The audit path of a leaf in a published tree, leaf to root (RFC 6962 §2.1.1). */
  async inclusion(index: number, size: number): Promise<Buffer[]> {
    const published = this.latest().size;
    if (index >= size || size > published) throw notPublished(published);
    return inclusionProof({ index, size, published }, this.read);
  }

  /** The proof between two published trees (RFC 6962 §2.1.2); empty where both are the same. */
  async consistency(from: number, to: number): Promise<Buffer[]> {
    const published = this.latest().size;
    if (from === 0 || from > to || to > published) throw notPublished(published);
    return consistencyProof({ from, to, published }, this.read);
  }

  /** The root that the published log has over its first `size` leaves. */
  async rootAt(size: number): Promise<Buffer> {
    const { size: published, root } = this.latest();
    if (size === published) return root;
    if (size === 0 || size > published) throw notPublished(published);
    return rootAt({ size, published }, this.read);
  }

  /** A leaf and whether a checkpoint covers it. */
  async leaf(index: number): Promise<{ leaf: LeafView; checkpoint: SignedCheckpoint | null }> {
    const leaf = await this.query.findLeaf(index);
    if (!leaf)
      throw new DomainProblem('transparency/no-such-leaf', `The log has no leaf ${index}.`);
    const { latest } = this.checkpoints;
    return { leaf, checkpoint: latest && latest.size > index ? latest : null };
  }

  /**
   * A `.tlog-proof` file (c2sp.org/tlog-proof) for a leaf in the tree that was published last, with the
   * entry itself as its extra data.
   */
  async proofFile(index: number): Promise<string> {
    const { size, note } = this.latest();
    const { leaf } = await this.leaf(index);
    const extra = leaf.entry.toString('base64');
    const hashes = await this.inclusion(index, size);
    const lines = hashes.map((hash) => `${hash.toString('base64')}\n`);
    return `c2sp.org/tlog-proof@v1\nextra ${extra}\nindex ${index}\n${lines.join('')}\n${note}`;
  }

  /** A tile or bundle as it was published, by its path below the log; null where there is none. */
  file(name: string): Promise<Buffer | null> {
    return this.folder.read(name);
  }

  private readonly read = async (level: number, index: number, width: number) => {
    try {
      return await this.folder.readTile(level, index, width);
    } catch (cause) {
      const detail = 'This server does not keep the public files of the log.';
      throw Object.assign(new DomainProblem('transparency/no-such-file', detail), { cause });
    }
  };
}

function notPublished(size: number): DomainProblem {
  return new DomainProblem(
    'transparency/not-published',
    `The log was published up to size ${size}.`,
    {
      size,
    },
  );
}
