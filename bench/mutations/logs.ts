import { LogReader, parsePolicy, type TreeHasher } from '#verify';
import {
  checkpointText,
  fetchFrom,
  logFiles,
  sampleEntries,
  signedNote,
  treeHash,
} from '../samples/sample-log.js';
import { POLICY_TEXT } from '../samples/signers.js';
import { type Attempt, editBytes, flipBit, type MutationKind } from './mutation.js';

const parsed = parsePolicy(POLICY_TEXT);
if (!parsed.ok) throw new Error(parsed.reason);
const POLICY = parsed.value;
/** A full tile, a partial one, and a level above. */
const FILES = logFiles(sampleEntries(300));
const OTHERS = logFiles(sampleEntries(300, 'x'));

/** Reads the whole log from its first leaf. */
export async function readLog(
  files: ReadonlyMap<string, Uint8Array>,
  hasher?: TreeHasher,
): Promise<{ ok: boolean }> {
  const reader = new LogReader(fetchFrom(files));
  const head = await reader.checkpoint(POLICY);
  if (!head.ok) return head;
  for await (const entry of reader.entries(head.value, hasher)) {
    if (!entry.ok) return entry;
  }
  return { ok: true };
}

export const LOGS: MutationKind = {
  name: 'log files',
  sample() {
    const with_ =
      (path: string, bytes: Buffer | null): Attempt =>
      () => {
        const files = new Map(FILES);
        if (bytes === null) files.delete(path);
        else files.set(path, bytes);
        return readLog(files);
      };
    const paths = [...FILES.keys()];
    return {
      sound: () => readLog(FILES),
      mutations: {
        'bit flipped in a file': (dice) => {
          const path = dice.of(paths);
          return with_(path, flipBit(FILES.get(path)!, dice));
        },
        'bytes of a file edited': (dice) => {
          const path = dice.of(paths);
          return with_(path, editBytes(FILES.get(path)!, dice));
        },
        'a file cut short': (dice) => {
          const path = dice.of(paths);
          const file = FILES.get(path)!;
          return with_(path, file.subarray(0, dice.below(file.length)));
        },
        'a file missing': (dice) => with_(dice.of(paths), null),
        'a file of another log': (dice) => {
          // Tiles of one hash may be missing in neither: both logs are of one size.
          const path = dice.of(paths);
          return with_(path, OTHERS.get(path)!);
        },
        'a file in the place of another': (dice) => {
          const at = dice.below(paths.length);
          const other = (at + 1 + dice.below(paths.length - 1)) % paths.length;
          return with_(paths[at]!, FILES.get(paths[other]!)!);
        },
        'checkpoint of another tree, signed': (dice) => {
          const text = checkpointText(300, treeHash([dice.bytes(32)]));
          return with_('checkpoint', Buffer.from(signedNote(text)));
        },
      },
    };
  },
};
