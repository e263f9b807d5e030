import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PURPOSES } from '#vocabulary';
import { readAsk, readItem } from '../../../src/lookup/domain/index.js';
import { LogReplay } from '#replay';
import { ReplayedAnswers } from '../../../src/replay/domain/index.js';
import { openCheckpoint, parsePolicy } from '#verify';
import { BusyWorld } from '../../support/factories/busy-world.js';
import { Registry } from '../../support/factories/registry.js';
import type { LogFiles } from '../../support/log-files.js';
import { leavesOf, logOf } from '../../support/replay-world.js';

const SEED = Number(process.env['REPLAY_SEED'] ?? 7);
const ACTS = Number(process.env['REPLAY_ACTS'] ?? 120);

const INQUIRIES = [
  {},
  { territory: 'DE', actorClass: 'commercial', lawfulSource: true, accepts: ['volumeCap'] },
  { territory: 'US', actorClass: 'research', actorMode: 'autonomous' },
];

let registry: Registry;
let busy: BusyWorld;
let log: LogFiles;
let replay: LogReplay;

beforeAll(
  async () => {
    registry = await Registry.open();
    busy = await new BusyWorld(registry, SEED).live(ACTS);
    log = await logOf(registry, await leavesOf(registry));
    replay = new LogReplay(log.fetch);
    const policy = parsePolicy(log.policy);
    const head = policy.ok && openCheckpoint(log.files.get('checkpoint')!, policy.value);
    if (!head || !head.ok) throw new Error('the test log has no good checkpoint');
    expect(await replay.catchUp(head.value)).toEqual({ ok: true });
  },
  60_000 + ACTS * 1_000,
);
afterAll(() => registry?.close());

/** The items of a live answer as they came over the wire, and the moment and log they name. */
async function askLive(query: Record<string, unknown>): Promise<{ lines: string[]; asOf: string }> {
  const { inquiry, ...rest } = query as { inquiry: object };
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...rest, ...inquiry }))
    search.set(name, String(value));
  const body = `${busy.identifiers.map((one) => JSON.stringify(one)).join('\n')}\n`;
  const headers = { 'content-type': 'application/x-ndjson' };
  const answer = await registry.call('POST', `/v1/lookups?${search.toString()}`, { body, headers });
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
    // The world was busy enough to mean something.
    expect(decided).toBeGreaterThan(30);
  });

  it('answers as of every past moment what the registry answers', async () => {
    expect(busy.moments.length).toBeGreaterThan(15);
    for (const [at, asOf] of busy.moments.entries()) {
      const query = { purposes: PURPOSES, inquiry: INQUIRIES[at % INQUIRIES.length], asOf };
      const { lines } = await askLive(query);
      expect(askReplay(query, asOf)).toEqual(lines);
    }
  });
});
