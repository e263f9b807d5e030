import { type Checked, pass, quoted, refuse } from './checked.js';
import { isJsonObject, type JsonObject } from './json.js';

export const SNAPSHOT_ROLES = ['identifiers', 'standings', 'answers', 'changes'] as const;
export type SnapshotRole = (typeof SNAPSHOT_ROLES)[number];

/** One file of a snapshot, below its folder. */
export interface SnapshotFile {
  /** With `/` between its parts; one of four forms, so that it can lead nowhere else. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly rows: number;
  readonly role: SnapshotRole;
  /** Of identifiers and changes: the scheme of all rows. */
  readonly scheme?: string;
  /** Of changes: the size of the older snapshot that they lead on from. */
  readonly from?: number;
}

const FILES_MAX = 20_000;
const PATH =
  /^(?:(identifiers)|changes\/from=([1-9]\d{0,15}))\/scheme=([a-z][a-z0-9-]{0,39})\/part-(?:0|[1-9]\d{0,4})\.parquet$|^(standings|answers)\.parquet$/;

/**
 * The files of a manifest: in the order of their paths, each path once and in one of its forms, and
 * their rows adding up to what the manifest says. Nothing is said of what they hold.
 */
export function readSnapshotFiles(
  value: unknown,
  manifest: { readonly size: number; readonly identifiers: number; readonly standings: number },
): Checked<readonly SnapshotFile[]> {
  if (!Array.isArray(value) || value.length > FILES_MAX) {
    return refuse(`files is no list of at most ${FILES_MAX} files`);
  }
  const files: SnapshotFile[] = [];
  for (const one of value as readonly unknown[]) {
    const file = readFile(one);
    if (!file.ok) return file;
    const before = files.at(-1);
    if (before !== undefined && !(before.path < file.value.path)) {
      return refuse(`the file ${quoted(file.value.path)} is out of order`);
    }
    if (file.value.from !== undefined && file.value.from >= manifest.size) {
      return refuse(`the changes ${quoted(file.value.path)} lead on from no older snapshot`);
    }
    files.push(file.value);
  }
  const rowsOf = (role: SnapshotRole) =>
    files.reduce((sum, file) => sum + (file.role === role ? file.rows : 0), 0);
  for (const role of ['standings', 'answers'] as const) {
    if (!files.some((file) => file.role === role)) return refuse(`${role}.parquet is not listed`);
  }
  if (rowsOf('identifiers') !== manifest.identifiers) {
    return refuse('the files do not hold as many identifiers as the manifest says');
  }
  if (rowsOf('standings') !== manifest.standings) {
    return refuse('the files do not hold as many standings as the manifest says');
  }
  return pass(files);
}

function readFile(value: unknown): Checked<SnapshotFile> {
  if (!isJsonObject(value as never)) return refuse('files lists something that is no file');
  const { path, bytes, sha256, rows } = value as JsonObject;
  const parts = typeof path === 'string' ? PATH.exec(path) : null;
  if (parts === null) {
    const name = typeof path === 'string' ? quoted(path) : 'something';
    return refuse(`${name} is listed, which is no path of a file of a snapshot`);
  }
  const [, identifiers, from, scheme, single] = parts;
  const role = (identifiers ?? single ?? 'changes') as SnapshotRole;
  const placed = {
    role,
    ...(scheme === undefined ? {} : { scheme }),
    ...(from === undefined ? {} : { from: Number(from) }),
  };
  const name = quoted(path as string);
  if (!isCount(bytes) || !isCount(rows)) return refuse(`${name} has no count of bytes and rows`);
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
    return refuse(`${name} has no SHA-256 in hex`);
  }
  const file: SnapshotFile = { path: path as string, bytes, sha256, rows, ...placed };
  // What the path says must be said again, and nothing else: there is one reading of a file.
  const given = value as JsonObject;
  const names = Object.keys(file) as (keyof SnapshotFile)[];
  const isSame = names.every((member) => given[member] === file[member]);
  if (!isSame || Object.keys(given).length !== names.length) {
    return refuse(`${name} is listed with other members than its path gives`);
  }
  return pass(file);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
