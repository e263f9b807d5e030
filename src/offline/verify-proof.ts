import {
  canonicalJson,
  checkProofFile,
  isJsonObject,
  leafHash,
  parseJson,
  parseProofFile,
} from '#verify';
import { describeHead, headValue, readPolicy } from './open-log.js';
import { readInput } from './read-file.js';
import { Misuse, printable, tellFailure, VERDICT, type Voice } from './voice.js';

const LEAF_BYTES_MAX = 1024 * 1024;

export interface VerifyProofOptions {
  readonly file: string;
  readonly policy: string;
  /** File with the entry; else the extra data of the proof file is taken for it. */
  readonly leaf?: string;
}

/** `verify proof`: that an entry stands in a log, by a proof file and a policy alone. */
export async function verifyProofCommand(
  { file, policy: policyFile, leaf }: VerifyProofOptions,
  voice: Voice,
): Promise<number> {
  if (leaf === '-' && file === '-') throw new Misuse('Only one file can be standard input.');
  const policy = await readPolicy(policyFile);
  const bytes = await readInput(file);
  const parsed = parseProofFile(bytes);
  if (!parsed.ok) return tellFailure(voice, parsed.reason);
  const candidates = leaf === undefined ? [] : entriesIn(await readInput(leaf));
  if (leaf === undefined && parsed.value.extra !== null) candidates.push(parsed.value.extra);
  if (candidates.length === 0) {
    throw new Misuse(
      'The proof file does not hold the entry that it is about: name it with --leaf.',
    );
  }
  const verdicts = candidates.map((entry) => ({
    entry,
    verdict: checkProofFile(bytes, leafHash(entry), policy),
  }));
  const good = verdicts.find(({ verdict }) => verdict.ok);
  const { entry, verdict } = good ?? verdicts[0]!;
  if (!verdict.ok) return tellFailure(voice, verdict.reason);
  const { index, checkpoint } = verdict.value;
  if (voice.json) {
    voice.value({
      verifies: true,
      index: Number(index),
      log: headValue(checkpoint),
      entry: entry.toString('utf8'),
    });
    return VERDICT.verifies;
  }
  voice.data(`Verifies: leaf ${index} of the ${describeHead(checkpoint)}.`);
  voice.data(printable(entry.toString('utf8')));
  return VERDICT.verifies;
}

/**
 * What a file may mean by an entry: its bytes as they are; or JSON of the entry, printed in another
 * way; or the registry's answer about a leaf. The proof says which it is.
 */
function entriesIn(file: Buffer): Buffer[] {
  const entries = [file];
  const parsed = parseJson(file, LEAF_BYTES_MAX);
  if (!parsed.ok || !isJsonObject(parsed.value)) return entries;
  for (const value of [parsed.value, parsed.value['entry']]) {
    const text = isJsonObject(value) ? canonicalJson(value) : null;
    if (text?.ok) entries.push(Buffer.from(text.value));
  }
  return entries;
}
