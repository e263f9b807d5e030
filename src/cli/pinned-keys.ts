import { readFile } from 'node:fs/promises';
import { parseJwks, type ReceiptKeys } from '#verify';
import { IncompleteError, UsageError } from './exit.js';
import { printable } from './terminal.js';

/** The public keys that the person kept, a JSON Web Key Set. Never taken from whom they are to check. */
export async function readKeys(file: string): Promise<ReceiptKeys> {
  const keys = parseJwks(await readInput(file));
  if (!keys.ok) throw new UsageError(`${printable(file)}: ${printable(keys.reason)}.`);
  return keys.value;
}

export async function readInput(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new IncompleteError(`${printable(file)} can’t be read: ${(error as Error).message}.`);
  }
}
