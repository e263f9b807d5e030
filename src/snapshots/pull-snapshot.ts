import { copyFile, link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  readSnapshotManifest,
  type ReceiptKeys,
  type SnapshotFile,
  type SnapshotManifest,
  verifySnapshotManifest,
} from '#verify';
import { applyChanges, identifiersFile } from './changes.query.js';
import { checkFolder, fileFault } from './check-folder.js';
import { flush } from './digest-file.js';
import { DownloadFailed, fetchDocument, fetchFile, type FetchPath } from './download.js';
import { withDuckDb } from './duckdb.js';
import { SNAPSHOT_NAME } from './newest-in.js';

export interface Pulling {
  readonly fetch: FetchPath;
  /** Where snapshots are kept, each in a folder named after its size. */
  readonly into: string;
  readonly keys: ReceiptKeys;
  /** Epoch ms. */
  readonly now: number;
  readonly tell: (line: string) => void;
}

export interface Pulled {
  readonly folder: string;
  readonly manifest: SnapshotManifest;
  /** Bytes that came over the network. */
  readonly fetched: number;
  readonly isNew: boolean;
}

const MANIFEST_BYTES_MAX = 8 * 1024 * 1024;
const SMALL_BYTES_MAX = 512 * 1024;

/** A snapshot that is here already; its files are compared before anything is taken from them. */
interface Held {
  readonly folder: string;
  readonly manifest: SnapshotManifest;
}

/**
 * Brings the newest snapshot of a registry into a folder, as little of it as has to be: from changes to
 * the one that is there where those are smaller, and going on where an earlier attempt broke off. Nothing
 * appears under its name before its signature and every digest were compared.
 */
export async function pullSnapshot(pulling: Pulling): Promise<Pulled> {
  const { fetch, into, keys, now, tell } = pulling;
  const bytes = await fetchDocument(fetch, '/snapshots/latest/manifest.json', MANIFEST_BYTES_MAX);
  const read = readSnapshotManifest(bytes);
  if (!read.ok) throw new DownloadFailed(read.reason);
  const base = `/snapshots/${read.value.size}`;
  const jws = await fetchDocument(fetch, `${base}/manifest.jws`, SMALL_BYTES_MAX);
  const signed = verifySnapshotManifest(bytes, jws.toString('latin1'), keys, now);
  if (!signed.ok) throw new DownloadFailed(signed.reason);
  const manifest = signed.value;
  await mkdir(into, { recursive: true });
  const held = await listHeld(into);
  if (held[0] !== undefined && held[0].manifest.size > manifest.size) {
    const newer = held[0].manifest.size;
    throw new DownloadFailed(
      `the registry shows a snapshot of ${manifest.size} leaves, and one of ${newer} is here already`,
    );
  }
  const folder = join(into, String(manifest.size));
  const here = await checkFolder(folder, keys, now);
  if (here.ok && here.value.bytes.equals(bytes)) {
    return { folder, manifest, fetched: 0, isNew: false };
  }
  const partial = join(into, `.partial-${manifest.snapshot}`);
  await mkdir(partial, { recursive: true });
  const older = held.find((one) => one.manifest.size < manifest.size);
  const files = new PartialFiles(pulling, base, partial, manifest, older);
  for (const file of manifest.files) if (file.role !== 'changes') await files.bring(file);
  const proof = await fetchDocument(fetch, `${base}/manifest.tlog-proof`, SMALL_BYTES_MAX);
  await rm(join(partial, 'changes'), { recursive: true, force: true });
  for (const [name, content] of [
    ['manifest.json', bytes],
    ['manifest.jws', jws],
    ['manifest.tlog-proof', proof],
  ] as const) {
    await writeFile(join(partial, name), content);
    await flush(join(partial, name));
  }
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  await flush(into);
  await clear(into, manifest.size, tell);
  return { folder, manifest, fetched: files.fetched, isNew: true };
}

/** The files of a snapshot on their way here. */
class PartialFiles {
  fetched = 0;

  constructor(
    private readonly pulling: Pulling,
    private readonly base: string,
    private readonly partial: string,
    private readonly manifest: SnapshotManifest,
    private readonly older: Held | undefined,
  ) {}

  async bring(file: SnapshotFile): Promise<void> {
    const target = join(this.partial, file.path);
    if ((await fileFault(target, file)) === null) return;
    await mkdir(dirname(target), { recursive: true });
    if (await this.keep(file, target)) return;
    if (await this.rebuild(file, target)) return;
    await this.fetch(file, target);
  }

  /** Where the older snapshot has the very same file. */
  private async keep(file: SnapshotFile, target: string): Promise<boolean> {
    const { older } = this;
    const same = older?.manifest.files.find((one) => one.sha256 === file.sha256);
    if (older === undefined || same === undefined) return false;
    const source = join(older.folder, same.path);
    if ((await fileFault(source, file)) !== null) return false;
    await rm(target, { force: true });
    await link(source, target).catch(() => copyFile(source, target));
    this.pulling.tell(`${file.path}: as it was`);
    return true;
  }

  /** From the older snapshot and its changes; what does not come out as it was signed is not taken. */
  private async rebuild(file: SnapshotFile, target: string): Promise<boolean> {
    const { older, manifest, partial } = this;
    const { scheme } = file;
    if (older === undefined || scheme === undefined) return false;
    const from = older.manifest.size;
    const changes = manifest.files.find((one) => one.from === from && one.scheme === scheme);
    const path = identifiersFile('.', scheme);
    const before = older.manifest.files.find((one) => join(one.path) === path);
    if (join(file.path) !== path || changes === undefined || before === undefined) return false;
    if (changes.bytes >= file.bytes) return false;
    const source = join(older.folder, before.path);
    if ((await fileFault(source, before)) !== null) return false;
    const local = join(partial, changes.path);
    await mkdir(dirname(local), { recursive: true });
    await this.fetch(changes, local);
    await withDuckDb({ spillFolder: join(partial, 'spill') }, (connection) =>
      applyChanges(connection, { older: source, changes: local }, dirname(target)),
    );
    if ((await fileFault(target, file)) === null) return true;
    // Another version of the engine may write the same rows in other bytes.
    await rm(target, { force: true });
    this.pulling.tell(`${file.path}: its changes do not give the signed file; fetching all of it`);
    return false;
  }

  private async fetch(file: SnapshotFile, target: string): Promise<void> {
    const { fetch, tell } = this.pulling;
    tell(`${file.path}: ${file.bytes} bytes`);
    for (const attempt of ['first', 'anew']) {
      await fetchFile(fetch, `${this.base}/${file.path}`, target, file.bytes);
      const fault = await fileFault(target, file);
      if (fault === null) {
        this.fetched += file.bytes;
        return;
      }
      // What an earlier run had left may have been damaged.
      await rm(target, { force: true });
      if (attempt === 'anew') throw new DownloadFailed(`${file.path} is ${fault}`);
    }
  }
}

/** Snapshots that are here, the newest first. */
async function listHeld(into: string): Promise<Held[]> {
  const held: Held[] = [];
  for (const name of await readdir(into)) {
    if (!SNAPSHOT_NAME.test(name)) continue;
    const folder = join(into, name);
    const bytes = await readFile(join(folder, 'manifest.json')).catch(() => null);
    const manifest = bytes === null ? null : readSnapshotManifest(bytes);
    if (manifest?.ok && String(manifest.value.size) === name) {
      held.push({ folder, manifest: manifest.value });
    }
  }
  return held.sort((a, b) => b.manifest.size - a.manifest.size);
}

/** Keeps the newest and the one before, which somebody may be reading; what broke off is of no more use. */
async function clear(into: string, size: number, tell: (line: string) => void): Promise<void> {
  const sizes = (await listHeld(into)).map(({ manifest }) => manifest.size);
  const before = sizes.find((one) => one < size);
  for (const name of await readdir(into)) {
    const isOld =
      SNAPSHOT_NAME.test(name) && Number(name) < (before ?? size) && sizes.includes(Number(name));
    if (!isOld && !name.startsWith('.partial-')) continue;
    await rm(join(into, name), { recursive: true, force: true });
    if (isOld) tell(`${name}: removed, there are two newer ones`);
  }
}
