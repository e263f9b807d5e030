import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PURPOSES } from '#vocabulary';
import type { LogReplay } from '#replay';
import { readAsk, readItem } from '../../../src/lookup/domain/index.js';
import { ReplayedAnswers } from '../../../src/replay/domain/index.js';
import { BusyWorld } from '../../support/factories/busy-world.js';
import { Signer } from '../passkeys/signer.js';
import { Registry } from '../../support/factories/registry.js';
import { replayOf } from '../../support/replay-world.js';

/** Other seeds live other lives. */
const SEED = Number(process.env['REPLAY_SEED'] ?? 7);
const ACTS = Number(process.env['REPLAY_ACTS'] ?? 70);
const MOMENTS = Number(process.env['REPLAY_MOMENTS'] ?? 8);

const INQUIRIES = [
  {},
  { territory: 'DE', actorClass: 'commercial', lawfulSource: true, accepts: ['volumeCap'] },
  { territory: 'US', actorClass: 'research', actorMode: 'autonomous' },
];

let registry: Registry;
let busy: BusyWorld;
let replay: LogReplay;

beforeAll(
  async () => {
    registry = await Registry.open(undefined, { LOG_SIGNER: true });
    busy = await (await new BusyWorld(registry, SEED).import()).live(ACTS);
    busy.identifiers.push(await signOwnWish());
    await busy.erase();
    ({ replay } = await replayOf(registry));
  },
  60_000 + ACTS * 1_000,
);
afterAll(() => registry?.close());

/** Somebody who signs a declaration with a passkey; returns what leads to the work. */
async function signOwnWish(): Promise<{ scheme: string; value: string }> {
  const signer = new Signer(registry, await registry.somebody());
  const { isrc } = await registry.song(signer.who);
  await signer.bind();
  const wish = await signer.signed({ template: 'no_ai_at_all' });
  await registry.post('/v1/declarations', signer.who.token, wish);
  return { scheme: 'isrc', value: isrc };
}

/** The items of a live answer as they came over the wire, and the moment that they name. */
async function askLive(query: Record<string, unknown>): Promise<{ lines: string[]; asOf: string }> {
  const { inquiry, ...rest } = query as { inquiry: object };
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...rest, ...inquiry })) {
    search.set(name, String(value));
  }
  const body = `${busy.identifiers.map((one) => JSON.stringify(one)).join('\n')}\n`;
  const headers = { 'content-type': 'application/x-ndjson' };
  const url = `/v1/lookups?${search.toString()}`;
  const answer = await registry.call('POST', url, { body, headers });
  const lines = answer.body.trimEnd().split('\n');
  const { summary } = JSON.parse(lines.pop()!);
  expect(summary.log.size).toBe(replay.state.size);
  return { lines, asOf: summary.asOf };
}

function askReplay(query: Record<string, unknown>, asOf: string): string[] {
  const ask = readAsk(query, Date.parse(asOf));
  if (!ask.ok) throw new Error(JSON.stringify(ask.faults));
  const answers = new ReplayedAnswers(replay.state, ask.value, Date.parse(asOf));
  return busy.identifiers.map((one, at) => `${answers.write(readItem(one, at))}}`);
}

describe('a replayed log', () => {
  it('answers now what the registry answers, byte for byte', async () => {
    let decided = 0;
    for (const inquiry of INQUIRIES) {
      const query = { purposes: PURPOSES, inquiry, unknownPolicy: 'refer' };
      const { lines, asOf } = await askLive(query);
      expect(askReplay(query, asOf)).toEqual(lines);
      decided += lines.filter((line) => line.includes('"logIndex"')).length;
    }
    const signed = (await askLive({ purposes: ['ai.train'], inquiry: {} })).lines.at(-1);
    expect(signed).toContain('"auth":"passkey"');
    // The world was busy enough to mean something.
    expect(decided).toBeGreaterThan(15);
    expect(replay.state.size).toBeGreaterThan(256);
  });

  it('answers as of every past moment what the registry answers', async () => {
    const every = Math.ceil(busy.moments.length / MOMENTS);
    const moments = busy.moments.filter((_, at) => at % every === 0);
    expect(moments.length).toBeGreaterThan(MOMENTS / 2);
    for (const [at, asOf] of moments.entries()) {
      const query = { purposes: PURPOSES, inquiry: INQUIRIES[at % INQUIRIES.length], asOf };
      const { lines } = await askLive(query);
      expect(askReplay(query, asOf)).toEqual(lines);
    }
  });

  it('holds after a part of the log what it held when that was the whole', async () => {
    // The moments of a day are the sizes of a log: a prefix answers like the whole about its time.
    const half = await replayOf(registry, Math.floor(replay.state.size / 2));
    const asOf = new Date(half.replay.state.lastTime).toISOString();
    const ask = readAsk({ purposes: PURPOSES, inquiry: {} }, Date.parse(asOf));
    if (!ask.ok) throw new Error('no ask');
    const { size } = half.replay.state;
    const [early, late] = [half.replay, replay].map(({ state }) => {
      const answers = new ReplayedAnswers(state, ask.value, Date.parse(asOf), size);
      return busy.identifiers.map((one, at) => answers.write(readItem(one, at)));
    });
    expect(early).toEqual(late);
  });
});
