import { EMPTY_ROOT, leafHash, verifyConsistency, verifyInclusion } from '#verify';
import { auditPath, consistencyProof, sampleEntries, treeHash } from '../samples/sample-log.js';
import type { Random } from '../samples/random.js';
import { flipBit, type MutationKind } from './mutation.js';

const LEAVES = sampleEntries(100).map((entry) => leafHash(entry));

/** What can be done to a list of hashes: each of these gives another list. */
const LISTS: Record<string, (proof: readonly Buffer[], random: Random, root: Buffer) => Buffer[]> =
  {
    'bit flipped in a hash': (proof, random) => {
      const at = random.below(proof.length);
      return proof.with(at, flipBit(proof[at]!, random));
    },
    'hash put in': (proof, random) =>
      proof.toSpliced(random.below(proof.length + 1), 0, random.bytes(32)),
    'hash taken out': (proof, random) => proof.toSpliced(random.below(proof.length), 1),
    'hash cut': (proof, random) => {
      const at = random.below(proof.length);
      return proof.with(at, proof[at]!.subarray(0, random.below(32)));
    },
    'hash lengthened': (proof, random) => {
      const at = random.below(proof.length);
      return proof.with(at, Buffer.concat([proof[at]!, random.bytes(1 + random.below(32))]));
    },
    'proof cut': (proof, random) => proof.slice(0, random.below(proof.length)),
    'root before the proof': (proof, _random, root) => [root, ...proof],
    'root behind the proof': (proof, _random, root) => [...proof, root],
    'hash twice': (proof, random) => {
      const at = random.below(proof.length);
      return proof.toSpliced(at, 0, proof[at]!);
    },
    'garbage before the proof': (proof, random) => [random.bytes(random.below(64)), ...proof],
    'garbage behind the proof': (proof, random) => [...proof, random.bytes(random.below(64))],
  };

/** Hashes of different places differ, so that these are other lists, too. */
const LISTS_OF_TWO: typeof LISTS = {
  'two hashes changed places': (proof, random) => {
    const at = random.below(proof.length - 1);
    return proof.with(at, proof[at + 1]!).with(at + 1, proof[at]!);
  },
  'proof turned round': (proof) => proof.toReversed(),
};

function listsFor(proof: readonly Buffer[]): typeof LISTS {
  return proof.length > 1 ? { ...LISTS, ...LISTS_OF_TWO } : LISTS;
}

export const INCLUSION: MutationKind = {
  name: 'inclusion proofs',
  sample(random) {
    const size = 2 + random.below(LEAVES.length - 1);
    const at = random.below(size);
    const leaves = LEAVES.slice(0, size);
    const proof = auditPath(at, leaves);
    const root = treeHash(leaves);
    const claim = {
      ...{ index: BigInt(at), size: BigInt(size), leafHash: leaves[at]!, proof, root },
    };
    const changed = (change: Partial<typeof claim>) => () =>
      verifyInclusion({ ...claim, ...change });
    const mutations: Record<string, (dice: Random) => () => { ok: boolean }> = {
      'index + 1': () => changed({ index: claim.index + 1n }),
      'index − 1': () => changed({ index: claim.index - 1n }),
      'index XOR 2': () => changed({ index: claim.index ^ 2n }),
      'index beyond 32 bits': () => changed({ index: claim.index + 2n ** 32n }),
      'size doubled': () => changed({ size: claim.size * 2n }),
      'size halved': () => changed({ size: claim.size / 2n }),
      'bit flipped in the leaf': (dice) => changed({ leafHash: flipBit(leaves[at]!, dice) }),
      'another leaf': (dice) =>
        changed({ leafHash: leaves[(at + 1 + dice.below(size - 1)) % size]! }),
      'bit flipped in the root': (dice) => changed({ root: flipBit(root, dice) }),
      'random root': (dice) => changed({ root: dice.bytes(32) }),
      'empty root': () => changed({ root: EMPTY_ROOT }),
      'no root': () => changed({ root: Buffer.alloc(0) }),
      'leaf as root': () => changed({ root: leaves[at]! }),
      'root of one leaf less': () => changed({ root: treeHash(leaves.slice(0, -1)) }),
      'leaf as the only proof': () => changed({ proof: [leaves[at]!] }),
      'leaf of another index with its proof': (dice) => {
        const other = (at + 1 + dice.below(size - 1)) % size;
        return changed({ leafHash: leaves[other]!, proof: auditPath(other, leaves) });
      },
    };
    for (const [name, mutate] of Object.entries(listsFor(proof))) {
      mutations[name] = (dice) => changed({ proof: mutate(proof, dice, root) });
    }
    return { sound: changed({}), mutations };
  },
};

export const CONSISTENCY: MutationKind = {
  name: 'consistency proofs',
  sample(random) {
    const to = 2 + random.below(LEAVES.length - 1);
    const from = 1 + random.below(to - 1);
    const leaves = LEAVES.slice(0, to);
    const proof = consistencyProof(from, leaves);
    const rootFrom = treeHash(leaves.slice(0, from));
    const rootTo = treeHash(leaves);
    const claim = { from: BigInt(from), to: BigInt(to), proof, rootFrom, rootTo };
    const changed = (change: Partial<typeof claim>) => () =>
      verifyConsistency({ ...claim, ...change });
    const mutations: Record<string, (dice: Random) => () => { ok: boolean }> = {
      'older size + 1': () => changed({ from: claim.from + 1n }),
      'older size − 1': () => changed({ from: claim.from - 1n }),
      'older size XOR 2': () => changed({ from: claim.from ^ 2n }),
      'newer size doubled': () => changed({ to: claim.to * 2n }),
      'newer size halved': () => changed({ to: claim.to / 2n }),
      'sizes changed places': () => changed({ from: claim.to, to: claim.from }),
      'roots changed places': () => changed({ rootFrom: rootTo, rootTo: rootFrom }),
      'older root for both': () => changed({ rootTo: rootFrom }),
      'newer root for both': () => changed({ rootFrom: rootTo }),
      'bit flipped in the older root': (dice) => changed({ rootFrom: flipBit(rootFrom, dice) }),
      'bit flipped in the newer root': (dice) => changed({ rootTo: flipBit(rootTo, dice) }),
      'random older root': (dice) => changed({ rootFrom: dice.bytes(32) }),
      'random newer root': (dice) => changed({ rootTo: dice.bytes(32) }),
      'empty older root': () => changed({ rootFrom: EMPTY_ROOT }),
      'empty newer root': () => changed({ rootTo: EMPTY_ROOT }),
      'short older root': (dice) => changed({ rootFrom: rootFrom.subarray(0, dice.below(32)) }),
      'no proof': () => changed({ proof: [] }),
      'a fork: the last old leaf rewritten': (dice) => {
        const forged = leaves.with(from - 1, dice.bytes(32));
        return changed({ proof: consistencyProof(from, forged), rootTo: treeHash(forged) });
      },
    };
    for (const [name, mutate] of Object.entries(listsFor(proof))) {
      mutations[name] = (dice) => changed({ proof: mutate(proof, dice, rootTo) });
    }
    return { sound: changed({}), mutations };
  },
};
