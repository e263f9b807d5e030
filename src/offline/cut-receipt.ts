import { writeFile } from 'node:fs/promises';
import { cutReceipt, fromDecimal, parseAnswer, writeReceipt } from '#verify';
import { readInput } from './read-file.js';
import { CannotComplete, Misuse, printable, tellFailure, VERDICT, type Voice } from './voice.js';

export interface CutReceiptOptions {
  /** A saved answer with a receipt: of one item, of a batch, or lines. */
  readonly file: string;
  /** Index of the item, from 0; may be left out where the answer has one alone. */
  readonly index?: string;
  /** Where the receipt goes; standard output where it is left out. */
  readonly output?: string;
}

/**
 * `receipt cut`: the receipt of one item of a saved answer, which stands for itself from then on. It is cut, not
 * verified: the document holds whatever the answer held.
 */
export async function cutReceiptCommand(
  { file, index, output }: CutReceiptOptions,
  voice: Voice,
): Promise<number> {
  const at = index === undefined ? null : fromDecimal(index);
  if (at !== null && (!at.ok || at.value > 1_000_000n)) {
    throw new Misuse('--index is an index, from 0.');
  }
  const answer = parseAnswer(await readInput(file));
  if (!answer.ok) return tellFailure(voice, answer.reason);
  const last = answer.value.items.length - 1;
  if (at === null && last > 0) {
    throw new Misuse(`The answer has items 0 to ${last}: say which with --index.`);
  }
  const wanted = at === null ? 0 : Number(at.value);
  if (wanted > last) throw new Misuse(`The answer has items 0 to ${last}.`);
  const cut = cutReceipt(answer.value, wanted);
  const text = cut.ok ? writeReceipt(cut.value) : cut;
  if (!text.ok) return tellFailure(voice, text.reason);
  if (output === undefined) voice.data(text.value);
  else await write(output, `${text.value}\n`);
  voice.note(`The receipt of item ${wanted}; check it with: verify receipt.`);
  return VERDICT.verifies;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CannotComplete(
      `${printable(file)} can’t be written: ${printable((error as Error).message)}.`,
    );
  }
}
