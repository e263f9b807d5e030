import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  EMPTY_ROOT,
  leafHash,
  nodeHash,
  TreeHasher,
  verifyConsistency,
  verifyInclusion,
} from './index.js';

const vectors = JSON.parse(readFileSync('test/vectors/merkle.json', 'utf8'));
const bytes = (hex: string) => Buffer.from(hex, 'hex');
const roots = (vectors.roots as string[]).map(bytes);
const leaves = (vectors.leafHashes as string[]).map(bytes);

describe('hashing', () => {
  it('gives the published hashes', () => {
    expect(EMPTY_ROOT.toString('hex')).toBe(vectors.roots[0]);
    expect(leafHash(Buffer.from('L123456')).toString('hex')).toBe(
      '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    );
    expect(nodeHash(Buffer.from('N123'), Buffer.from('N456')).toString('hex')).toBe(
      'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
    );
    expect((vectors.leaves as string[]).map((leaf) => leafHash(bytes(leaf)))).toEqual(leaves);
  });

  it('gives the published root at every size, also when it is resumed at each', () => {
    let hasher = new TreeHasher();
    for (const [at, leaf] of leaves.entries()) {
      expect(hasher.root()).toEqual(roots[at]);
      const resumed = TreeHasher.resume(hasher.state);
      if (!resumed.ok) throw new Error(resumed.reason);
      hasher = resumed.value;
      hasher.append(leaf);
    }
    expect([hasher.size, hasher.root()]).toEqual([8n, roots[8]]);
  });

  it.each([
    [{ size: 3n, frontier: [roots[2]!] }, 'must have 2 hashes'],
    [{ size: 1n, frontier: [Buffer.alloc(31)] }, 'not 32 bytes'],
    [{ size: -1n, frontier: [] }, 'no size of a tree'],
    [{ size: 2n ** 63n, frontier: [roots[2]!] }, 'no size of a tree'],
  ])('resumes no state that no tree has: %#', (state, reason) => {
    expect(TreeHasher.resume(state)).toEqual({
      ok: false,
      reason: expect.stringContaining(reason),
    });
  });
});

interface InclusionVector {
  index: number;
  size: number;
  proof: string[];
}

describe('verifyInclusion', () => {
  const proofs = (vectors.inclusion as InclusionVector[]).map(({ index, size, proof }) => ({
    index: BigInt(index),
    size: BigInt(size),
    leafHash: leaves[index]!,
    proof: proof.map(bytes),
    root: roots[size]!,
  }));

  it('accepts every published proof', () => {
    expect(proofs).toHaveLength(36);
    for (const claim of proofs) expect(verifyInclusion(claim)).toEqual({ ok: true, value: true });
  });

  it('accepts no published proof for another index, size, leaf or root', () => {
    for (const claim of proofs) {
      for (const [index, leaf] of leaves.entries()) {
        if (BigInt(index) === claim.index) continue;
        expect(verifyInclusion({ ...claim, index: BigInt(index) }).ok).toBe(false);
        expect(verifyInclusion({ ...claim, leafHash: leaf }).ok).toBe(false);
      }
      for (const [size, root] of roots.entries()) {
        if (BigInt(size) !== claim.size) expect(verifyInclusion({ ...claim, root }).ok).toBe(false);
      }
    }
  });

  it.each([
    [{ index: 8n }, 'index 8 is outside of a tree of 8 leaves'],
    [{ index: -1n }, 'index and size must be whole numbers below 2^63'],
    [{ size: 2n ** 63n }, 'index and size must be whole numbers below 2^63'],
    [{ proof: Array<Buffer>(64).fill(EMPTY_ROOT) }, 'a proof has at most 63 hashes, not 64'],
    [{ proof: [Buffer.alloc(12)] }, 'hash 1 of the proof has not 32 bytes'],
    [{ proof: [] }, 'the inclusion proof has too few hashes'],
    [{ root: Buffer.alloc(12) }, 'the root has not 32 bytes'],
    [{ leafHash: Buffer.alloc(33) }, 'the leaf hash has not 32 bytes'],
    [{ proof: null as never }, 'the proof is no list of hashes'],
  ])('says what is wrong: %#', (change, reason) => {
    const claim = proofs.find(({ index, size }) => index === 5n && size === 8n)!;
    expect(verifyInclusion({ ...claim, ...change })).toEqual({ ok: false, reason });
  });

  it('refuses one hash more than there must be, wherever it stands', () => {
    for (const claim of proofs) {
      for (let at = 0; at <= claim.proof.length; at += 1) {
        const proof = claim.proof.toSpliced(at, 0, leaves[0]!);
        expect(verifyInclusion({ ...claim, proof }).ok).toBe(false);
      }
    }
  });

  it('reckons with sizes beyond 32 and 53 bits', () => {
    const size = 2n ** 62n;
    const proof = Array.from({ length: 62 }, (_, at) => leafHash(Buffer.of(at)));
    let root: Buffer = leaves[0]!;
    for (const sibling of proof) root = nodeHash(root, sibling);
    expect(verifyInclusion({ index: 0n, size, leafHash: leaves[0]!, proof, root }).ok).toBe(true);
    for (const index of [2n ** 32n, 2n ** 53n, 2n ** 61n]) {
      expect(verifyInclusion({ index, size, leafHash: leaves[0]!, proof, root }).ok).toBe(false);
    }
  });
});

interface ConsistencyVector {
  from: number;
  to: number;
  proof: string[];
}

describe('verifyConsistency', () => {
  const proofs = (vectors.consistency as ConsistencyVector[]).map(({ from, to, proof }) => ({
    from: BigInt(from),
    to: BigInt(to),
    proof: proof.map(bytes),
    rootFrom: roots[from]!,
    rootTo: roots[to]!,
  }));

  it('accepts every published proof', () => {
    expect(proofs).toHaveLength(28);
    for (const claim of proofs) expect(verifyConsistency(claim)).toEqual({ ok: true, value: true });
  });

  it('accepts a tree as consistent with itself, without a proof', () => {
    const same = { from: 8n, to: 8n, rootFrom: roots[8]!, rootTo: roots[8]! };
    expect(verifyConsistency({ ...same, proof: [] }).ok).toBe(true);
    expect(verifyConsistency({ ...same, proof: [leaves[0]!] }).ok).toBe(false);
    expect(verifyConsistency({ ...same, proof: [], rootFrom: roots[7]! })).toEqual({
      ok: false,
      reason: 'there are two roots for size 8',
    });
  });

  it('accepts no published proof for other sizes or roots', () => {
    for (const claim of proofs) {
      for (const [size, root] of roots.entries()) {
        if (BigInt(size) !== claim.from) {
          expect(verifyConsistency({ ...claim, rootFrom: root }).ok).toBe(false);
        }
        if (BigInt(size) !== claim.to) {
          expect(verifyConsistency({ ...claim, rootTo: root }).ok).toBe(false);
        }
      }
      const swapped = { ...claim, rootFrom: claim.rootTo, rootTo: claim.rootFrom };
      expect(verifyConsistency(swapped).ok).toBe(false);
    }
  });

  it.each([
    [{ from: 0n }, 'consistency with an empty tree proves nothing'],
    [{ from: 9n }, 'a tree does not shrink from 9 to 8 leaves'],
    [{ proof: [] }, 'the consistency proof has too few hashes'],
    [{ rootFrom: Buffer.alloc(31) }, 'a root has not 32 bytes'],
    [{ to: 2n ** 63n }, 'sizes must be whole numbers below 2^63'],
  ])('says what is wrong: %#', (change, reason) => {
    const claim = proofs.find(({ from, to }) => from === 6n && to === 8n)!;
    expect(verifyConsistency({ ...claim, ...change })).toEqual({ ok: false, reason });
  });
});

describe('the verifier', () => {
  it('throws on nothing at all', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (one, other, third) => {
        const odd = { index: one, size: other, leafHash: third, proof: third, root: one };
        expect(verifyInclusion(odd as never).ok).toBe(false);
        const two = { from: one, to: other, proof: third, rootFrom: third, rootTo: other };
        expect(verifyConsistency(two as never).ok).toBe(false);
        const state = { size: one, frontier: other };
        expect(typeof TreeHasher.resume(state as never).ok).toBe('boolean');
      }),
    );
  });
});
