import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '#kernel';
import { parseJwks, parseReceipt, verifyReceipt } from '#verify';
import type { Ask } from '../domain/ask.js';
import { createBatchTree } from './batch-tree.js';
import { hashItem } from './item-tree.js';
import { writePayload } from './receipt-payload.js';
import { signToken } from './receipt-token.js';

/** docs/specs/receipt.md names these vectors: whoever reads the page can compute every line of them. */
const vector = JSON.parse(readFileSync('test/vectors/receipt.json', 'utf8')) as {
  key: { seed: string; kid: string; jwks: object };
  ask: Ask & { readonly asOfAsked: string | null };
  facts: {
    readonly issuer: string;
    readonly receiptId: string;
    readonly signedAt: string;
    readonly asOf: string;
    readonly log: { readonly origin: string; readonly size: number; readonly root: string };
  };
  items: object[];
  leafHashes: string[];
  batchRoot: string;
  header: string;
  payload: string;
  receipt: string;
  documents: object[];
};

const key = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${vector.key.seed}`, 'hex'),
  ...{ format: 'der', type: 'pkcs8' },
});

describe('the published receipt', () => {
  it('has the published leaf hashes and root over its items', () => {
    const tree = createBatchTree();
    const hashes = vector.items.map((item) => {
      const bytes = Buffer.from(` ${canonicalJson(item)}`);
      tree.append(bytes, 1, bytes.length, null);
      return Buffer.from(hashItem(bytes, 1, bytes.length), 'latin1').toString('hex');
    });
    expect(hashes).toEqual(vector.leafHashes);
    expect(tree.root().toString('base64url')).toBe(vector.batchRoot);
  });

  it('is what the registry signs for these facts', () => {
    const { asOfAsked, ...rest } = vector.ask;
    const ask = asOfAsked === null ? rest : { ...rest, asOf: Date.parse(asOfAsked) };
    const { issuer, receiptId, signedAt, asOf, log } = vector.facts;
    const payload = writePayload(ask, {
      ...{ issuer, receiptId, log, signedAt: Date.parse(signedAt), asOf: Date.parse(asOf) },
      batch: { count: vector.items.length, root: Buffer.from(vector.batchRoot, 'base64url') },
    });
    expect(payload).toBe(vector.payload);
    expect(payload).toBe(canonicalJson(JSON.parse(payload)));
    const { kid } = vector.key;
    const receipt = signToken({ kid, sign: (data) => sign(null, data, key) }, payload);
    expect(receipt).toBe(vector.receipt);
    expect(Buffer.from(receipt.split('.')[0]!, 'base64url').toString()).toBe(vector.header);
  });

  it('verifies offline, every document of it', () => {
    const keys = parseJwks(JSON.stringify(vector.key.jwks));
    if (!keys.ok) throw new Error(keys.reason);
    vector.documents.forEach((one, index) => {
      const document = parseReceipt(JSON.stringify(one));
      if (!document.ok) throw new Error(document.reason);
      const verified = verifyReceipt(document.value, keys.value);
      expect(verified).toMatchObject({ ok: true, value: { item: vector.items[index] } });
    });
  });
});
