import type { Layer, Purpose } from '#vocabulary';
import { describe, expect, it } from '@jest/globals';
import type { PurposeAnswer } from './answer.js';
import type { Statement } from './declaration.js';
import { evaluate } from './evaluate.js';
import {
  at,
  claim,
  exact,
  inquiry,
  NOON,
  recording,
  statement,
  text,
  work,
} from './facts.factory.js';
import type { ClaimFact, Inquiry, Licence, Match, WorkFacts } from './inquiry.js';
import type { Condition, Duty, Term } from './terms.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TRAIN: Purpose = 'ai.train.generative';
const PAY: Duty = { kind: 'compensate', model: 'per_training', amount: '5.00', currency: 'EUR' };

function allow(purpose: Purpose): Term {
  return { purpose, decision: 'allow' };
}

function deny(purpose: Purpose): Term {
  return { purpose, decision: 'deny' };
}

function onlyIf(
  purpose: Purpose,
  conditions: readonly Condition[],
  duties?: readonly Duty[],
): Term {
  return { purpose, decision: 'conditional', conditions, duties };
}

function must(purpose: Purpose, ...duties: readonly Duty[]): Term {
  return { purpose, decision: 'conditional', duties };
}

function ask(
  facts: WorkFacts,
  purpose: Purpose = TRAIN,
  more: Partial<Inquiry> = {},
): PurposeAnswer {
  return evaluate(exact(facts), inquiry(more), purpose);
}

/** A verified owner of a whole text who declared these terms. */
function owned(terms: readonly Term[], more: Partial<Statement> = {}): WorkFacts {
  return text([claim('A', 'text')], [statement('A', 'text', terms, more)]);
}

function both(layers: readonly Layer[], terms: readonly Term[]): readonly Statement[] {
  return layers.map((layer) => statement('A', layer, terms));
}

function claims(...layers: readonly Layer[]): readonly ClaimFact[] {
  return layers.map((layer) => claim('A', layer));
}

function track(terms: readonly Term[], more: Partial<WorkFacts> = {}): WorkFacts {
  const layers = ['recording', 'composition'] as const;
  return recording(claims(...layers), both(layers, terms), more);
}

describe('evaluate, rule 4.1 identity', () => {
  const open = owned([allow(TRAIN)]);
  const shut = { ...owned([deny(TRAIN)]), workId: 'wrk_shut' };
  const likely = (one: WorkFacts, confidence: number): Match => ({
    work: one,
    confidence,
    how: 'fingerprint',
  });
  const answerFor = (...matches: readonly Match[]): PurposeAnswer =>
    evaluate(matches, inquiry(), TRAIN);

  it('lets a refusal apply from a confidence of 0.75', () => {
    expect(answerFor(likely(shut, 0.75)).outcome).toBe('denied');
    expect(answerFor(likely(shut, 0.74))).toMatchObject({
      identity: 'not_found',
      outcome: 'unknown',
    });
  });

  it('lets an allow apply from 0.95 when there is no other candidate', () => {
    expect(answerFor(likely(open, 0.95))).toMatchObject({
      identity: 'matched',
      outcome: 'permitted',
    });
    expect(answerFor(likely(open, 0.95), likely(shut, 0.3))).toMatchObject({
      identity: 'ambiguous_match',
      outcome: 'denied',
    });
  });

  it('answers as for a deny in between, and says that the match is ambiguous', () => {
    const answer = answerFor(likely(open, 0.9));
    expect(answer).toMatchObject({ identity: 'ambiguous_match', outcome: 'denied', duties: [] });
    expect(answer.reasons).toContain('ambiguous_match');
  });

  it('takes an identifier and a hash for exact, whatever their confidence says', () => {
    expect(answerFor({ work: open, confidence: 0, how: 'hash' }).outcome).toBe('permitted');
  });

  it('gives the strictest outcome of several works behind one identifier and names all of them', () => {
    const answer = answerFor(...exact(open), ...exact(shut));
    expect(answer.outcome).toBe('denied');
    expect(answer.works.map((one) => [one.workId, one.outcome])).toEqual([
      ['wrk_shut', 'denied'],
      ['wrk_t', 'permitted'],
    ]);
  });

  it('hears the refusal of a likely work beside an exact one', () => {
    expect(answerFor(...exact(open), likely(shut, 0.8)).outcome).toBe('denied');
    expect(answerFor(...exact(open), likely(shut, 0.7)).outcome).toBe('permitted');
  });

  it('counts two matches of one work as one candidate', () => {
    expect(answerFor(likely(open, 0.96), likely(open, 0.8)).outcome).toBe('permitted');
  });
});

describe('evaluate, rule 4.2 licences', () => {
  const licence: Licence = { licenceId: 'l1', grantee: 'Z', purposes: [TRAIN], from: 0 };
  const shut = track([deny('ai'), deny('ai.search')]);
  const askWith = (more: Partial<Licence>, asks: Partial<Inquiry> = {}, purpose: Purpose = TRAIN) =>
    ask(shut, purpose, { inquirer: 'Z', licences: [{ ...licence, ...more }], ...asks });

  it('names the licence as the basis in every layer it covers', () => {
    const answer = askWith({});
    expect(answer).toMatchObject({ outcome: 'permitted', basis: 'licence:l1' });
    expect(answer.layers.map((one) => one.basis)).toEqual(['licence:l1', 'licence:l1']);
  });

  it('never changes the public answer', () => {
    expect(askWith({}, { inquirer: undefined })).toMatchObject({ outcome: 'denied' });
    expect(askWith({}, { inquirer: 'Y' })).toMatchObject({
      outcome: 'denied',
      basis: 'declaration',
    });
  });

  it('covers the children of a licensed purpose, but not search by ai', () => {
    expect(askWith({ purposes: ['ai'] }).outcome).toBe('permitted');
    expect(askWith({ purposes: ['ai'] }, {}, 'ai.search').outcome).toBe('denied');
  });

  it('holds in its territory only, and nowhere for an inquiry without one', () => {
    const here = { territory: { include: ['DE'] } };
    expect(askWith(here).outcome).toBe('permitted');
    expect(askWith(here, { territory: 'FR' }).outcome).toBe('denied');
    expect(askWith(here, { territory: undefined }).outcome).toBe('denied');
  });

  it('holds from its first instant until its last, which ends the validity', () => {
    expect(askWith({ from: NOON + 1 })).toMatchObject({ outcome: 'denied', validUntil: NOON + 1 });
    expect(askWith({ until: NOON }).outcome).toBe('denied');
    expect(askWith({ until: NOON + HOUR })).toMatchObject({
      outcome: 'permitted',
      validUntil: NOON + HOUR,
    });
  });

  it('did not exist before it was recorded', () => {
    expect(askWith({ recordedAt: NOON + 1 }).outcome).toBe('denied');
  });

  it('limited to works covers the layers of the very works that it names', () => {
    expect(askWith({ works: ['wrk_r', 'wrk_r_c'] }).outcome).toBe('permitted');
    expect(askWith({ works: ['wrk_r'] }).outcome).toBe('denied');
    expect(askWith({ works: ['wrk_other'] }).outcome).toBe('denied');
  });

  it('does not reach a sampled work', () => {
    const sampled = track([deny('ai')], { workId: 'wrk_s' });
    const facts = track([deny('ai')], { samples: [{ work: sampled, verified: true }] });
    const licences = [{ ...licence, works: ['wrk_r', 'wrk_r_c'] }];
    expect(ask(facts, TRAIN, { inquirer: 'Z', licences }).outcome).toBe('denied');
  });

  it('leaves its own duties other than payment', () => {
    const answer = askWith({ duties: [PAY, { kind: 'attribute' }] });
    expect(answer).toMatchObject({
      outcome: 'permitted_with_duties',
      duties: [{ kind: 'attribute' }],
    });
  });

  it('is suspended on a layer in dispute', () => {
    const facts = { ...shut, disputes: [{ disputeId: 'd1', layer: 'recording' as const }] };
    const open = { ...facts, statements: [] };
    expect(ask(open, TRAIN, { inquirer: 'Z', licences: [licence] })).toMatchObject({
      outcome: 'disputed',
      disputeId: 'd1',
    });
  });
});

describe('evaluate, rule 4.3 authority', () => {
  const fresh = { level: 1, madeAt: at('2026-05-01T00:00:00Z') } as const;

  it('takes level 2 for verified and level 1 for unverified', () => {
    const said = [statement('A', 'text', [allow(TRAIN)])];
    expect(ask(text([claim('A', 'text', { level: 2 })], said)).outcome).toBe('permitted');
    expect(ask(text([claim('A', 'text', fresh)], said))).toMatchObject({
      outcome: 'unknown',
      reasons: expect.arrayContaining(['unverified_allow']),
    });
  });

  it('takes an unverified allow for unset even where its own conditions fail', () => {
    const said = [statement('A', 'text', [allow(TRAIN)])];
    const facts = text([claim('A', 'text', fresh)], said);
    expect(ask(facts, TRAIN, { lawfulSource: false }).outcome).toBe('unknown');
  });

  it('takes an unverified conditional for a deny even where its conditions hold', () => {
    const said = [
      statement('A', 'text', [onlyIf(TRAIN, [{ kind: 'territory', include: ['DE'] }])]),
    ];
    expect(ask(text([claim('A', 'text', fresh)], said))).toMatchObject({
      outcome: 'denied',
      unverified: true,
    });
  });

  it('hears an unverified conditional on generative training for fine-tuning too', () => {
    const said = [statement('A', 'text', [must(TRAIN, { kind: 'attribute' })])];
    const unverified = text([claim('A', 'text', fresh)], said);
    expect(ask(unverified, 'ai.train.finetune').outcome).toBe('denied');
    expect(ask(text([claim('A', 'text')], said), 'ai.train.finetune').outcome).toBe('unknown');
  });

  it('lets an unverified claim lapse exactly 90 days after it was made, and ends the validity there', () => {
    const said = [statement('A', 'text', [deny(TRAIN)])];
    const made = (madeAt: number) => text([claim('A', 'text', { level: 1, madeAt })], said);
    expect(ask(made(NOON - 90 * DAY)).outcome).toBe('unknown');
    expect(ask(made(NOON - 90 * DAY + HOUR))).toMatchObject({
      outcome: 'denied',
      validUntil: NOON + HOUR,
    });
  });

  it('hears nobody whose claim is withdrawn, over, later or on another layer', () => {
    const said = [statement('A', 'text', [allow(TRAIN)])];
    const left = (more: Partial<ClaimFact>) => ask(text([claim('A', 'text', more)], said)).outcome;
    expect(left({ state: 'withdrawn' })).toBe('unknown');
    expect(left({ until: NOON })).toBe('unknown');
    expect(left({ recordedAt: NOON + 1 })).toBe('unknown');
    expect(ask(text([claim('A', 'image')], said)).outcome).toBe('unknown');
  });

  it('takes the version of a claim that was recorded last by the moment asked about', () => {
    const said = [statement('A', 'text', [allow(TRAIN)])];
    const versions = [
      claim('A', 'text', { claimId: 'k', level: 1, recordedAt: at('2025-12-01T00:00:00Z') }),
      claim('A', 'text', { claimId: 'k', level: 3, recordedAt: at('2026-02-01T00:00:00Z') }),
      claim('A', 'text', { claimId: 'k', state: 'withdrawn', recordedAt: NOON }),
    ];
    const facts = text(versions, said);
    const outcomeAt = (asOf: number) => ask(facts, TRAIN, { asOf }).outcome;
    expect(outcomeAt(at('2026-01-15T00:00:00Z'))).toBe('unknown');
    expect(outcomeAt(NOON - 1)).toBe('permitted');
    expect(outcomeAt(NOON)).toBe('unknown');
  });

  it('only reports an unverified deny once verified claims cover the whole, spoken for or not', () => {
    const said = [statement('X', 'text', [deny('ai')])];
    const facts = text([claim('A', 'text'), claim('X', 'text', fresh)], said);
    expect(ask(facts)).toMatchObject({ outcome: 'unknown', conflict: true, unverified: false });
  });

  it('does not call a refusal unverified when a verified one stands beside it', () => {
    const half = { sharePpm: 500_000 };
    const facts = text(
      [claim('A', 'text', half), claim('X', 'text', { ...fresh, ...half })],
      [statement('A', 'text', [deny('ai')]), statement('X', 'text', [deny('ai')])],
    );
    const answer = ask(facts);
    expect(answer).toMatchObject({ outcome: 'denied', unverified: false });
    expect(
      answer.layers[0]!.decidedBy.map((one) => [one.party, one.level, one.unverified]),
    ).toEqual([
      ['A', 3, false],
      ['X', 1, true],
    ]);
  });
});

describe('evaluate, rule 4.4 one party', () => {
  const PARTY = { subject: { kind: 'party' } } as const;
  const said = (...spoken: readonly Statement[]) => ask(text([claim('A', 'text')], spoken));

  it('leaves a purpose unset that the newer statement does not name', () => {
    const answer = said(
      statement('A', 'text', [allow(TRAIN)]),
      statement('A', 'text', [allow('ai.analyse')], { recordedAt: at('2026-02-01T00:00:00Z') }),
    );
    expect(answer.outcome).toBe('unknown');
  });

  it('lets a purpose that the narrow statement does not cover fall through to the broader one', () => {
    const answer = said(
      statement('A', 'text', [allow('preservation')]),
      statement('A', 'text', [allow('ai')], PARTY),
    );
    expect(answer.outcome).toBe('permitted');
  });

  it('hears a narrow parent before a broad explicit child', () => {
    const answer = said(
      statement('A', 'text', [deny('ai')]),
      statement('A', 'text', [allow(TRAIN)], PARTY),
    );
    expect(answer.outcome).toBe('denied');
  });

  it('orders work before release before catalogue before party', () => {
    const kinds = ['party', 'catalogue', 'release', 'work'] as const;
    const spoken = kinds.map((kind, index) =>
      statement('A', 'text', [index % 2 === 0 ? deny('ai') : allow('ai')], {
        subject: { kind, id: kind },
      }),
    );
    const outcomes = kinds.map((_, index) => said(...spoken.slice(0, index + 1)).outcome);
    expect(outcomes).toEqual(['denied', 'permitted', 'denied', 'permitted']);
  });

  it('joins two catalogues that hold the work by the strictest', () => {
    const catalogue = (id: string, term: Term) =>
      statement('A', 'text', [term], { subject: { kind: 'catalogue', id } });
    expect(said(catalogue('c1', allow('ai')), catalogue('c2', deny('ai'))).outcome).toBe('denied');
    expect(said(catalogue('c1', allow('ai')), catalogue('c2', allow('ai'))).outcome).toBe(
      'permitted',
    );
  });

  it('hears beside a withdrawn catalogue only the refusal of another', () => {
    const subject = (id: string) => ({ subject: { kind: 'catalogue' as const, id } });
    const gone = statement('A', 'text', [], { ...subject('c1'), withdraws: 'dec_x' });
    expect(said(gone, statement('A', 'text', [allow('ai')], subject('c2'))).outcome).toBe(
      'unknown',
    );
    expect(said(gone, statement('A', 'text', [deny('ai')], subject('c2'))).outcome).toBe('denied');
  });

  it('lets the party speak again after a withdrawal', () => {
    const answer = said(
      statement('A', 'text', [], { withdraws: 'dec_x' }),
      statement('A', 'text', [allow('ai')], { recordedAt: at('2026-02-01T00:00:00Z') }),
    );
    expect(answer.outcome).toBe('permitted');
  });

  it('keeps the earlier statement until a withdrawal takes effect', () => {
    const first = statement('A', 'text', [allow('ai')]);
    const withdrawal = statement('A', 'text', [], {
      withdraws: first.declarationId,
      recordedAt: at('2026-02-01T00:00:00Z'),
      effectiveFrom: NOON + HOUR,
    });
    const facts = text([claim('A', 'text')], [first, withdrawal]);
    expect(ask(facts)).toMatchObject({ outcome: 'permitted', validUntil: NOON + HOUR });
    expect(ask(facts, TRAIN, { asOf: NOON + HOUR })).toMatchObject({
      outcome: 'unknown',
      reasons: expect.arrayContaining(['withdrawn']),
    });
  });

  it('lets a statement that has ended fall silent without falling through', () => {
    const answer = said(
      statement('A', 'text', [allow('ai')], { effectiveUntil: NOON }),
      statement('A', 'text', [allow('ai')], PARTY),
    );
    expect(answer).toMatchObject({
      outcome: 'unknown',
      reasons: expect.arrayContaining(['ended']),
    });
  });

  it('takes the higher log position of two statements recorded at one instant', () => {
    const answer = said(
      statement('A', 'text', [allow('ai')], { logIndex: 7 }),
      statement('A', 'text', [deny('ai')], { logIndex: 8 }),
    );
    expect(answer.outcome).toBe('denied');
  });

  it('limits a refusal to its territory and reads an allow outside of its own as a refusal', () => {
    const french = { territory: { include: ['FR'] } };
    const broad = statement('A', 'text', [allow('ai')], PARTY);
    expect(said(statement('A', 'text', [deny('ai')], french), broad).outcome).toBe('permitted');
    expect(said(statement('A', 'text', [allow('ai')], french), broad)).toMatchObject({
      outcome: 'denied',
      reasons: ['territory'],
    });
    const nowhere = text(
      [claim('A', 'text')],
      [statement('A', 'text', [deny('ai')], french), broad],
    );
    expect(ask(nowhere, TRAIN, { territory: undefined }).outcome).toBe('denied');
  });
});

describe('evaluate, section 2 tightening', () => {
  it('holds a narrow allow of fine-tuning against a broad refusal of generative training', () => {
    const facts = text(
      [claim('A', 'text')],
      [
        statement('A', 'text', [allow('ai.train.finetune')]),
        statement('A', 'text', [deny(TRAIN)], { subject: { kind: 'party' } }),
      ],
    );
    expect(ask(facts, 'ai.train.finetune').outcome).toBe('denied');
  });

  it('carries a refusal of generative training over to fine-tuning, but not an allow', () => {
    expect(ask(owned([allow('ai.train'), deny(TRAIN)]), 'ai.train.finetune').outcome).toBe(
      'denied',
    );
    expect(ask(owned([allow(TRAIN)]), 'ai.train.finetune').outcome).toBe('unknown');
  });

  it('asks for a licence to fine-tune where generative training needs one and nothing else is said', () => {
    expect(ask(owned([must(TRAIN, PAY)]), 'ai.train.finetune').outcome).toBe('licence_required');
  });

  it('adds the price of generative training to an allow of fine-tuning', () => {
    const facts = owned([must(TRAIN, PAY), allow('ai.train.finetune')]);
    expect(ask(facts, 'ai.train.finetune').outcome).toBe('licence_required');
  });

  it('lets likeness not loosen what ai says about training', () => {
    expect(ask(owned([deny('ai'), allow('ai.train.likeness')]), 'ai.train.likeness').outcome).toBe(
      'denied',
    );
  });

  it('opens search by an explicit term alone', () => {
    expect(ask(owned([deny('ai'), allow('ai.search')]), 'ai.search').outcome).toBe('permitted');
  });
});

describe('evaluate, rule 4.5 several parties', () => {
  const half = { sharePpm: 500_000 };
  const pair = (a: Term | null, b: Term | null, more: Partial<ClaimFact> = {}) =>
    text(
      [claim('A', 'text', { ...half, ...more }), claim('B', 'text', half)],
      [
        ...(a === null ? [] : [statement('A', 'text', [a])]),
        ...(b === null ? [] : [statement('B', 'text', [b])]),
      ],
    );

  it('joins the duties of two conditionals and asks for the conditions of both', () => {
    const a = onlyIf(TRAIN, [{ kind: 'territory', include: ['EU'] }], [{ kind: 'attribute' }]);
    const b = onlyIf(TRAIN, [{ kind: 'actorClass', in: ['research'] }], [{ kind: 'notify' }]);
    expect(ask(pair(a, b), TRAIN, { actorClass: 'research' })).toMatchObject({
      outcome: 'permitted_with_duties',
      duties: [{ kind: 'attribute' }, { kind: 'notify' }],
      layers: [{ conditions: [{ kind: 'territory' }, { kind: 'actorClass' }] }],
    });
    expect(ask(pair(a, b), TRAIN, { actorClass: 'research', territory: 'US' }).outcome).toBe(
      'denied',
    );
    expect(ask(pair(a, b), TRAIN, { actorClass: 'commercial' }).outcome).toBe('denied');
  });

  it('says which share is missing where a licence is needed from the one who spoke', () => {
    const answer = ask(pair(must(TRAIN, PAY), null));
    expect(answer.outcome).toBe('licence_required');
    expect(answer.layers[0]!.missingSharePpm).toBe(500_000);
    expect(answer.missingLayers).toEqual([]);
  });

  it('counts shares in the territory asked about', () => {
    const facts = text(
      [
        claim('A', 'text', { territory: { include: ['DE'] } }),
        claim('B', 'text', { territory: { include: ['FR'] } }),
      ],
      [statement('A', 'text', [allow('ai')]), statement('B', 'text', [deny('ai')])],
    );
    expect(ask(facts, TRAIN, { territory: 'DE' }).outcome).toBe('permitted');
    expect(ask(facts, TRAIN, { territory: 'FR' }).outcome).toBe('denied');
    expect(ask(facts, TRAIN, { territory: 'US' }).outcome).toBe('unknown');
    expect(ask(facts, TRAIN, { territory: undefined }).outcome).toBe('denied');
    expect(ask(facts, TRAIN, { territory: 'EU' }).outcome).toBe('denied');
  });

  it('takes claims limited to a place for nothing where no place is stated', () => {
    const facts = text(
      [claim('A', 'text', { territory: { include: ['DE'] } })],
      [statement('A', 'text', [allow('ai')])],
    );
    expect(ask(facts, TRAIN, { territory: undefined }).outcome).toBe('unknown');
  });

  it('flags verified claims above the whole and lets the strictest win', () => {
    const facts = text(
      [claim('A', 'text'), claim('B', 'text')],
      [statement('A', 'text', [allow('ai')]), statement('B', 'text', [allow('ai')])],
    );
    expect(ask(facts)).toMatchObject({ outcome: 'permitted', conflict: true });
    expect(ask(pair(allow('ai'), allow('ai')))).toMatchObject({
      outcome: 'permitted',
      conflict: false,
    });
  });

  it('adds up several claims of one party', () => {
    const facts = text(
      [claim('A', 'text', half), claim('A', 'text', half)],
      [statement('A', 'text', [allow('ai')])],
    );
    expect(ask(facts)).toMatchObject({ outcome: 'permitted', conflict: false });
  });

  it('lets an exclusive holder speak alone in its own territory only', () => {
    const french = { exclusive: true, territory: { include: ['FR'] } };
    const facts = pair(allow('ai'), deny('ai'), french);
    expect(ask(facts, TRAIN, { territory: 'FR' }).outcome).toBe('permitted');
    expect(ask(facts, TRAIN, { territory: 'DE' }).outcome).toBe('denied');
  });

  it('hears refusals of others, and no allow of theirs, while the exclusive holder is silent', () => {
    const exclusive = { exclusive: true };
    expect(ask(pair(null, deny('ai'), exclusive)).outcome).toBe('denied');
    expect(ask(pair(null, allow('ai'), exclusive)).outcome).toBe('unknown');
    expect(ask(pair(null, must('ai', PAY), exclusive)).outcome).toBe('licence_required');
  });

  it('lets a CMO with a mandate for the purpose speak alone, for that purpose', () => {
    const cmo = { speaksFor: ['ai.train'] as const };
    const facts = pair(must('ai', PAY), deny('ai'), cmo);
    expect(ask(facts)).toMatchObject({ outcome: 'licence_required', conflict: true });
    expect(ask(facts, 'ai.input').outcome).toBe('denied');
  });

  it('gives no privilege to an unverified exclusive claim', () => {
    const facts = text(
      [
        claim('A', 'text', { level: 1, exclusive: true, madeAt: NOON - DAY }),
        claim('B', 'text', { sharePpm: 500_000 }),
      ],
      [statement('A', 'text', [allow('ai')]), statement('B', 'text', [allow('ai')])],
    );
    expect(ask(facts)).toMatchObject({ outcome: 'unknown', missingSharePpm: { text: 500_000 } });
  });
});

describe('evaluate, rule 4.6 layers', () => {
  it('needs every composition that a recording embodies', () => {
    const open = track([allow('ai')]);
    const second = work({ workId: 'wrk_c2', kind: 'composition' });
    const facts = { ...open, embodies: [...open.embodies, second] };
    expect(ask(facts)).toMatchObject({ outcome: 'unknown', missingLayers: ['composition'] });
    expect(ask(facts).layers.map((one) => one.workId)).toEqual(['wrk_r', 'wrk_c2', 'wrk_r_c']);
  });

  it('takes composition claims on the recording itself where no composition is linked', () => {
    const facts = work({
      claims: claims('recording', 'composition'),
      statements: both(['recording', 'composition'], [allow('ai')]),
    });
    expect(ask(facts).outcome).toBe('permitted');
  });

  it('asks for the performance as long as anyone has a live claim on it', () => {
    const performed = (more: Partial<ClaimFact>) => {
      const open = track([allow('ai')]);
      return { ...open, claims: [...open.claims, claim('P', 'performance', more)] };
    };
    expect(ask(performed({ level: 0, madeAt: NOON - DAY })).missingLayers).toEqual(['performance']);
    expect(ask(performed({ level: 0, madeAt: NOON - 91 * DAY })).outcome).toBe('permitted');
    expect(ask(performed({ state: 'withdrawn' })).outcome).toBe('permitted');
  });

  it('asks a composition for its own layer alone', () => {
    const facts = work({
      workId: 'wrk_c',
      kind: 'composition',
      claims: claims('composition'),
      statements: both(['composition'], [allow('ai')]),
    });
    expect(ask(facts).layers.map((one) => one.layer)).toEqual(['composition']);
    expect(ask(facts).outcome).toBe('permitted');
  });

  it('asks a video for its own layer and those of what it embodies', () => {
    const facts = work({
      workId: 'wrk_v',
      kind: 'video',
      claims: claims('video'),
      statements: both(['video'], [allow('ai')]),
      embodies: [track([allow('ai')])],
    });
    expect(ask(facts).outcome).toBe('permitted');
    expect(ask(facts).layers.map((one) => one.layer)).toEqual([
      'recording',
      'composition',
      'video',
    ]);
    expect(ask({ ...facts, embodies: [track([deny('ai')])] }).outcome).toBe('denied');
  });

  it.each(['artwork', 'text', 'image'] as const)('asks %s for its own layer', (kind) => {
    const facts = work({ kind, claims: claims(kind), statements: both([kind], [allow('ai')]) });
    expect(ask(facts)).toMatchObject({ outcome: 'permitted', layers: [{ layer: kind }] });
  });

  it('answers a release by the strictest of what it contains and names each item', () => {
    const release = work({
      workId: 'wrk_a',
      kind: 'release',
      contains: [
        track([allow('ai')], { workId: 'wrk_1' }),
        track([deny('ai')], { workId: 'wrk_2' }),
      ],
    });
    const answer = ask(release);
    expect(answer.outcome).toBe('denied');
    expect(answer.works[0]!.contained).toEqual([
      { workId: 'wrk_1', kind: 'recording', outcome: 'permitted' },
      { workId: 'wrk_2', kind: 'recording', outcome: 'denied' },
    ]);
  });

  it('permits nothing for a release that contains nothing', () => {
    expect(ask(work({ workId: 'wrk_a', kind: 'release' }))).toMatchObject({
      outcome: 'unknown',
      reasons: ['nothing_contained'],
    });
  });

  it('puts a licence that is needed before a layer that is silent, and lists all offers', () => {
    const facts = recording(claims('recording', 'composition'), [
      statement('A', 'recording', [must('ai', PAY)]),
    ]);
    expect(ask(facts)).toMatchObject({
      outcome: 'licence_required',
      offers: [{ party: 'A', layer: 'recording', duties: [PAY] }],
      missingLayers: ['composition'],
    });
    expect(ask(track([must('ai', PAY)])).offers).toHaveLength(2);
  });

  it('puts a dispute before a licence that is needed', () => {
    const facts = track([must('ai', PAY)]);
    const disputes = [{ disputeId: 'd1', layer: 'recording' as const }];
    expect(ask({ ...facts, disputes }).outcome).toBe('disputed');
  });

  it('joins the duties of all layers', () => {
    const facts = recording(claims('recording', 'composition'), [
      statement('A', 'recording', [must('ai', { kind: 'notify' })]),
      statement('A', 'composition', [must('ai', { kind: 'attribute' })]),
    ]);
    expect(ask(facts)).toMatchObject({
      outcome: 'permitted_with_duties',
      duties: [{ kind: 'attribute' }, { kind: 'notify' }],
    });
  });
});

describe('evaluate, rule 4.7 samples', () => {
  const sampled = track([deny('ai')], { workId: 'wrk_s' });

  it('takes the strictest of both where the link is verified', () => {
    const facts = track([allow('ai')], { samples: [{ work: sampled, verified: true }] });
    expect(ask(facts).outcome).toBe('denied');
  });

  it('does not let an unverified link touch the answer', () => {
    const facts = track([allow('ai')], { samples: [{ work: sampled, verified: false }] });
    expect(ask(facts).outcome).toBe('permitted');
  });

  it('ends on works that sample each other', () => {
    const a = { ...track([allow('ai')], { workId: 'wrk_1' }), samples: [] as WorkFacts['samples'] };
    const b = track([allow('ai')], { workId: 'wrk_2', samples: [{ work: a, verified: true }] });
    a.samples = [{ work: b, verified: true }];
    expect(ask(a).outcome).toBe('permitted');
  });
});

describe('evaluate, rule 4.8 disputes', () => {
  const rivals = (a: Partial<ClaimFact>, b: Partial<ClaimFact>) =>
    text(
      [
        claim('A', 'text', { exclusive: true, ...a }),
        claim('B', 'text', { exclusive: true, ...b }),
      ],
      [statement('A', 'text', [allow('ai'), allow('preservation'), allow('access')])],
    );

  it('treats a disputed use as denied and leaves preservation copies dark', () => {
    expect(ask(rivals({}, {}))).toMatchObject({ outcome: 'disputed', treatAs: 'deny' });
    expect(ask(rivals({}, {}), 'preservation.ingest')).toMatchObject({
      outcome: 'disputed',
      existingCopies: 'keep_dark',
      newIngest: false,
    });
  });

  it('sees no dispute where the territories do not meet, and one anywhere when none is stated', () => {
    const facts = rivals({ territory: { include: ['DE'] } }, { territory: { include: ['FR'] } });
    expect(ask(facts, TRAIN, { territory: 'DE' }).outcome).toBe('permitted');
    const meeting = rivals({}, { territory: { include: ['FR'] } });
    expect(ask(meeting, TRAIN, { territory: 'DE' }).outcome).toBe('permitted');
    expect(ask(meeting, TRAIN, { territory: 'FR' }).outcome).toBe('disputed');
    expect(ask(meeting, TRAIN, { territory: undefined }).outcome).toBe('disputed');
  });

  it('names the recorded dispute while it is open', () => {
    const facts = {
      ...owned([allow('ai')]),
      disputes: [
        { disputeId: 'd2', layer: 'text' as const, openedAt: NOON - DAY, closedAt: NOON + HOUR },
        { disputeId: 'd1', layer: 'text' as const, openedAt: NOON - DAY, closedAt: NOON },
      ],
    };
    expect(ask(facts)).toMatchObject({
      outcome: 'disputed',
      disputeId: 'd2',
      disputeIds: ['d2'],
      validUntil: NOON + HOUR,
    });
    expect(ask(facts, TRAIN, { asOf: NOON - 2 * DAY }).outcome).toBe('permitted');
  });

  it('takes a verified claim in dispute for a dispute, and a stranger in dispute for none', () => {
    const said = [statement('A', 'text', [allow('ai')])];
    const disputed = claim('A', 'text', { state: 'disputed' });
    expect(ask(text([disputed], said)).outcome).toBe('disputed');
    const stranger = claim('X', 'text', { state: 'disputed', level: 1, madeAt: NOON - DAY });
    expect(ask(text([claim('A', 'text'), stranger], said)).outcome).toBe('permitted');
  });

  it('lets a refusal inside the layer stand above the dispute', () => {
    const facts = rivals({}, {});
    const refusal = statement('B', 'text', [deny('ai')]);
    expect(ask({ ...facts, statements: [...facts.statements, refusal] }).outcome).toBe('denied');
  });
});

describe('evaluate, rule 4.9 conditions', () => {
  const WHO = 'inquirer';
  const cases: readonly (readonly [Condition, Partial<Inquiry>, Partial<Inquiry>, string])[] = [
    [
      { kind: 'actorClass', in: ['research'] },
      { actorClass: 'research' },
      { actorClass: 'commercial' },
      'actorClass',
    ],
    [
      { kind: 'actorMode', in: ['user_supplied'] },
      { actorMode: 'user_supplied' },
      { actorMode: 'autonomous' },
      'actorMode',
    ],
    [
      { kind: 'modelOpenness', in: ['open_weights'] },
      { modelOpenness: 'open_weights' },
      { modelOpenness: 'closed' },
      'modelOpenness',
    ],
    [
      { kind: 'modelRelease', release: 'm-1' },
      { modelRelease: 'm-1' },
      { modelRelease: 'm-2' },
      'modelRelease',
    ],
    [{ kind: 'actors', allow: ['Z'] }, { inquirer: 'Z' }, { inquirer: 'Y' }, WHO],
    [{ kind: 'actors', deny: ['Y'] }, { inquirer: 'Z' }, { inquirer: 'Y' }, WHO],
    [{ kind: 'territory', include: ['EU'] }, { territory: 'FR' }, { territory: 'US' }, 'territory'],
  ];

  it.each(cases)(
    '%j holds when stated so, and names what to state',
    (condition, good, bad, state) => {
      const facts = owned([onlyIf(TRAIN, [condition])]);
      const unstated = { actorClass: undefined, territory: undefined };
      expect(ask(facts, TRAIN, { ...unstated, ...good }).outcome).toBe('permitted');
      expect(ask(facts, TRAIN, bad)).toMatchObject({
        outcome: 'denied',
        reasons: [condition.kind],
        state: [],
      });
      expect(ask(facts, TRAIN, unstated)).toMatchObject({
        outcome: 'denied',
        reasons: [condition.kind],
        state: [state],
      });
    },
  );

  it.each(['outputRestriction', 'volumeCap', 'qualityCap'] as const)(
    'needs the inquirer to accept %s',
    (kind) => {
      const condition = (
        kind === 'outputRestriction'
          ? { kind, restriction: 'no imitation' }
          : { kind, max: 10, unit: 'works' }
      ) as Condition;
      const facts = owned([onlyIf(TRAIN, [condition])]);
      expect(ask(facts, TRAIN, { accepts: [kind] }).outcome).toBe('permitted');
      expect(ask(facts)).toMatchObject({ outcome: 'denied', state: [`accepts.${kind}`] });
    },
  );

  it('names a source that was left unstated as something to state', () => {
    expect(ask(owned([allow('ai')]), TRAIN, { lawfulSource: undefined })).toMatchObject({
      outcome: 'denied',
      reasons: ['lawfulSource'],
      state: ['lawfulSource'],
    });
  });

  it('lets a term waive the lawful source', () => {
    const waived = onlyIf(TRAIN, [{ kind: 'lawfulSource', required: false }]);
    expect(ask(owned([waived]), TRAIN, { lawfulSource: false }).outcome).toBe('permitted');
  });

  it.each(['access.stream', 'dataset.redistribute'] as const)(
    'asks %s for a lawful source',
    (one) => {
      expect(ask(owned([allow(one)]), one, { lawfulSource: false }).outcome).toBe('denied');
    },
  );

  it('opens a half-open period and an embargo at their instants', () => {
    const period = owned([
      onlyIf(TRAIN, [{ kind: 'period', from: '2026-06-01', until: '2026-06-02' }]),
    ]);
    const outcomeAt = (facts: WorkFacts, asOf: number) => ask(facts, TRAIN, { asOf }).outcome;
    expect(outcomeAt(period, NOON - 1)).toBe('denied');
    expect(outcomeAt(period, NOON)).toBe('permitted');
    expect(outcomeAt(period, NOON + DAY)).toBe('denied');
    const embargo = owned([
      onlyIf(TRAIN, [{ kind: 'embargoUntil', date: '2026-06-01T00:00:00Z' }]),
    ]);
    expect(outcomeAt(embargo, NOON - 1)).toBe('denied');
    expect(outcomeAt(embargo, NOON)).toBe('permitted');
  });

  it('opens by a trigger that is in effect, and never by one that is not', () => {
    const facts = owned([onlyIf('access.stream', [{ kind: 'trigger', trigger: 'label_ceased' }])]);
    const since = (inEffectSince: number) => ({
      ...facts,
      triggers: [{ kind: 'label_ceased' as const, inEffectSince }],
    });
    expect(ask(facts, 'access.stream')).toMatchObject({ outcome: 'denied', reasons: ['trigger'] });
    expect(ask(since(NOON), 'access.stream').outcome).toBe('permitted');
    expect(ask(since(NOON + HOUR), 'access.stream')).toMatchObject({
      outcome: 'denied',
      validUntil: NOON + HOUR,
    });
  });

  it('computes the triggers of the calendar from the dates of the work', () => {
    const after = (condition: Condition, more: Partial<WorkFacts>) =>
      ask({ ...owned([onlyIf('access.stream', [condition])]), ...more }, 'access.stream').outcome;
    const tenYears = { kind: 'trigger', trigger: 'release_anniversary', years: 10 } as const;
    expect(after(tenYears, { releasedOn: '2016-06-01' })).toBe('permitted');
    expect(after(tenYears, { releasedOn: '2016-06-02' })).toBe('denied');
    expect(after(tenYears, { releasedOn: '2016' })).toBe('denied');
    expect(after(tenYears, {})).toBe('denied');
    const death = { kind: 'trigger', trigger: 'death_plus_years', years: 70 } as const;
    expect(after(death, { diedOn: '1950' })).toBe('permitted');
    const day = { kind: 'trigger', trigger: 'date', date: '2026-06-01' } as const;
    expect(after(day, {})).toBe('permitted');
  });

  it('asks a declared delisting for at least the months that the term names', () => {
    const facts = owned([
      onlyIf('access.stream', [{ kind: 'trigger', trigger: 'delisted_everywhere', months: 12 }]),
    ]);
    const lasted = (months?: number) =>
      ask(
        { ...facts, triggers: [{ kind: 'delisted_everywhere', inEffectSince: 0, months }] },
        'access.stream',
      ).outcome;
    expect(lasted(12)).toBe('permitted');
    expect(lasted(11)).toBe('denied');
    expect(lasted()).toBe('denied');
  });

  it('leads to a licence where an unsatisfied term asks for consent or names an offer', () => {
    const away: readonly Condition[] = [{ kind: 'territory', include: ['FR'] }];
    const outcome = (...duties: readonly Duty[]) =>
      ask(owned([onlyIf(TRAIN, away, duties)])).outcome;
    expect(outcome({ kind: 'obtain_consent' })).toBe('licence_required');
    expect(outcome({ ...PAY, offer: 'off_1' } as Duty)).toBe('licence_required');
    expect(outcome(PAY)).toBe('denied');
    expect(outcome({ kind: 'attribute' })).toBe('denied');
  });

  it('leads to a licence where the party keeps an offer open for the purpose', () => {
    const facts = owned([onlyIf(TRAIN, [{ kind: 'territory', include: ['FR'] }])]);
    const offer = { offerId: 'off_1', party: 'A', purposes: ['ai.train' as const] };
    const withOffer = (more: object) => ask(facts, TRAIN, { offers: [{ ...offer, ...more }] });
    expect(withOffer({})).toMatchObject({
      outcome: 'licence_required',
      reasons: ['territory'],
      offers: [{ offerIds: ['off_1'] }],
    });
    expect(withOffer({ party: 'B' }).outcome).toBe('denied');
    expect(withOffer({ purposes: ['ai.input'] }).outcome).toBe('denied');
    expect(withOffer({ until: NOON }).outcome).toBe('denied');
    expect(withOffer({ until: NOON + HOUR }).validUntil).toBe(NOON + HOUR);
  });

  it('leaves a plain refusal a refusal, whatever is on offer', () => {
    const offers = [{ offerId: 'off_1', party: 'A', purposes: ['ai' as const] }];
    expect(ask(owned([deny(TRAIN)]), TRAIN, { offers }).outcome).toBe('denied');
  });

  it('asks nothing to be paid under the model free, and asks first under obtain_consent', () => {
    const free: Duty = { kind: 'compensate', model: 'free' };
    expect(ask(owned([must(TRAIN, free)])).outcome).toBe('permitted_with_duties');
    expect(ask(owned([must(TRAIN, { kind: 'obtain_consent' })])).outcome).toBe('licence_required');
  });

  it('binds an allow by its conditions and duties like a conditional', () => {
    const term: Term = { ...allow(TRAIN), duties: [{ kind: 'attribute' }] };
    expect(ask(owned([term])).outcome).toBe('permitted_with_duties');
  });

  it('lets only the named custodians keep a copy, while anyone may describe the work', () => {
    const facts = owned([allow('preservation')], { preservationTerms: { custodians: ['Z'] } });
    expect(ask(facts, 'preservation.ingest', { inquirer: 'Z' }).outcome).toBe('permitted');
    expect(ask(facts, 'preservation.ingest', { inquirer: 'Y' })).toMatchObject({
      outcome: 'denied',
      reasons: ['custodians'],
    });
    expect(ask(facts, 'preservation.ingest').state).toEqual(['inquirer']);
    expect(ask(facts, 'preservation.metadata').outcome).toBe('permitted');
  });

  it('takes a condition of a kind it does not know for one that is not satisfied', () => {
    const later = { kind: 'moonPhase' } as unknown as Condition;
    expect(ask(owned([onlyIf(TRAIN, [later])]))).toMatchObject({
      outcome: 'denied',
      reasons: ['unknown_condition'],
    });
  });
});

describe('evaluate, rules 4.10 to 4.12', () => {
  it('reports overlays beside the answer and never changes it by them', () => {
    const research = { actorClass: 'research' as const };
    const answer = ask(owned([deny('ai')]), TRAIN, research);
    expect(answer.outcome).toBe('denied');
    expect(answer.overlays.map((one) => one.id)).toEqual([
      'eu-2019-790-art-3',
      'eu-2019-790-art-4',
    ]);
  });

  it.each(['deny', 'refer', 'allow_at_own_risk'] as const)(
    'prints the policy %s beside an unknown and leaves it unknown',
    (unknownPolicy) => {
      expect(ask(owned([]), TRAIN, { unknownPolicy })).toMatchObject({
        outcome: 'unknown',
        treatAs: unknownPolicy,
        unknownPolicy,
      });
    },
  );

  it('stands for 24 hours, and for 30 days where it is about preservation', () => {
    const facts = owned([allow('ai'), allow('access'), allow('preservation')]);
    expect(ask(facts, TRAIN).validUntil).toBe(NOON + DAY);
    expect(ask(facts, 'access.stream').validUntil).toBe(NOON + DAY);
    expect(ask(facts, 'dataset.redistribute').validUntil).toBe(NOON + DAY);
    expect(ask(facts, 'preservation.ingest').validUntil).toBe(NOON + 30 * DAY);
  });

  it('ends sooner where a statement ends or takes over, a term ends or an embargo lifts', () => {
    const soon = '2026-06-01T01:00:00Z';
    const until = (facts: WorkFacts) => ask(facts).validUntil;
    expect(until(owned([allow('ai')], { effectiveUntil: NOON + HOUR }))).toBe(NOON + HOUR);
    expect(until(owned([allow('ai')], { effectiveFrom: NOON + HOUR }))).toBe(NOON + HOUR);
    expect(until(owned([onlyIf('ai', [{ kind: 'period', until: soon }])]))).toBe(NOON + HOUR);
    expect(until(owned([onlyIf('ai', [{ kind: 'embargoUntil', date: soon }])]))).toBe(NOON + HOUR);
    expect(until(text([claim('A', 'text', { until: NOON + HOUR })], []))).toBe(NOON + HOUR);
  });
});

describe('evaluate, after a withdrawal', () => {
  const gone = (more: Partial<Statement>, first: Partial<Statement> = {}) => {
    const said = statement('A', 'text', [allow('preservation'), allow('ai')], first);
    const withdrawal = statement('A', 'text', [], {
      withdraws: said.declarationId,
      recordedAt: at('2026-02-01T00:00:00Z'),
      ...more,
    });
    return text([claim('A', 'text')], [said, withdrawal]);
  };

  it('keeps copies dark and models out of the next version by default', () => {
    expect(ask(gone({}), 'preservation.ingest')).toMatchObject({
      outcome: 'unknown',
      existingCopies: 'keep_dark',
      trainedModels: 'exclude_from_next_version',
      newIngest: false,
    });
  });

  it('hears the withdrawal first, then the declaration that it withdraws', () => {
    const keep = { afterWithdrawal: { existingCopies: 'keep' } } as const;
    const remove = { afterWithdrawal: { existingCopies: 'delete_within_days', days: 30 } } as const;
    expect(ask(gone({}, keep), 'preservation.ingest').existingCopies).toBe('keep');
    expect(ask(gone(remove, keep), 'preservation.ingest')).toMatchObject({
      existingCopies: 'delete_within_days',
      deleteWithinDays: 30,
    });
  });

  it('says nothing about copies where nothing was withdrawn', () => {
    expect(ask(owned([allow('preservation')]), 'preservation.ingest')).toMatchObject({
      existingCopies: undefined,
      newIngest: true,
    });
  });

  it('names the preservation terms in force with the triggers that are in effect', () => {
    const facts = owned([allow('preservation')], {
      preservationTerms: {
        accessMode: 'dark',
        triggers: [
          { trigger: 'date', date: '2026-05-01', effect: { accessMode: 'open', delayDays: 40 } },
        ],
      },
    });
    const modeAt = (asOf: number) =>
      ask(facts, 'preservation.ingest', { asOf }).preservationTerms.map((one) => one.accessMode);
    expect(modeAt(NOON)).toEqual(['dark']);
    expect(modeAt(NOON + 10 * DAY)).toEqual(['open']);
    expect(ask(facts, 'preservation.ingest').validUntil).toBe(at('2026-06-10T00:00:00Z'));
  });
});
