import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readAsk, readIdentified } from '#lookup/domain';
import { LEAF_TYPES } from '#transparency/domain';
import { leafHash } from '#verify';
import { Opened, PublicState, ReplayedAnswers, ReplayFault, Unopened } from './index.js';
import { readLeaf } from './read-leaf.js';

interface Vectors {
  leaves: { entry: string; leafHash: string }[];
  openings: string[];
  answers: {
    asOf: number;
    size: number;
    identifier: string;
    inquiry: object;
    purpose: string;
    outcome: string;
    decidedBy?: number;
    result?: string;
  }[];
  refused: { why: string; entry: string; reason: string }[];
}

const vectors = JSON.parse(readFileSync('test/vectors/leaves.json', 'utf8')) as Vectors;

function stateOf(size: number): PublicState {
  const state = new PublicState();
  const opened = Opened.read(vectors.openings.join('\n'), 0, 256);
  for (const { entry } of vectors.leaves.slice(0, size)) state.apply(Buffer.from(entry), opened);
  opened.demandUsed(state.size);
  return state;
}

function kindOf(act: () => unknown): string {
  try {
    act();
    return 'taken';
  } catch (fault) {
    return fault instanceof ReplayFault ? fault.kind : String(fault);
  }
}

describe('the log of the vectors', () => {
  it('holds a leaf of every type but the snapshot, which changes no answer', () => {
    const types = vectors.leaves.map(({ entry }) => JSON.parse(entry).type as string);
    expect(LEAF_TYPES.filter((type) => !types.includes(type))).toEqual(['snapshot']);
  });

  it('has the published leaf hashes', () => {
    for (const { entry, leafHash: hash } of vectors.leaves) {
      expect(leafHash(Buffer.from(entry)).toString('hex')).toBe(hash);
    }
  });

  it.each(vectors.answers)('answers $identifier at size $size as of $asOf: $outcome', (one) => {
    const ask = readAsk({ purposes: [one.purpose], inquiry: one.inquiry }, one.asOf);
    if (!ask.ok) throw new Error('the ask is bad');
    const [scheme, value] = one.identifier.split(':');
    const answers = new ReplayedAnswers(stateOf(one.size), ask.value, one.asOf, one.size);
    const item = JSON.parse(`${answers.write(readIdentified(scheme!, value!))}}`);
    expect(item.purposes[one.purpose].outcome).toBe(one.outcome);
    expect(item.purposes[one.purpose].decidedBy?.[0].logIndex).toBe(one.decidedBy);
    if (one.result) expect(item.result).toBe(one.result);
  });

  it.each(vectors.refused)('refuses an entry with $why', ({ entry, reason }) => {
    expect(() => readLeaf(2, Buffer.from(entry))).toThrow(`leaf 2: ${reason}`);
  });

  it('is refused when any leaf is left out that another one builds on', () => {
    const kinds = vectors.leaves.map((_, left) =>
      kindOf(() => {
        const state = new PublicState();
        for (const [at, { entry }] of vectors.leaves.entries()) {
          if (at !== left) state.apply(Buffer.from(entry));
        }
      }),
    );
    // What nothing builds on can be missed by nothing but the tree.
    expect(kinds.filter((kind) => kind === 'taken').length).toBeLessThan(14);
    expect(kinds.slice(0, 4)).toEqual(['stream', 'stream', 'content', 'content']);
  });

  it('answers erased words as a refusal, and only once the log says that they were erased', () => {
    const identifier = vectors.openings[0]!;
    const answer = (leaves: Vectors['leaves']) => {
      const state = new PublicState();
      const opened = Opened.read(identifier, 0, 256);
      for (const { entry } of leaves) state.apply(Buffer.from(entry), opened);
      // As of before the erasure: from there on nothing of the party counts at all.
      const asOf = 1_764_000_007_000;
      const ask = readAsk({ purposes: ['access.stream'], inquiry: {} }, asOf);
      if (!ask.ok) throw new Error('the ask is bad');
      const answers = new ReplayedAnswers(state, ask.value, asOf);
      return answers.write(readIdentified('isrc', 'USRC17607839'));
    };
    const [work, party] = vectors.leaves.filter(({ entry }) => entry.includes('"erasure"'));
    expect(work).toBeDefined();
    const lived = vectors.leaves.slice(0, 12);
    expect(() => answer(lived)).toThrow(Unopened);
    expect(answer([...lived, party!])).toContain('"outcome":"denied"');
  });

  it('is of no use any more after a fault', () => {
    const state = stateOf(4);
    const bent = vectors.leaves[5]!.entry.replace('"n":1', '"n":2');
    expect(kindOf(() => state.apply(Buffer.from(bent)))).toBe('stream');
    expect(kindOf(() => state.apply(Buffer.from(vectors.leaves[4]!.entry)))).toBe('stream');
    expect(state.size).toBe(4);
  });
});
