import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { appendLeaves, EMPTY_TREE, leafHash, rootOf } from '#transparency/domain';
import { createBatchTree } from './batch-tree.js';
import { type ItemTree, PlainItemTree } from './item-tree.js';
import { BLOCK_WORDS, INITIAL_STATE, LANES, sharedLanes, STATE_WORDS } from './sha256-lanes.js';

const vectors = JSON.parse(readFileSync('test/vectors/merkle.json', 'utf8'));
const hex = (bytes: Buffer) => bytes.toString('hex');

/** Adds an item as it stands amid others in the chunk of an answer, and leaves no trace there. */
function append(tree: ItemTree, item: Uint8Array, begin: Buffer | null = null): void {
  const chunk = Buffer.concat([Buffer.from('[,'), item, Buffer.from(',')]);
  const before = Buffer.from(chunk);
  tree.append(chunk, 2, 2 + item.length, begin);
  if (!chunk.equals(before)) throw new Error('the chunk was changed');
}

function definedRoot(items: readonly Uint8Array[]): string {
  const leaves = items.map((item) => leafHash(item));
  return hex(rootOf(appendLeaves(EMPTY_TREE, leaves)));
}

describe.each([
  ['the plain tree', () => new PlainItemTree()],
  ['the tree of a batch', createBatchTree],
])('%s', (_, create) => {
  it('has the published root at every size', () => {
    const tree = create();
    expect(hex(tree.root())).toBe(vectors.roots[0]);
    (vectors.leaves as string[]).forEach((leaf, at) => {
      append(tree, Buffer.from(leaf, 'hex'));
      expect(hex(tree.root())).toBe(vectors.roots[at + 1]);
      expect(tree.count).toBe(at + 1);
    });
  });

  it('has the root of the log’s own tree, whatever items have in common and however long they are', () => {
    const begins = [0, 1, 62, 63, 64, 127, 700].map((length) => Buffer.alloc(length, 'begin'));
    const item = fc.record({
      begin: fc.constantFrom(null, ...begins),
      rest: fc.uint8Array({ maxLength: 200 }),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), (drawn) => {
        const tree = create();
        const items = drawn.map(({ begin, rest }) => Buffer.concat([begin ?? Buffer.of(), rest]));
        drawn.forEach(({ begin }, at) => append(tree, items[at]!, begin));
        expect(hex(tree.root())).toBe(definedRoot(items));
      }),
    );
  });

  it.each([1_023, 1_024, 3_075])('holds %d items', (count) => {
    const text = 'b'.repeat(100);
    const begin = Buffer.from(text);
    const items = Array.from({ length: count }, (_one, at) => Buffer.from(`${text}${at}`));
    const tree = create();
    for (const one of items) append(tree, one, begin);
    expect(hex(tree.root())).toBe(definedRoot(items));
    append(tree, begin, begin);
    expect([tree.count, hex(tree.root())]).toEqual([count + 1, definedRoot([...items, begin])]);
  });

  it('takes an item that is longer than its lane', () => {
    const begin = Buffer.alloc(100, 'b');
    const items = [10, 40_000, 20, 100_000].map((n) =>
      Buffer.concat([begin, Buffer.alloc(n, 'x')]),
    );
    const tree = create();
    for (const one of items) append(tree, one, begin);
    expect(hex(tree.root())).toBe(definedRoot(items));
  });
});

describe('the lanes', () => {
  it('hash four messages as node:crypto does', () => {
    const lanes = sharedLanes()!;
    expect(lanes).not.toBeNull();
    const short = fc.uint8Array({ maxLength: 55 });
    fc.assert(
      fc.property(fc.tuple(short, short, short, short), (messages) => {
        messages.forEach((message, lane) => {
          const block = Buffer.alloc(64);
          block.set(message);
          block[message.length] = 0x80;
          block.writeUInt32BE(message.length * 8, 60);
          for (let word = 0; word < BLOCK_WORDS; word += 1) {
            lanes.blocks[word * LANES + lane] = block.readInt32BE(word * 4);
          }
          INITIAL_STATE.forEach((value, word) => (lanes.state[word * LANES + lane] = value));
        });
        lanes.compress(0);
        messages.forEach((message, lane) => {
          const hash = Buffer.alloc(32);
          for (let word = 0; word < STATE_WORDS; word += 1) {
            hash.writeInt32BE(lanes.state[word * LANES + lane]!, word * 4);
          }
          expect(hash).toEqual(createHash('sha256').update(message).digest());
        });
      }),
    );
  });
});
