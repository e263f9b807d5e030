const WIDTH = 256;
const PATH = /^((?:x\d{3}\/)*)(\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Leaves from `first` on, `width` of them, whose openings stand in one file. */
export interface OpeningsRange {
  readonly first: number;
  readonly width: number;
}

/** Path of an openings file under the log's prefix: like the bundle of the same leaves. */
export function openingsPath(n: number, width: number = WIDTH): string {
  const digits = String(n).padStart(Math.ceil(String(n).length / 3) * 3, '0');
  const groups = digits.match(/\d{3}/g)!;
  const last = groups.length - 1;
  const path = groups.map((group, at) => (at < last ? `x${group}` : group)).join('/');
  return `openings/${path}${width === WIDTH ? '' : `.p/${width}`}`;
}

/** The leaves that a path after `openings/` means, or null for one that no file has. */
export function readOpeningsPath(path: string): OpeningsRange | null {
  const match = PATH.exec(path);
  if (match === null || path.length > 32) return null;
  const n = Number(`${match[1]!.replaceAll(/[x/]/g, '')}${match[2]}`);
  const width = match[3] === undefined ? WIDTH : Number(match[3]);
  if (!Number.isSafeInteger(n * WIDTH) || width > WIDTH) return null;
  // One spelling alone: no leading groups of zeros, and no partial file that is full.
  return `openings/${path}` === openingsPath(n, width) ? { first: n * WIDTH, width } : null;
}
