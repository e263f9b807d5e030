import { cutReceiptCommand } from '#offline';
import type { CommandContext } from '../command-context.js';
import { inOurWords } from './verify.command.js';

/** `receipt cut FILE`: the receipt of one item out of a saved answer. */
export function cutReceipt({
  terminal,
  args,
  options,
}: CommandContext<{ index?: string; output?: string }>) {
  return inOurWords(cutReceiptCommand({ ...options, file: args[0]! }, terminal));
}
