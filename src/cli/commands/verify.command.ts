import {
  CannotComplete,
  Misuse,
  verifyLogCommand,
  verifyProofCommand,
  verifyReceiptCommand,
} from '#offline';
import type { CommandContext } from '../command-context.js';
import { IncompleteError, UsageError } from '../exit.js';

/** `verify receipt FILE`: code 0 if every item asked about verifies, 1 if not. */
export function verifyReceipt({
  terminal,
  args,
  options,
}: CommandContext<{ item?: string; keys: string; log?: string; policy?: string }>) {
  return inOurWords(verifyReceiptCommand({ ...options, file: args[0]! }, terminal));
}

/** `verify proof FILE`: that a leaf is in the log. */
export function verifyProof({
  terminal,
  args,
  options,
}: CommandContext<{ policy: string; leaf?: string }>) {
  return inOurWords(verifyProofCommand({ ...options, file: args[0]! }, terminal));
}

/** `verify log URL|FOLDER`: the whole log, or what came since a known size. */
export function verifyLog({
  terminal,
  args,
  options,
}: CommandContext<{ policy: string; from?: string; root?: string }>) {
  return inOurWords(verifyLogCommand({ ...options, log: args[0]! }, terminal));
}

/** The offline package knows no commands but its own; its refusals become ours. */
async function inOurWords(verdict: Promise<number>): Promise<number> {
  try {
    return await verdict;
  } catch (error) {
    if (error instanceof Misuse) throw new UsageError(error.message);
    if (error instanceof CannotComplete) throw new IncompleteError(error.message);
    throw error;
  }
}
