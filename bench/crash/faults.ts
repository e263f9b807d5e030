import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import type { Order } from './writer-process.js';

/**
 * Loaded before everything else (`node --import`): a disk that fails now and then. While it is told
 * to, writes and flushes of files under LOG_DIR end with ENOSPC or EIO, drawn by a seed, one in
 * twelve; a failed write may have written half. Reads never fail here: what was written wrongly has
 * to be found.
 */
const folder = process.env['LOG_DIR']!;
const RATE = 1 / 12;
let state: number | null = null;

process.on('message', ({ faults }: Order) => {
  if (faults !== undefined) state = faults;
});

function random(): number {
  state = (state! + 0x6d2b79f5) >>> 0;
  let x = Math.imul(state ^ (state >>> 15), state | 1);
  x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
  return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
}

function fault(what: string): NodeJS.ErrnoException | null {
  if (state === null || random() >= RATE) return null;
  const code = random() < 0.5 ? 'ENOSPC' : 'EIO';
  process.stdout.write(`fault ${code} ${what}\n`);
  return Object.assign(new Error(`${code}: made up, ${what}`), { code });
}

const { open, rename } = fs.promises;

fs.promises.open = async (path, flags, mode) => {
  const file = await open(path, flags, mode);
  if (!String(path).startsWith(folder)) return file;
  const { sync, writeFile } = file;
  file.sync = async () => {
    const error = fault('fsync');
    if (error) throw error;
    return sync.call(file);
  };
  file.writeFile = async (data, options) => {
    const error = fault('write');
    if (!error) return writeFile.call(file, data, options);
    const bytes = Buffer.from(data as string | Uint8Array);
    await writeFile.call(file, bytes.subarray(0, bytes.length / 2));
    throw error;
  };
  return file;
};

fs.promises.rename = async (from, to) => {
  const error = String(to).startsWith(folder) ? fault('rename') : null;
  if (error) throw error;
  return rename(from, to);
};

syncBuiltinESMExports();
