import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OperatorGrants } from '#accounts';
import { createTestApp, FixedClock, type TestApp } from '../../support/test-app.js';

/**
 * Every published case over the real API: parties, songs, claims, decisions and declarations are
 * made at the moments that the case names, on one clock that moves forward, and then asked about.
 */
interface VectorClaim {
  party: string;
  layer: string;
  level: number;
  sharePpm?: number;
  exclusive?: boolean;
  madeAt?: string;
}

interface VectorDeclaration {
  id?: string;
  party: string;
  layer: string;
  subject: 'work' | 'party';
  recordedAt: string;
  effectiveFrom?: string;
  withdraws?: string;
  terms: object[];
}

interface VectorInquiry {
  purpose: string;
  asOf: string;
  inquirer?: string;
  licence?: { party: string; purpose: string; layers?: string[] };
  [member: string]: unknown;
}

interface Case {
  name: string;
  rule: string;
  claims: VectorClaim[];
  declarations: VectorDeclaration[];
  inquiry: VectorInquiry;
  expect: Record<string, unknown>;
}

const { cases } = JSON.parse(readFileSync('test/vectors/evaluation.json', 'utf8')) as {
  cases: Case[];
};

const NOW = '2026-06-01T00:00:00Z';
const FIRST = '2025-11-01T00:00:00Z';
const clock = new FixedClock(Date.parse(FIRST));

let app: TestApp;
let holder: string;
let operator: string;

async function post<T = { id: string }>(url: string, as: string, body: unknown): Promise<T> {
  const response = await app.request('POST', url, { as, body });
  if (response.statusCode >= 300) throw new Error(`POST ${url}: ${response.body}`);
  return response.json<T>();
}

/** A key, because the clock moves over months and a session ends after hours. */
async function keyOf(session: string, scopes: string[]): Promise<string> {
  const body = { name: 'vectors', scopes };
  return (await post<{ secret: string }>('/v1/api-keys', session, body)).secret;
}

interface World {
  parties: Map<string, string>;
  recording: string;
  composition: string;
  isrc: string;
  declarations: Map<string, string>;
}

async function makeWorld(vector: Case, number: number): Promise<World> {
  const names = new Set([...vector.claims, ...vector.declarations].map(({ party }) => party));
  for (const name of ['owner', 'Z']) names.add(name);
  const parties = new Map<string, string>();
  for (const displayName of names) {
    const { id } = await post('/v1/parties', holder, { kind: 'person', displayName });
    parties.set(displayName, id);
  }
  const party = parties.get('owner');
  const isrc = `ZZVEC26${String(number).padStart(5, '0')}`;
  const composition = await post('/v1/works', holder, {
    ...{ party, kind: 'composition', title: vector.name },
  });
  const recording = await post('/v1/works', holder, {
    ...{ party, kind: 'recording', title: vector.name },
    identifiers: [{ scheme: 'isrc', value: isrc }],
    links: [{ kind: 'embodies', work: composition.id }],
  });
  return {
    ...{ parties, isrc, recording: recording.id, composition: composition.id },
    declarations: new Map(),
  };
}

async function makeClaim(world: World, claim: VectorClaim): Promise<void> {
  const { layer, sharePpm, exclusive, level } = claim;
  const work = layer === 'composition' ? world.composition : world.recording;
  const { id } = await post('/v1/claims', holder, {
    ...{ party: world.parties.get(claim.party), work, layer, role: 'owner', sharePpm, exclusive },
  });
  if (level === 0) return;
  const decision = { level, evidence: 'as the published case says' };
  await post(`/v1/operator/claims/${id}/verification`, operator, decision);
}

async function declare(world: World, declaration: VectorDeclaration): Promise<void> {
  const { layer, terms, effectiveFrom, withdraws, id } = declaration;
  if (withdraws) {
    const taken = world.declarations.get(withdraws);
    await post(`/v1/declarations/${taken}/withdrawal`, holder, { effectiveFrom });
    return;
  }
  const work = layer === 'composition' ? world.composition : world.recording;
  const subject = declaration.subject === 'party' ? { kind: 'party' } : { kind: 'work', id: work };
  const made = await post<{ declarations: { id: string }[] }>('/v1/declarations', holder, {
    ...{ party: world.parties.get(declaration.party), subject, layers: [layer] },
    ...{ terms, effectiveFrom },
  });
  if (id) world.declarations.set(id, made.declarations[0]!.id);
}

async function grant(world: World, { licence }: VectorInquiry, vector: Case): Promise<void> {
  if (!licence) return;
  const holders = new Map(vector.claims.map(({ layer, party }) => [layer, party]));
  for (const layer of licence.layers ?? holders.keys()) {
    await post('/v1/licences', holder, {
      grantor: world.parties.get(holders.get(layer)!),
      grantee: world.parties.get(licence.party),
      ...{ works: [world.recording], purposes: [licence.purpose], layers: [layer] },
    });
  }
}

const worlds: World[] = [];

beforeAll(async () => {
  app = await createTestApp({ clock });
  holder = await keyOf(await app.signUp('artist'), [
    ...['parties:write', 'works:write', 'claims:write', 'consent:declare'],
    ...['licences:grant', 'lookup:read'],
  ]);
  const email = 'operator@example.org';
  const password = 'a long enough passphrase';
  const body = { email, password, displayName: 'Operator', role: 'auditor' };
  await app.request('POST', '/v1/accounts', { body });
  await app.app.get(OperatorGrants, { strict: false }).grant(email);
  const session = await app.request('POST', '/v1/sessions', { body: { email, password } });
  operator = await keyOf(session.json<{ token: string }>().token, ['operator:decide']);

  for (const [number, vector] of cases.entries()) worlds.push(await makeWorld(vector, number));
  const steps = cases.flatMap((vector, at) => {
    const world = worlds[at]!;
    return [
      ...vector.claims.map((claim) => ({
        at: claim.madeAt ?? '2025-12-01T00:00:00Z',
        run: () => makeClaim(world, claim),
      })),
      ...vector.declarations.map((declaration) => ({
        at: declaration.recordedAt,
        run: () => declare(world, declaration),
      })),
      { at: '2026-05-20T00:00:00Z', run: () => grant(world, vector.inquiry, vector) },
    ];
  });
  // A case may give declarations of one moment in any order; the clock only goes forward.
  for (const step of steps.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    clock.set(Math.max(clock.now(), Date.parse(step.at)));
    await step.run();
  }
  clock.set(Math.max(clock.now(), Date.parse(NOW)));
}, 60_000);

afterAll(() => app.close());

interface Answer {
  outcome: string;
  reasons?: string[];
  duties?: { kind: string }[];
  basis?: string;
  missingLayers?: string[];
  missingSharePpm?: Record<string, number>;
  [member: string]: unknown;
}

/** Holds one member of the answer against what the case expects. */
function expectMember(answer: Answer, member: string, expected: unknown): void {
  switch (member) {
    case 'reason':
      expect(answer.reasons).toContain(expected);
      break;
    case 'duties':
      expect(answer.duties?.map((duty) => duty.kind)).toEqual(expected);
      break;
    case 'basis':
      expect(answer.basis).toMatch(new RegExp(`^${String(expected)}`));
      break;
    case 'missingLayers':
      expect([...(answer.missingLayers ?? [])].sort()).toEqual([...(expected as string[])].sort());
      break;
    default:
      // Flags that are false are left out of an answer.
      expect(answer[member] ?? false).toEqual(expected);
  }
}

async function ask(vector: Case, world: World, asOf: string | undefined): Promise<Answer> {
  const { purpose, territory, actorClass, lawfulSource, inquirer } = vector.inquiry;
  const response = await app.request('POST', '/v1/lookups', {
    ...(inquirer ? { as: holder } : {}),
    body: {
      items: [{ ref: '1', scheme: 'isrc', value: world.isrc }],
      purposes: [purpose],
      inquiry: {
        ...{ territory, actorClass, lawfulSource },
        ...(inquirer ? { inquirer: world.parties.get(inquirer) } : {}),
      },
      asOf,
    },
  });
  expect({ status: response.statusCode, body: response.body }).toMatchObject({ status: 200 });
  const { items } = response.json<{ items: { purposes: Record<string, Answer> }[] }>();
  return items[0]!.purposes[purpose]!;
}

describe('the published cases over HTTP', () => {
  it.each(cases.map((vector, at) => ({ ...vector, at })))('$rule $name', async (vector) => {
    const world = worlds[vector.at]!;
    const isNow = vector.inquiry.asOf === NOW;
    const asked = isNow ? [undefined, NOW] : [vector.inquiry.asOf];
    for (const asOf of asked) {
      const answer = await ask(vector, world, asOf);
      for (const [member, expected] of Object.entries(vector.expect)) {
        expectMember(answer, member, expected);
      }
    }
  });
});
