import { createHash } from 'node:crypto';
import { jcs, RECEIPT_SEED } from './sample-receipts.js';
import { signManifest, SNAPSHOT_HEADER } from './sample-snapshot.js';

export const RANGE_AS_OF = Date.UTC(2026, 10, 28, 3, 0, 0, 123);
export const RANGE_HEADER = { ...SNAPSHOT_HEADER, typ: 'consent-range+jws' };

const told = (outcome: string) => ({
  'ai.train': { outcome, validUntil: '2026-11-29T03:00:00.123Z' },
});

/** The identifiers of the sample, all of whose digests begin with four bits 0. */
export const RANGE_IDENTIFIERS = ['isrc:USUG11904242', 'isrc:USUG11904253'] as const;

/** The beginning of a digest as rows show it. */
export function rowOf(identifier: string): string {
  return createHash('sha256').update(identifier).digest('hex').slice(0, 32);
}

/** A range of four bits as it is signed, with members exchanged or (where undefined) taken out. */
export function sampleRange(changed: Record<string, unknown> = {}): Record<string, unknown> {
  const [one, other] = RANGE_IDENTIFIERS;
  const rows: [string, number | null][] = [
    [rowOf(one), 1],
    [rowOf(other), 2],
  ];
  for (let at = 0; rows.length < 256; at += 1) {
    rows.push([`0${rowOf(`padding ${at}`).slice(1)}`, null]);
  }
  const range: Record<string, unknown> = {
    ...{ v: 1, type: 'consent-range', iss: 'https://registry.example', bits: 4, prefix: '0' },
    answers: [
      { result: 'not_found', purposes: told('unknown') },
      { result: 'found', purposes: told('permitted') },
      { result: 'found', purposes: told('denied') },
    ],
    ...{ asOf: new Date(RANGE_AS_OF).toISOString(), identifiers: 2 },
    log: { size: 512, root: Buffer.alloc(32, 7).toString('base64') },
    ...{ inquiry: { territory: 'DE' }, purposes: ['ai.train'], unknownPolicy: 'deny' },
    ...{ rows: rows.sort(([a], [b]) => (a < b ? -1 : 1)), vocabulary: '1' },
    ...changed,
  };
  for (const name of Object.keys(range)) if (range[name] === undefined) delete range[name];
  return range;
}

/** The answer that carries a range; signed by the sample's key unless it is said how. */
export function rangeDocument(
  range: unknown,
  signature: string | undefined = signManifest(Buffer.from(jcs(range)), RANGE_HEADER, RECEIPT_SEED),
): string {
  return JSON.stringify({ padding: '00', range, signature });
}
