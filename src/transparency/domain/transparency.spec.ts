import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { canonicalJson } from '#kernel';
import {
  appendLeaves,
  EMPTY_TREE,
  encodeLeaf,
  identifierCommitment,
  leafHash,
  nodeHash,
  rootOf,
} from './index.js';

const vectors = JSON.parse(readFileSync('test/vectors/merkle.json', 'utf8'));

/** The definition of RFC 6962 §2.1, straight from its text, to hold the frontier against. */
function definedRoot(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return rootOf(EMPTY_TREE);
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k)));
}

describe('the tree', () => {
  it('has the published root and leaf hashes at every size', () => {
    const leaves = (vectors.leaves as string[]).map((hex) => leafHash(Buffer.from(hex, 'hex')));
    expect(leaves.map((hash) => hash.toString('hex'))).toEqual(vectors.leafHashes);
    const roots = vectors.roots.map((_: string, size: number) =>
      rootOf(appendLeaves(EMPTY_TREE, leaves.slice(0, size))).toString('hex'),
    );
    expect(roots).toEqual(vectors.roots);
  });

  it('is the same however the leaves are grouped into appends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 }),
        fc.nat(70),
        (entries, cut) => {
          const leaves = entries.map((entry) => leafHash(entry));
          const grouped = appendLeaves(
            appendLeaves(EMPTY_TREE, leaves.slice(0, cut)),
            leaves.slice(cut),
          );
          expect(rootOf(grouped)).toEqual(definedRoot(leaves));
          expect(grouped.size).toBe(leaves.length);
        },
      ),
    );
  });
});

describe('identifierCommitment', () => {
  it('gives the published value', () => {
    expect(
      identifierCommitment(Buffer.alloc(32, 0x22), 'isrc', 'USRC17607839').toString('hex'),
    ).toBe('04f72776ef23b9f9a2d4593ca7131bfff2fe587f865dc71b8820ed8a5872fc67');
  });
});

describe('encodeLeaf', () => {
  it('lets no content take the place of what the log itself says', () => {
    const draft = {
      type: 'work',
      stream: 'wrk_1',
      content: { t: 0, n: 99, kind: 'text' },
    } as const;
    const leaf = JSON.parse(
      encodeLeaf(draft, { streamVersion: 1, previous: null, recordedAt: 5 }).toString(),
    );
    expect(leaf).toMatchObject({ t: 5, n: 1, prev: null, kind: 'text', stream: 'wrk_1' });
  });

  it('is the canonical JSON of content and envelope together', () => {
    const names = fc.constantFrom('a', 'kind', 'toString', 'u', 't', 'v', 'w', '10', '9', 'Z');
    const content = fc.dictionary(names, fc.oneof(fc.jsonValue(), fc.constant(undefined)));
    fc.assert(
      fc.property(content, fc.option(fc.nat()), (given, previous) => {
        const auth = { m: 'webauthn', c: 'ab', h: 'cd' } as const;
        const draft = { type: 'work', stream: 'wrk_é', content: given, auth } as const;
        const leaf = encodeLeaf(draft, { streamVersion: 2, previous, recordedAt: 5 });
        const envelope = { v: 1, type: 'work', stream: 'wrk_é', n: 2, prev: previous, t: 5, auth };
        expect(leaf.toString()).toBe(canonicalJson({ ...given, ...envelope }));
      }),
    );
  });
});
