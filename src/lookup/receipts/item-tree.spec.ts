import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { appendLeaves, EMPTY_TREE, leafHash, rootOf } from '#transparency/domain';
import { ItemTree } from './item-tree.js';

const vectors = JSON.parse(readFileSync('test/vectors/merkle.json', 'utf8'));

/** Adds bytes as they stand amid others, as in the chunk of an answer. */
function append(tree: ItemTree, item: Uint8Array): void {
  const chunk = Buffer.concat([Buffer.from('[,'), item, Buffer.from(',')]);
  const before = Buffer.from(chunk);
  tree.append(chunk, 2, 2 + item.length);
  expect(chunk).toEqual(before);
}

describe('ItemTree', () => {
  it('has the published root at every size', () => {
    const tree = new ItemTree();
    expect(tree.root().toString('hex')).toBe(vectors.roots[0]);
    (vectors.leaves as string[]).forEach((hex, at) => {
      append(tree, Buffer.from(hex, 'hex'));
      expect(tree.root().toString('hex')).toBe(vectors.roots[at + 1]);
      expect(tree.count).toBe(at + 1);
    });
  });

  it('has the root of the log’s own tree over the same texts, whichever way they are added', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 40 });
    fc.assert(
      fc.property(texts, (items) => {
        const [bytes, text] = [new ItemTree(), new ItemTree()];
        for (const item of items) append(bytes, Buffer.from(item));
        for (const item of items) text.appendText(item);
        const leaves = items.map((item) => leafHash(Buffer.from(item)));
        const root = rootOf(appendLeaves(EMPTY_TREE, leaves));
        expect([bytes.root(), text.root()]).toEqual([root, root]);
      }),
    );
  });
});
