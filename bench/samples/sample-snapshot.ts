import { sign } from 'node:crypto';
import { jcs, jwkOf, RECEIPT_SEED } from './sample-receipts.js';
import { ORIGIN, privateKeyOf } from './signers.js';

export const SNAPSHOT_AS_OF = Date.UTC(2026, 10, 28, 3, 0, 0, 123);

const DIGEST = '0'.repeat(64);

export const SAMPLE_FILES: readonly Record<string, unknown>[] = [
  { path: 'answers.parquet', bytes: 900, sha256: DIGEST, rows: 8, role: 'answers' },
  {
    ...{ path: 'changes/from=400/scheme=isrc/part-0.parquet', bytes: 10, sha256: DIGEST, rows: 1 },
    ...{ role: 'changes', scheme: 'isrc', from: 400 },
  },
  {
    ...{ path: 'identifiers/scheme=isrc/part-0.parquet', bytes: 300, sha256: DIGEST, rows: 3 },
    ...{ role: 'identifiers', scheme: 'isrc' },
  },
  { path: 'standings.parquet', bytes: 700, sha256: DIGEST, rows: 2, role: 'standings' },
];

/** A manifest as it is signed, with members exchanged or (where undefined) taken out. */
export function sampleManifest(changed: Record<string, unknown> = {}): Buffer {
  const manifest: Record<string, unknown> = {
    ...{ v: 1, type: 'consent-snapshot', iss: 'https://registry.example', origin: ORIGIN },
    ...{ snapshot: '0190b5a1-7c3e-7d41-9f3a-5b2c8e1d4a10', size: 512 },
    ...{ root: Buffer.alloc(32, 7).toString('base64') },
    asOf: new Date(SNAPSHOT_AS_OF).toISOString(),
    expires: new Date(SNAPSHOT_AS_OF + 86_400_000).toISOString(),
    vocabulary: { version: '1', digest: DIGEST },
    ...{ identifiers: 3, standings: 2, files: SAMPLE_FILES },
    ...changed,
  };
  for (const name of Object.keys(manifest)) if (manifest[name] === undefined) delete manifest[name];
  return Buffer.from(jcs(manifest));
}

export const SNAPSHOT_HEADER = {
  alg: 'Ed25519',
  kid: jwkOf(RECEIPT_SEED).kid,
  typ: 'consent-snapshot+jws',
};

/** The detached JWS over any bytes, sound or not. */
export function signManifest(
  bytes: Uint8Array,
  header: unknown = SNAPSHOT_HEADER,
  seedHex = RECEIPT_SEED,
): string {
  const start = Buffer.from(jcs(header)).toString('base64url');
  const message = Buffer.from(`${start}.${Buffer.from(bytes).toString('base64url')}`);
  return `${start}..${sign(null, message, privateKeyOf(seedHex)).toString('base64url')}`;
}
