import { readFile } from 'node:fs/promises';
import { CannotComplete, printable } from './voice.js';

/** The bytes of a file, or of standard input where its name is `-`. */
export async function readInput(name: string): Promise<Buffer> {
  try {
    if (name !== '-') return await readFile(name);
    const pieces: Buffer[] = [];
    for await (const piece of process.stdin) pieces.push(Buffer.from(piece as Uint8Array));
    return Buffer.concat(pieces);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    throw new CannotComplete(`${printable(name)} can’t be read: ${printable(why)}.`);
  }
}
