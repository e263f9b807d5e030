import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { describeVocabulary } from '#lookup/domain';
import { canonicalJson, Clock, DomainProblem, sha256 } from '#kernel';
import { Config, Database } from '#platform';
import { flush } from '#snapshots';
import type { Span } from '#snapshots/domain';
import {
  Checkpoints,
  LogAppender,
  LogProofs,
  signDetached,
  SigningKeys,
  SigningStatus,
} from '#transparency';
import { readSnapshotManifest } from '#verify';
import { croissantOf } from './domain/index.js';
import { type BuiltFiles, SnapshotBuilder } from './snapshot-builder.service.js';
import { type RegistryHead, SnapshotReading } from './snapshot-reading.query.js';
import { type HeldSnapshot, MANIFEST_FILES, SnapshotShelf } from './snapshot-shelf.service.js';
import { SnapshotStandings } from './snapshot-standings.repository.js';

const HOUR_MS = 3_600_000;

/** All leaves of snapshots stand in one stream. */
const STREAM = 'snapshot';

/** What is signed, before it has its place among the published ones. */
interface Signed {
  readonly folder: string;
  readonly manifest: string;
  readonly snapshot: string;
  readonly size: number;
  readonly count: number;
}

/**
 * Makes snapshots and publishes them: built from one state of the registry, named after a signed log, signed,
 * logged, and only then shown, all at once. Whatever fails before leaves the older snapshot where it is.
 */
@Injectable()
export class SnapshotPublisher {
  /** How long a checkpoint is waited for: of the log that the snapshot names, then of its own leaf. */
  patienceMs = 60_000;
  private readonly issuer: string;

  constructor(
    private readonly builder: SnapshotBuilder,
    private readonly shelf: SnapshotShelf,
    private readonly standings: SnapshotStandings,
    private readonly keys: SigningKeys,
    private readonly checkpoints: Checkpoints,
    private readonly proofs: LogProofs,
    private readonly signing: SigningStatus,
    private readonly log: LogAppender,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    const { PUBLIC_URL, HOST, PORT } = config;
    this.issuer = PUBLIC_URL?.replace(/\/$/, '') ?? `http://${HOST}:${PORT}`;
  }

  /**
   * Publishes a snapshot of what the registry holds now. Refuses where nothing is registered, the log is not
   * signed, or another one is being made. `signal` ends it where it stands, and nothing is left.
   */
  async publish(signal?: AbortSignal): Promise<HeldSnapshot> {
    this.signing.refuseWhereStopped();
    const reading = await SnapshotReading.begin(this.config.DATABASE_URL!);
    if (reading === null) {
      throw new DomainProblem('publishing/under-way', 'Another snapshot is being made.');
    }
    signal?.addEventListener('abort', () => void reading.end(), { once: true });
    try {
      // The lock is ours: what is unfinished was left by a crash.
      await this.shelf.sweep();
      const folder = await this.shelf.begin();
      try {
        const signed = await this.make(reading, folder, signal);
        signal?.throwIfAborted();
        await this.enterLog(signed);
        await this.shelf.publish(folder, signed.size);
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
      await this.clear();
      return (await this.shelf.latest(this.clock.now()))!;
    } finally {
      await reading.end();
    }
  }

  /** Every file, and a signature over their digests; nothing of it is public yet. */
  private async make(
    reading: SnapshotReading,
    folder: string,
    signal: AbortSignal | undefined,
  ): Promise<Signed> {
    const head = await reading.head();
    const asOf = Math.max(this.clock.now(), head.recordedAt);
    const span = { asOf, until: asOf + this.config.SNAPSHOT_VALID_HOURS * HOUR_MS };
    const older = (await this.current()).slice(0, this.config.SNAPSHOT_KEEP - 1);
    const built = await this.builder.build({
      ...{ reading, head, span, folder, older, signal },
    });
    if (built === null) {
      const detail = 'No identifier leads to a work, so there is nothing to publish.';
      throw new DomainProblem('publishing/nothing-registered', detail);
    }
    const origin = await this.coveredLog(head);
    const snapshot = randomUUID();
    const manifest = this.describe({ snapshot, origin, head, span, built });
    await this.sign(folder, manifest);
    await this.writeDataset(folder, manifest);
    return { folder, manifest, snapshot, size: head.size, count: built.identifiers };
  }

  private describe(of: {
    readonly snapshot: string;
    readonly origin: string;
    readonly head: RegistryHead;
    readonly span: Span;
    readonly built: BuiltFiles;
  }): string {
    const { snapshot, origin, head, span, built } = of;
    return canonicalJson({
      ...{ v: 1, type: 'consent-snapshot', iss: this.issuer, snapshot, origin },
      ...{ size: head.size, root: head.root, vocabulary: describeVocabulary() },
      asOf: new Date(span.asOf).toISOString(),
      expires: new Date(span.until).toISOString(),
      ...built,
    });
  }

  /** Nobody gets a snapshot that names a log of which no checkpoint is published, or another one. */
  private async coveredLog({ size, root }: RegistryHead): Promise<string> {
    const checkpoint = await this.checkpoints.covering(size, this.patienceMs);
    if (checkpoint === null) throw this.notSigned(`No checkpoint covers its ${size} leaves.`);
    if ((await this.proofs.rootAt(size)).toString('base64') !== root) {
      throw this.notSigned('The database holds another log than the one that was signed.');
    }
    return checkpoint.origin;
  }

  private notSigned(why: string): DomainProblem {
    const { reason } = this.signing;
    const detail = `${why}${reason === null ? '' : ` ${reason}`} Nothing is published.`;
    return new DomainProblem('publishing/log-not-signed', detail, { retryAfterSeconds: 600 });
  }

  /** A detached JWS (RFC 7515, appendix F) over the very bytes of the manifest. */
  private async sign(folder: string, manifest: string): Promise<void> {
    const key = this.keys.current('receipt');
    await writeFile(join(folder, 'manifest.json'), manifest);
    const jws = signDetached(key, 'consent-snapshot+jws', manifest);
    await writeFile(join(folder, 'manifest.jws'), jws);
  }

  /** What catalogues of datasets read; of the manifest as everybody else will read it. */
  private async writeDataset(folder: string, manifest: string): Promise<void> {
    const read = readSnapshotManifest(Buffer.from(manifest));
    if (!read.ok) throw new Error(`A manifest that nobody would take was made: ${read.reason}`);
    const dataset = croissantOf(read.value, this.config.SNAPSHOT_LICENSE);
    await writeFile(join(folder, 'croissant.json'), JSON.stringify(dataset, null, 2));
  }

  /**
   * The digest becomes a leaf before anybody sees what it is of: no snapshot is shown to one and not to
   * another. A crash after this leaves a leaf of a snapshot that nobody ever gets, which harms nobody.
   */
  private async enterLog({ folder, manifest, snapshot, size, count }: Signed): Promise<void> {
    const digest = sha256(manifest).toString('hex');
    const { leafIndexes } = await this.database.transaction((tx) =>
      this.log.append(tx, [
        { type: 'snapshot', stream: STREAM, content: { snapshot, size, count, digest } },
      ]),
    );
    const index = leafIndexes[0]!;
    if ((await this.checkpoints.covering(index + 1, this.patienceMs)) === null) {
      throw this.notSigned('No checkpoint covers the leaf that tells of it.');
    }
    const proof = join(folder, 'manifest.tlog-proof');
    await writeFile(proof, await this.proofs.proofFile(index));
    for (const name of MANIFEST_FILES) await flush(join(folder, name));
  }

  /** Takes away what has expired, and all but the newest of the rest. */
  private async clear(): Promise<void> {
    const kept = (await this.current()).slice(0, this.config.SNAPSHOT_KEEP);
    for (const one of await this.shelf.list()) {
      const isKept = kept.some(({ manifest }) => manifest.size === one.manifest.size);
      if (!isKept) await this.shelf.remove(one);
    }
    await this.standings.forgetBefore(kept.at(-1)!.manifest.size);
  }

  private async current(): Promise<HeldSnapshot[]> {
    const now = this.clock.now();
    return (await this.shelf.list()).filter(({ manifest }) => now < manifest.expires);
  }
}
