import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { evaluate, type LayerAnswer, type PurposeAnswer } from '#consent/domain';
import { writePurposeAnswer } from '../../../src/lookup/domain/answer-text.js';
import {
  LookupResponse,
  LookupsResponse,
  PurposeAnswerResponse,
} from '../../../src/lookup/dto/lookup.response.js';
import ts from 'typescript';
import type { Json } from '../../support/factories/lookup.js';
import { createTestApp, type TestApp } from '../../support/test-app.js';

/** Members of the documented classes and whether each may be absent, read from their source. */
const documented = readDocumented();

function readDocumented(): Map<string, Map<string, { isOptional: boolean; type: string }>> {
  const file = new URL('../../../src/lookup/dto/lookup.response.ts', import.meta.url);
  const source = ts.createSourceFile('dto.ts', readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  const classes = new Map<string, Map<string, { isOptional: boolean; type: string }>>();
  source.forEachChild((node) => {
    if (!ts.isClassDeclaration(node)) return;
    const parent = node.heritageClauses?.[0]?.types[0]?.expression.getText(source);
    const members = new Map(parent ? classes.get(parent) : []);
    for (const member of node.members) {
      if (!ts.isPropertyDeclaration(member)) continue;
      const type = member.type!.getText(source);
      members.set(member.name.getText(source), { isOptional: !!member.questionToken, type });
    }
    classes.set(node.name!.text, members);
  });
  return classes;
}

/** Faults of a value against a documented class, by path. */
function faultsOf(value: unknown, type: string, path = ''): string[] {
  if (type.endsWith('[]')) {
    if (!Array.isArray(value) || value.length === 0) return [`${path} is no filled list`];
    return value.flatMap((one, at) => faultsOf(one, type.slice(0, -2), `${path}/${at}`));
  }
  const record = /^Record<string, (.*)>$/.exec(type);
  if (record) {
    return Object.entries(value as Json).flatMap(([key, one]) =>
      faultsOf(one, record[1]!, `${path}/${key}`),
    );
  }
  const members = documented.get(type);
  if (members === undefined) {
    if (type === 'unknown') return [];
    return type.split(' | ').includes(typeof value) ? [] : [`${path} is no ${type}`];
  }
  const names = Object.keys(value as Json);
  return [
    ...names.filter((name) => !members.has(name)).map((name) => `${path}/${name} is undocumented`),
    ...[...members]
      .filter(([name, { isOptional }]) => !isOptional && !names.includes(name))
      .map(([name]) => `${path}/${name} is absent`),
    ...names
      .filter((name) => members.has(name))
      .flatMap((name) => {
        return faultsOf((value as Json)[name], members.get(name)!.type, `${path}/${name}`);
      }),
  ];
}

/** An answer in which every member says something. */
function fullAnswer(): PurposeAnswer {
  const layer: LayerAnswer = {
    layer: 'composition',
    workId: 'wrk_2~0',
    outcome: 'licence_required',
    basis: 'licence:lic_1',
    decidedBy: [
      {
        ...{ auth: 'passkey', declarationId: 'dec_1', logIndex: 4, party: 'pty_1', level: 3 },
        unverified: true,
      },
    ],
    missingSharePpm: 5,
    duties: [],
    conditions: [{ kind: 'outputRestriction', restriction: 'a "quoted" word' }],
    offers: [],
    reasons: ['compensate'],
    state: ['territory'],
    conflict: true,
    unverified: true,
    disputeIds: [],
    preservationTerms: [],
    afterWithdrawal: undefined,
  };
  return {
    ...evaluate([], { asOf: 0, unknownPolicy: 'refer' }, 'ai'),
    outcome: 'licence_required',
    basis: 'declaration',
    layers: [layer],
    state: ['territory'],
    missingLayers: ['recording'],
    missingSharePpm: { composition: 5 },
    duties: [{ kind: 'attribute', text: 'a "quoted" name\u2028' }],
    offers: [
      {
        ...{ party: 'pty_1', layer: 'composition', workId: 'wrk_2', declarationId: 'dec_1' },
        duties: [{ kind: 'notify' }],
        offerIds: ['off_1'],
      },
    ],
    overlays: [{ id: 'o', title: 't', territory: 'EU', note: 'n' }],
    conflict: true,
    unverified: true,
    disputeIds: ['dsp_1'],
    existingCopies: 'keep_dark',
    deleteWithinDays: 3,
    trainedModels: 'none',
    newIngest: false,
    preservationTerms: [
      {
        ...{ declarationId: 'dec_1', party: 'pty_1', layer: 'recording', workId: 'wrk_2' },
        terms: { custodians: ['pty_9'] },
        accessMode: 'dark',
      },
    ],
    works: ['wrk_1', 'wrk_2'].map((workId) => ({
      ...{ workId, kind: 'release', how: 'identifier', confidence: 1, outcome: 'unknown' },
      contained: [
        { workId: 'wrk_3', kind: 'recording', outcome: 'denied' },
        { workId: 'wrk_4', kind: 'recording', outcome: 'denied' },
      ],
    })) as PurposeAnswer['works'],
  };
}

describe('what is written by hand', () => {
  it('has every documented member and no other', () => {
    const written = JSON.parse(writePurposeAnswer(fullAnswer(), '')) as Json;
    expect(faultsOf(written, 'PurposeAnswerResponse')).toEqual([]);
    expect(Object.keys(written).sort()).toEqual(
      [...documented.get('PurposeAnswerResponse')!.keys()].sort(),
    );
    const whole = (part: Json, type: string) =>
      expect(Object.keys(part).sort()).toEqual([...documented.get(type)!.keys()].sort());
    whole(written['layers'][0], 'LayerAnswerResponse');
    whole(written['decidedBy'][0], 'DeciderResponse');
    whole(written['offers'][0], 'OfferResponse');
    whole(written['preservationTerms'][0], 'PreservationResponse');
    whole(written['contained'][0], 'WorkOutcomeResponse');
    expect(written['contained']).toHaveLength(4);
    expect(written['layers'][0].workId).toBe('wrk_2');
    expect(written['duties']).toEqual(fullAnswer().duties);
  });

  it('leaves out what would say nothing', () => {
    const written = JSON.parse(
      writePurposeAnswer(evaluate([], { asOf: 0, unknownPolicy: 'deny' }, 'ai'), ''),
    ) as Json;
    expect(written).toEqual({
      outcome: 'unknown',
      treatAs: 'deny',
      reasons: ['not_found'],
      validUntil: '1970-01-02T00:00:00.000Z',
    });
  });
});

describe('answers over HTTP', () => {
  let house: TestApp;
  beforeAll(async () => {
    house = await createTestApp();
  });
  afterAll(() => house.close());

  it('have the documented shape', async () => {
    const query = 'territory=DE&actorClass=heritage_institution&purposes=preservation.ingest';
    for (const id of ['isrc/USUG11904206', 'iswc/T-034.524.680-2', 'nothing/1']) {
      const one = await house.request('GET', `/v1/lookup/${id}?${query}`);
      expect(faultsOf(one.json(), 'LookupResponse')).toEqual([]);
    }
    const items = [
      { ref: 'a', scheme: 'isrc', value: 'USUG11904206' },
      { ref: 2, scheme: 'iswc', value: 'T-034.524.680-2' },
      {},
    ];
    const many = await house.request('POST', '/v1/lookups', { body: { items } });
    expect(faultsOf(many.json(), 'LookupsResponse')).toEqual([]);
  });

  it('are documented with every class of their shape', () => {
    const document = SwaggerModule.createDocument(house.app, new DocumentBuilder().build());
    const schemas = Object.keys(document.components?.schemas ?? {});
    const classes = [LookupResponse, LookupsResponse, PurposeAnswerResponse];
    expect(schemas).toEqual(expect.arrayContaining(classes.map((one) => one.name)));
  });
});
