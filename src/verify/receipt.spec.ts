import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fetchFrom, logFiles, sampleEntries, treeHash } from '../../bench/samples/sample-log.js';
import {
  answerText,
  HEADER,
  jwkOf,
  jwksText,
  RECEIPT_SEED,
  sampleAnswer,
  sampleItems,
  samplePayload,
  signToken,
} from '../../bench/samples/sample-receipts.js';
import { ORIGIN } from '../../bench/samples/signers.js';
import {
  canonicalJson,
  checkAnswer,
  checkReceiptLog,
  cutReceipt,
  type JsonObject,
  leafHash,
  LogReader,
  openReceiptToken,
  parseAnswer,
  parseJwks,
  parseReceipt,
  type ReceiptDocument,
  verifyReceipt,
  writeReceipt,
} from './index.js';

const ENTRIES = sampleEntries(300);
const HASHES = ENTRIES.map((entry) => leafHash(entry));
const OLD = { size: 100, root: treeHash(HASHES.slice(0, 100)) };
const HEAD = { size: 300n, root: treeHash(HASHES), origin: ORIGIN };
const parsedKeys = parseJwks(jwksText(RECEIPT_SEED));
if (!parsedKeys.ok) throw new Error(parsedKeys.reason);
const KEYS = parsedKeys.value;

function cut(count: number, index: number): ReceiptDocument {
  const document = cutReceipt(sampleAnswer(count, OLD), index);
  if (!document.ok) throw new Error(document.reason);
  return document.value;
}

describe('the published batch of three', () => {
  it('has the published hashes and root', () => {
    const items = [
      '{"found":true,"i":0,"leaf":{"hash":"KPFmqaURebM6aHMhxJezYA1do-3Y4ynE9fjE5OOVoKE","index":1},"n":2,"q":"2m8XnpJlRjvoU0N_viM_Xd0ZTfZYOfROkXVIewxjRiY","terms":{"ai_generation":"deny","ai_training":"allow","preservation":"allow","tdm":"deny"},"work":"0190b5a1-7c3e-7d41-9f3a-5b2c8e1d4a10"}',
      '{"found":false,"i":1,"q":"esb80LNWHBFktzbNGsTAC7GlTbcEPUN7McSxJwXIVuc"}',
      '{"found":false,"i":2,"q":"Fw5YRNk1rFYUfJhKnFys9U2m8oJU6nwRCSM6oOT5Nnk"}',
    ];
    const hashes = items.map((text) => {
      expect(canonicalJson(JSON.parse(text))).toEqual({ ok: true, value: text });
      return leafHash(Buffer.from(text));
    });
    expect(hashes.map((hash) => hash.toString('hex'))).toEqual([
      'af07278e0363d34a501c178c192c5b4ee91dc1b39d1879120d385fef81ace392',
      'ce475f8180ac0f5329c2a06cd43e46fc9fc9f166392f2406eaede2b1809d5fbf',
      'eb8f0d90d8e6b2995583d3ca61c467b16344d9b99c9c9eaa44f6b28fe4d20424',
    ]);
    expect(treeHash(hashes).toString('hex')).toBe(
      'f83666cf43e6f0f4409d7268675df099c6be6b2ebc89f3464f0e5295c572fc82',
    );
  });
});

describe('verifyReceipt', () => {
  it('accepts each receipt that is cut from an answer of any length', () => {
    for (const count of [1, 2, 3, 5, 8, 33]) {
      for (let index = 0; index < count; index += 1) {
        const document = cut(count, index);
        const text = writeReceipt(document);
        const read = parseReceipt(text.ok ? text.value : '');
        expect(read).toEqual({ ok: true, value: document });
        expect(verifyReceipt(document, KEYS)).toMatchObject({
          ok: true,
          value: { kid: HEADER.kid, index: BigInt(index), payload: { asked: 'latest' } },
        });
      }
    }
  });

  it('accepts the older name of the algorithm', () => {
    const { item } = cut(1, 0);
    const receipt = signToken({ ...HEADER, alg: 'EdDSA' }, samplePayload([item], OLD));
    expect(verifyReceipt({ receipt, index: 0n, proof: [], item }, KEYS).ok).toBe(true);
  });

  it('says whose audience a receipt is for', () => {
    const { item } = cut(1, 0);
    const receipt = signToken(HEADER, { ...samplePayload([item], OLD), aud: 'pty_7' });
    const document = { receipt, index: 0n, proof: [], item };
    expect(verifyReceipt(document, KEYS)).toMatchObject({ value: { payload: { aud: 'pty_7' } } });
  });

  it('knows a question about a named moment from one about the latest', () => {
    const { item } = cut(1, 0);
    const payload = samplePayload([item], OLD);
    const digest = canonicalJson({
      asOf: payload['asOf'],
      inquiry: payload['inquiry'],
      purposes: payload['purposes'],
      unknownPolicy: payload['unknownPolicy'],
    });
    const req = digestOf(digest.ok ? digest.value : '');
    const receipt = signToken(HEADER, { ...payload, req });
    const document = { receipt, index: 0n, proof: [], item };
    expect(verifyReceipt(document, KEYS)).toMatchObject({
      value: { payload: { asked: 'moment' } },
    });
  });

  it('refuses an item that was decided by leaves the log had not yet', () => {
    const items = sampleItems(1, 9) as { purposes: { 'ai.train': { decidedBy: object[] } } }[];
    for (const logIndex of [100, -1, 1.5, 'x']) {
      items[0]!.purposes['ai.train'].decidedBy = [{ logIndex }];
      const receipt = signToken(HEADER, samplePayload(items, OLD));
      const item = items[0] as unknown as JsonObject;
      expect(verifyReceipt({ receipt, index: 0n, proof: [], item }, KEYS)).toEqual({
        ok: false,
        reason: expect.stringContaining('of a log that had 100 leaves'),
      });
    }
  });

  it('says exactly what failed', () => {
    const document = cut(4, 1);
    const reasonOf = (change: Partial<ReceiptDocument>) => {
      const verdict = verifyReceipt({ ...document, ...change }, KEYS);
      return verdict.ok ? null : verdict.reason;
    };
    expect(reasonOf({ item: { ...document.item, value: 'x' } })).toBe(
      'the item is not in the signed batch: the inclusion proof leads to another root',
    );
    expect(reasonOf({ index: 4n })).toContain('index 4 is outside of a tree of 4 leaves');
    expect(reasonOf({ receipt: 'a.b' })).toContain('three base64url parts');
    const stranger = signToken(HEADER, samplePayload([document.item], OLD), '11'.repeat(32));
    expect(reasonOf({ receipt: stranger })).toBe(
      `the signature of the key “${HEADER.kid}” does not fit the receipt`,
    );
    const noAlg = signToken({ ...HEADER, alg: 'none' }, {});
    expect(reasonOf({ receipt: noAlg })).toBe('the algorithm “"none"” is not accepted');
  });
});

describe('parseJwks', () => {
  const jwk = jwkOf(RECEIPT_SEED);
  const setOf = (...keys: unknown[]) => JSON.stringify({ keys });

  it('passes over keys of other kinds and uses', () => {
    const others = [
      { kty: 'RSA', n: 'x' },
      { kty: 'OKP', crv: 'X25519' },
    ];
    const encrypting = { ...jwkOf('22'.repeat(32)), use: 'enc' };
    const keys = parseJwks(setOf(...others, encrypting, jwk));
    expect(keys.ok && [...keys.value.keys()]).toEqual([jwk.kid]);
  });

  it('ends a key: what it signs later does not count', () => {
    const document = cut(1, 0);
    const iat = samplePayload([document.item], OLD)['iat'] as number;
    for (const [ended, counts] of [[iat, true] as const, [iat - 1, false] as const]) {
      const keys = parseJwks(setOf({ ...jwk, fermata_use: 'receipt', fermata_ended: ended }));
      expect(keys.ok && verifyReceipt(document, keys.value).ok).toBe(counts);
    }
  });

  it.each([
    [setOf({ ...jwk, kid: 'k1' }), 'is not its thumbprint'],
    [setOf({ ...jwk, d: 'secret' }), 'holds a private key'],
    [setOf({ ...jwk, x: `${jwk.x}=` }), 'has not 32 bytes'],
    [setOf({ ...jwk, kid: undefined }), 'no kid'],
    [setOf(), 'no Ed25519 key'],
    [setOf({ ...jwk, fermata_use: 'log' }), 'no Ed25519 key for receipts'],
    [setOf({ ...jwk, fermata_ended: 'soon' }), 'no time'],
    [setOf(null), 'no key'],
    ['{}', 'no list “keys”'],
    ['{', 'unreadable'],
  ])('refuses %#', (text, reason) => {
    expect(parseJwks(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});

describe('a saved answer', () => {
  it.each(['json', 'ndjson', 'single'] as const)('gives its receipts from %s', (form) => {
    const count = form === 'single' ? 1 : 7;
    const answer = parseAnswer(answerText(sampleAnswer(count, OLD), form));
    if (!answer.ok) throw new Error(answer.reason);
    expect(answer.value.items).toHaveLength(count);
    const document = cutReceipt(answer.value, count - 1);
    const verified = document.ok ? verifyReceipt(document.value, KEYS) : document;
    if (!verified.ok) throw new Error(verified.reason);
    expect(checkAnswer(answer.value, verified.value.payload)).toEqual({ ok: true, value: true });
  });

  it('says which member beside the items is not what was signed', () => {
    const answer = sampleAnswer(2, OLD);
    const opened = openReceiptToken(answer.receipt, KEYS);
    if (!opened.ok) throw new Error(opened.reason);
    const { payload } = opened.value;
    const changes = {
      asOf: '2025-11-25T00:00:00.000Z',
      vocabulary: '2',
      unknownPolicy: 'refer',
      inquiry: {},
      purposes: [],
      log: { size: 99, root: OLD.root.toString('base64') },
    };
    for (const [name, value] of Object.entries(changes)) {
      const changed = { ...answer, envelope: { ...answer.envelope, [name]: value } };
      expect(checkAnswer(changed, payload)).toEqual({
        ok: false,
        reason: `the member ${name} of the answer is not what the receipt says`,
      });
    }
    expect(checkAnswer({ ...answer, items: answer.items.slice(1) }, payload)).toEqual({
      ok: false,
      reason: 'the answer has 1 items and the receipt is over 2',
    });
  });

  it.each([
    ['{"result":"found"}', 'carries no receipt'],
    ['{"receipt":"x","items":[]}', 'items is no list'],
    ['{"receipt":"x","items":[1]}', 'items is no list'],
    ['[]', 'no object'],
    ['{"a":1}\n{"b":2}\n', 'is no summary: it was cut off'],
    ['{"a":1}\n{"b":\n{"summary":{}}\n', 'line 2 of the answer'],
    ['{"a":1}\n{"summary":{}}\n', 'carries no receipt'],
    ['{"summary":{"receipt":"x"}}\n', 'no items'],
    ['{"a":1,', 'unreadable'],
  ])('is refused: %j', (text, reason) => {
    expect(parseAnswer(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  it('is refused where an item was changed, left out or moved', () => {
    const answer = sampleAnswer(4, OLD);
    const opened = openReceiptToken(answer.receipt, KEYS);
    if (!opened.ok) throw new Error(opened.reason);
    const [first, second, third, fourth] = answer.items as [
      JsonObject,
      JsonObject,
      JsonObject,
      JsonObject,
    ];
    for (const items of [
      [first, second, third, { ...fourth, result: 'not_found' }],
      [second, first, third, fourth],
      [first, second, third, third],
    ]) {
      expect(checkAnswer({ ...answer, items }, opened.value.payload)).toEqual({
        ok: false,
        reason: expect.stringContaining('are not those that were signed'),
      });
    }
  });

  it('has no receipt for an item that it has not', () => {
    for (const index of [3, -1, 0.5, Number.NaN]) {
      expect(cutReceipt(sampleAnswer(3, OLD), index).ok).toBe(false);
    }
  });
});

describe('checkReceiptLog', () => {
  const reader = new LogReader(fetchFrom(logFiles(ENTRIES)));
  const payloadWith = (log: object) => {
    const item = cut(1, 0).item;
    const receipt = signToken(HEADER, samplePayload([item], { ...OLD, ...log }));
    const verified = verifyReceipt({ receipt, index: 0n, proof: [], item }, KEYS);
    if (!verified.ok) throw new Error(verified.reason);
    return verified.value;
  };

  it('finds the log of the receipt in the past of the log', async () => {
    expect(await checkReceiptLog(payloadWith({}), reader, HEAD)).toEqual({ ok: true, value: true });
  });

  it.each([
    [{ root: treeHash(HASHES.slice(0, 99)) }, 'has another root for size 100'],
    [{ size: 301 }, 'has 300 leaves now and had 301 before'],
    [{ origin: 'other.example/log' }, 'not of “registry.example/log”'],
  ])('refuses a receipt of another log: %#', async (log, reason) => {
    const verdict = await checkReceiptLog(payloadWith(log), reader, HEAD);
    expect(verdict).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});

describe('what reads receipts', () => {
  it('throws on nothing at all', () => {
    const odd = fc.oneof(fc.anything(), fc.json(), fc.uint8Array());
    fc.assert(
      fc.property(odd, (value) => {
        const given = value as string;
        expect(parseReceipt(given).ok).toBe(false);
        expect(parseAnswer(given).ok).toBe(false);
        expect(parseJwks(given).ok).toBe(false);
        expect(openReceiptToken(given, KEYS).ok).toBe(false);
      }),
    );
  });
});

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
