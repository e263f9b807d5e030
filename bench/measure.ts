import { Agent, request } from 'node:http';
import autocannon from 'autocannon';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { LookupEntryEntity } from '../src/lookup/entities/lookup-entry.entity.js';
import { isrcOf } from './fill-registry.js';

export const PURPOSES = ['ai.train.generative'];
export const QUERY = `purposes=${PURPOSES.join(',')}&territory=DE&actorClass=commercial&lawfulSource=true`;
export const BATCH = 10_000;

const CONNECTIONS = 16;

export interface Load {
  perSecond: number;
  p99Ms: number;
}

/**
 * Single lookups of random registered ISRCs for `seconds`, as fast as they are answered or `rate` a second;
 * every answer must be a 200.
 */
export async function loadSingle(
  url: string,
  path: (isrc: string) => string,
  recordings: number,
  seconds: number,
  rate?: number,
): Promise<Load> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    ...(rate === undefined ? {} : { overallRate: Math.round(rate) }),
    requests: [
      {
        setupRequest: (request) => ({ ...request, path: path(randomIsrc(recordings)) }),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${result.non2xx} answers were no 200, ${result.errors} failed`);
  }
  return { perSecond: result.requests.average, p99Ms: result.latency.p99 };
}

export function randomBatch(recordings: number): string[] {
  return Array.from({ length: BATCH }, () => randomIsrc(recordings));
}

function randomIsrc(recordings: number): string {
  return isrcOf(Math.floor(Math.random() * recordings));
}

/** Seconds that the database alone takes for the keys of a batch, rows read into memory. */
export async function bareBatch(client: pg.Client, isrcs: readonly string[]): Promise<number> {
  const start = performance.now();
  const { rows } = await client.query({
    name: 'bare batch',
    text: `SELECT value, work_id, standing_id FROM lookup_entries
           WHERE scheme = 'isrc' AND value = ANY($1)`,
    values: [isrcs],
  });
  if (rows.length === 0) throw new Error('the bare join found nothing');
  return (performance.now() - start) / 1000;
}

/**
 * Seconds from sending a batch to its last byte. The client only counts bytes, because what is measured
 * is the server; the end of the answer says that every item was found.
 */
export async function lookupBatch(
  url: string,
  isrcs: readonly string[],
  options: { receipt?: boolean } = {},
): Promise<number> {
  const body = JSON.stringify({
    items: isrcs.map((value, at) => ({ ref: String(at), scheme: 'isrc', value })),
    purposes: PURPOSES,
    inquiry: { territory: 'DE', actorClass: 'commercial', lawfulSource: true },
    ...options,
  });
  const start = performance.now();
  const { status, end } = await post(`${url}/v1/lookups`, body);
  const seconds = (performance.now() - start) / 1000;
  const isSigned = end.includes('"receipt":"');
  const isWhole = end.includes(`"counts":{"found":${isrcs.length},`);
  if (status !== 200 || !isWhole || isSigned !== (options.receipt === true)) {
    throw new Error(`the batch gave ${status}: … ${end}`);
  }
  return seconds;
}

/** Seconds that the bare server takes for a list of keys in one call, as an opt-out list would. */
export async function bareList(url: string, isrcs: readonly string[]): Promise<number> {
  const start = performance.now();
  const { status } = await post(`${url}/v1/lookups`, JSON.stringify({ items: isrcs }));
  if (status !== 200) throw new Error(`the bare list gave ${status}`);
  return (performance.now() - start) / 1000;
}

/** Seconds that an ORM takes for as many keys, a query for each, ten at a time. */
export async function ormEach(source: DataSource, isrcs: readonly string[]): Promise<number> {
  const entries = source.getRepository(LookupEntryEntity);
  const rest = [...isrcs];
  const start = performance.now();
  const one = async () => {
    for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
      if ((await entries.findBy({ scheme: 'isrc', value })).length === 0) {
        throw new Error('the ORM found nothing');
      }
    }
  };
  await Promise.all(Array.from({ length: 10 }, one));
  return (performance.now() - start) / 1000;
}

/** As many bytes as hold the end of an answer, with its receipt. */
const END = 3_000;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function post(url: string, body: string): Promise<{ status: number; end: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let last: Uint8Array = new Uint8Array();
      response.on('data', (chunk: Buffer) => {
        last = chunk.length < END ? Buffer.concat([last, chunk]).subarray(-END) : chunk;
      });
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode!,
          end: Buffer.from(last.subarray(-END)).toString('utf8'),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
