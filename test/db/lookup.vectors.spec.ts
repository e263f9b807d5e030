import type { Layer, Purpose } from '#vocabulary';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Term } from '#consent/domain';
import { createLookupHouse, type Json, type LookupHouse } from '../support/factories/lookup.js';

interface Vector {
  name: string;
  rule: string;
  claims: {
    party: string;
    layer: Layer;
    level: number;
    sharePpm?: number;
    exclusive?: boolean;
    madeAt?: string;
  }[];
  declarations: {
    id?: string;
    party: string;
    layer: Layer;
    subject: 'work' | 'party';
    recordedAt: string;
    effectiveFrom?: string;
    terms: Term[];
    withdraws?: string;
  }[];
  inquiry: Json;
  expect: Json;
}

const { cases } = JSON.parse(
  readFileSync(new URL('../vectors/evaluation.json', import.meta.url), 'utf8'),
) as { cases: Vector[] };

let house: LookupHouse;
beforeAll(async () => {
  house = await createLookupHouse('2025-12-01T00:00:00Z');
});
afterAll(() => house.close());

/**
 * Tells the story of a vector to the registry in the order of its dates. All vectors share one
 * log, whose time only goes forward, so each story is told a thousand days after the one before; what
 * counts is how its dates lie to each other.
 */
async function tell(vector: Vector, shift: (text: string) => number) {
  const { world, clock } = house;
  const parties = new Map<string, string>();
  const partyOf = async (name: string) => {
    if (!parties.has(name)) parties.set(name, await world.makeParty({ name }));
    return parties.get(name)!;
  };
  clock.set(shift('2025-11-30T00:00:00Z'));
  const isrc = world.isrc();
  const composition = await world.makeWork({ kind: 'composition' });
  const recording = await world.makeWork({
    embodies: [composition],
    identifiers: [`isrc:${isrc}`],
  });
  const workOf = (layer: Layer) => (layer === 'composition' ? composition : recording);
  const events: { at: number; run: () => Promise<unknown> }[] = [];
  for (const claim of vector.claims) {
    const at = shift(claim.madeAt ?? '2025-12-01T00:00:00Z');
    events.push({
      at,
      run: async () =>
        world.makeClaim({
          ...claim,
          madeAt: at,
          work: workOf(claim.layer),
          party: await partyOf(claim.party),
        }),
    });
  }
  const ids = new Map<string, string>();
  for (const one of vector.declarations) {
    events.push({
      at: shift(one.recordedAt),
      run: async () => {
        const id = await world.makeDeclaration({
          party: await partyOf(one.party),
          layer: one.layer,
          subject: one.subject === 'work' ? { kind: 'work', id: workOf(one.layer) } : undefined,
          terms: one.terms.map((term) => shiftTerm(term, shift)),
          effectiveFrom: one.effectiveFrom ? shift(one.effectiveFrom) : undefined,
          withdraws: one.withdraws ? ids.get(one.withdraws) : undefined,
        });
        if (one.id) ids.set(one.id, id);
      },
    });
  }
  const { inquirer, licence } = vector.inquiry;
  if (licence) {
    await world.makeLicence({
      grantor: await partyOf('A'),
      grantee: await partyOf(licence.party),
      works: [recording, composition],
      purposes: [licence.purpose],
      layers: licence.layers,
    });
  }
  events.sort((a, b) => a.at - b.at);
  for (const { at, run } of events) {
    clock.set(at);
    await run();
  }
  return { id: `isrc:${isrc}`, inquirer: inquirer ? await partyOf(inquirer) : undefined };
}

function shiftTerm(term: Term, shift: (text: string) => number): Term {
  const conditions = term.conditions?.map((one) =>
    one.kind === 'embargoUntil'
      ? { ...one, date: new Date(shift(`${one.date}T00:00:00Z`)).toISOString() }
      : one,
  );
  return { ...term, ...(conditions ? { conditions } : {}) };
}

function expectAnswer(answer: Json, expected: Json): void {
  for (const [key, wanted] of Object.entries(expected)) {
    if (key === 'reason') expect(answer['reasons']).toContain(wanted);
    else if (key === 'duties') expect(answer['duties'].map((d: Json) => d['kind'])).toEqual(wanted);
    else if (key === 'basis') expect(answer['basis'].split(':')[0]).toBe(wanted);
    else expect(answer).toHaveProperty(key, wanted);
  }
}

describe('lookup, published examples', () => {
  it.each(cases.map((one, index) => [`${one.rule}: ${one.name}`, one, index] as const))(
    '%s',
    async (_, vector, index) => {
      const shift = (text: string) => Date.parse(text) + index * 1_000 * 86_400_000;
      const { id, inquirer } = await tell(vector, shift);
      const { purpose, asOf, inquirer: _inquirer, licence: _licence, ...inquiry } = vector.inquiry;
      const moment = shift(asOf);
      house.clock.set(Math.max(moment, house.clock.now()));
      const ask = { purposes: [purpose] as Purpose[], inquiry: { ...inquiry, inquirer } };
      const past = await house.one(id, { ...ask, asOf: moment });
      expect(past['result']).toBe('found');
      expectAnswer(past['purposes'][purpose], vector.expect);
      if (house.clock.now() > moment) return;
      const now = await house.one(id, ask);
      expect(now['purposes']).toEqual(past['purposes']);
      const again = [await house.one(id, ask), (await house.many([id], ask))['items'][0]];
      for (const answer of again) expect(answer['purposes']).toEqual(past['purposes']);
    },
  );
});
