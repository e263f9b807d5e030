import { describe, expect, it } from '@jest/globals';
import {
  auditPath,
  checkpointText,
  sampleEntries,
  signedNote,
  treeHash,
} from '../../bench/samples/sample-log.js';
import { POLICY_TEXT } from '../../bench/samples/signers.js';
import { checkProofFile, leafHash, parsePolicy, parseProofFile, writeProofFile } from './index.js';

const policy = parsePolicy(POLICY_TEXT);
if (!policy.ok) throw new Error(policy.reason);
const HASHES = sampleEntries(20).map((entry) => leafHash(entry));
const CHECKPOINT = signedNote(checkpointText(20, treeHash(HASHES)));
const FILE = { extra: null, index: 7n, proof: auditPath(7, HASHES), checkpoint: CHECKPOINT };
const TEXT = writeProofFile(FILE);

describe('a proof file', () => {
  it('proves offline that an entry stands in the log', () => {
    expect(parseProofFile(TEXT)).toEqual({ ok: true, value: FILE });
    expect(checkProofFile(TEXT, HASHES[7]!, policy.value)).toMatchObject({
      ok: true,
      value: { index: 7n, checkpoint: { size: 20n, cosignatures: [{ witness: 'w1' }] } },
    });
  });

  it('carries data that it does not prove', () => {
    const text = writeProofFile({ ...FILE, extra: Buffer.from('context') });
    expect(parseProofFile(text)).toMatchObject({ value: { extra: Buffer.from('context') } });
    expect(checkProofFile(text, HASHES[7]!, policy.value).ok).toBe(true);
  });

  it.each([
    [TEXT.replace('@v1', '@v2'), 'the first line is not'],
    [TEXT.replace('index 7', 'index 07'), 'the index'],
    [TEXT.replace('index 7', 'index -7'), 'the index'],
    [TEXT.replace('index 7\n', ''), 'is not the index line'],
    [TEXT.replace('index', 'extra !\nindex'), 'the extra line'],
    [TEXT.replace('index 7\n', 'index 7\nAAAA\n'), 'hash 1 of the proof: a hash has 3 bytes'],
    [TEXT.split('\n\n')[0]!, 'no checkpoint'],
    [TEXT.replaceAll('\n', '\r\n'), 'no checkpoint'],
  ])('is refused where it is malformed: %#', (text, reason) => {
    expect(parseProofFile(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  it.each([
    [TEXT, HASHES[6]!, 'leads to another root'],
    [TEXT.replace('index 7', 'index 6'), HASHES[7]!, 'leads to another root'],
    [TEXT.replace('index 7', 'index 20'), HASHES[7]!, 'outside of a tree of 20 leaves'],
    [TEXT.replace('\n20\n', '\n21\n'), HASHES[7]!, 'does not fit the text'],
  ])('is refused where it proves something else: %#', (text, leaf, reason) => {
    expect(checkProofFile(text, leaf, policy.value)).toEqual({
      ok: false,
      reason: expect.stringContaining(reason),
    });
  });
});
