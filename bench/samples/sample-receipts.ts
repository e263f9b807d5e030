import { createHash, sign } from 'node:crypto';
import { canonicalJson, leafHash, requestDigest, type SavedAnswer } from '#verify';
import { treeHash } from './sample-log.js';
import { ORIGIN, privateKeyOf, publicBytes } from './signers.js';

export const RECEIPT_SEED = 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7';

export function jcs(value: unknown): string {
  const text = canonicalJson(value);
  if (!text.ok) throw new Error(text.reason);
  return text.value;
}

export function jwkOf(seedHex: string): { kty: string; crv: string; x: string; kid: string } {
  const x = publicBytes(privateKeyOf(seedHex)).toString('base64url');
  const required = jcs({ crv: 'Ed25519', kty: 'OKP', x });
  const kid = createHash('sha256').update(required).digest('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, kid };
}

export function jwksText(...seeds: readonly string[]): string {
  return JSON.stringify({
    keys: seeds.map((seed) => ({ ...jwkOf(seed), alg: 'Ed25519', use: 'sig' })),
  });
}

/** Signs any header and payload, sound or not. */
export function signToken(header: unknown, payload: unknown, seedHex = RECEIPT_SEED): string {
  const message = [header, payload]
    .map((part) => Buffer.from(jcs(part)).toString('base64url'))
    .join('.');
  const signature = sign(null, Buffer.from(message), privateKeyOf(seedHex));
  return `${message}.${signature.toString('base64url')}`;
}

export const HEADER = {
  alg: 'Ed25519',
  kid: jwkOf(RECEIPT_SEED).kid,
  typ: 'consent-receipt+jws',
};

/** Items as a lookup answers them; every third is unknown to the registry. */
export function sampleItems(count: number, leaves: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, at) => {
    const value = `USUG119${String(at).padStart(5, '0')}`;
    const validUntil = '2026-11-28T00:00:00.000Z';
    if (at % 3 === 2) {
      const purposes = { 'ai.train': { outcome: 'unknown', treatAs: 'deny', validUntil } };
      return { scheme: 'isrc', value, result: 'not_found', purposes };
    }
    const decidedBy = [
      {
        layer: 'recording',
        declarationId: 'dec_1',
        logIndex: at % leaves,
        party: 'pty_1',
        level: 2,
      },
    ];
    const purposes = { 'ai.train': { outcome: 'denied', decidedBy, validUntil } };
    const works = [{ workId: `wrk_${at}`, kind: 'recording', how: 'identifier', confidence: 1 }];
    return { scheme: 'isrc', value, result: 'found', works, purposes };
  });
}

export interface SampleLogHead {
  readonly size: number;
  readonly root: Buffer;
  readonly origin?: string;
}

/** The payload of a receipt over these items. */
export function samplePayload(
  items: readonly unknown[],
  log: SampleLogHead,
): Record<string, unknown> {
  const question = {
    asOf: null,
    inquiry: { territory: 'DE' },
    purposes: ['ai.train'],
    unknownPolicy: 'deny',
  };
  const req = requestDigest(question);
  if (!req.ok) throw new Error(req.reason);
  const leaves = items.map((item) => leafHash(Buffer.from(jcs(item))));
  return {
    ...question,
    v: 1,
    iss: 'https://registry.example',
    jti: '0190b5a1-7c3e-7d41-9f3a-5b2c8e1d4a10',
    iat: 1_764_000_000,
    asOf: '2025-11-24T16:00:00.000Z',
    log: { origin: log.origin ?? ORIGIN, size: log.size, root: log.root.toString('base64') },
    vocabulary: '1',
    req: req.value.toString('base64url'),
    batch: { count: items.length, root: treeHash(leaves).toString('base64url') },
  };
}

/** A saved batch answer with its receipt. */
export function sampleAnswer(count: number, log: SampleLogHead): SavedAnswer {
  const items = sampleItems(count, log.size);
  const payload = samplePayload(items, log);
  const { asOf, vocabulary, unknownPolicy, inquiry, purposes } = payload;
  const { size, root } = payload['log'] as Record<string, never>;
  const envelope = { asOf, log: { size, root }, vocabulary, unknownPolicy, inquiry, purposes };
  return { receipt: signToken(HEADER, payload), items, envelope } as unknown as SavedAnswer;
}

/** The same as the registry sends it: one item among the members of the envelope, or a list. */
export function answerText(answer: SavedAnswer, as: 'json' | 'ndjson' | 'single' = 'json'): string {
  const { receipt, items, envelope } = answer;
  const { purposes: _, ...single } = envelope;
  if (as === 'single') return JSON.stringify({ ...items[0], ...single, receipt });
  if (as === 'json') return JSON.stringify({ ...envelope, items, receipt });
  const lines = [...items, { summary: { ...envelope, receipt } }];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
