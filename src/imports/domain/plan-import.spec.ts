import { describe, expect, it } from '@jest/globals';
import type { DraftIdentifier, ReadRow, RowDraft } from './catalogue.js';
import {
  type ClaimableLayer,
  type ImportPlan,
  type KnownWork,
  namelessKey,
  planImport,
} from './plan-import.js';

const isrc = (value: string): DraftIdentifier => ({ scheme: 'isrc', value, typed: value });
const upc = (value: string): DraftIdentifier => ({ scheme: 'gtin', value, typed: value });
const iswc = (value: string): DraftIdentifier => ({ scheme: 'iswc', value, typed: value });

function draft(change: Partial<RowDraft> = {}): RowDraft {
  return {
    title: 'Song',
    artists: ['Mira'],
    composers: [],
    releasedOn: null,
    identifiers: [isrc('A')],
    release: null,
    composition: null,
    ...change,
  };
}

function plan(
  drafts: readonly RowDraft[],
  known: Record<string, Partial<KnownWork>[]> = {},
  layers: ClaimableLayer[] = ['recording'],
): ImportPlan {
  const rows = drafts.map((one, at): ReadRow => {
    return { line: at + 2, cells: [], warnings: [], outcome: 'draft', draft: one };
  });
  const byIdentifier = new Map(
    Object.entries(known).map(([key, works]) => [
      key,
      works.map((work, at) => {
        return { workId: `${key}#${at}`, kind: 'recording', title: 'Song', own: false, ...work };
      }),
    ]),
  );
  let made = 0;
  const newWorkId = () => `new${++made}`;
  return planImport(rows, { byIdentifier, nameless: new Map() }, { layers, newWorkId });
}

const outcomesOf = ({ rows }: ImportPlan) => rows.map(({ outcome, workId }) => [outcome, workId]);
const warningsOf = ({ rows }: ImportPlan) => rows.flatMap((row) => row.warnings.map((w) => w.code));

describe('planImport', () => {
  it('registers what nobody has registered, and claims its recording', () => {
    const result = plan([draft()]);
    expect(outcomesOf(result)).toEqual([['registered', 'new1']]);
    expect(result.claims).toEqual([{ workId: 'new1', layer: 'recording' }]);
  });

  it('leaves own works alone, and says where the title is another', () => {
    const known = { 'isrc:A': [{ own: true }], 'isrc:B': [{ own: true, title: 'Else' }] };
    const result = plan([draft(), draft({ identifiers: [isrc('B')] })], known);
    expect(outcomesOf(result)).toEqual([
      ['unchanged', 'isrc:A#0'],
      ['unchanged', 'isrc:B#0'],
    ]);
    expect(warningsOf(result)).toEqual(['title_differs']);
    expect([result.works, result.claims]).toEqual([[], []]);
  });

  it('joins the work of another party of the same title with a claim', () => {
    const result = plan([draft({ title: 'SONG (live)' })], { 'isrc:A': [{}] });
    expect(outcomesOf(result)).toEqual([['joined', 'isrc:A#0']]);
    expect(result.works).toEqual([]);
    expect(result.claims).toEqual([{ workId: 'isrc:A#0', layer: 'recording' }]);
  });

  it('prefers the party’s own work to an older one of somebody else', () => {
    const result = plan([draft()], { 'isrc:A': [{}, { own: true }] });
    expect(outcomesOf(result)).toEqual([['unchanged', 'isrc:A#1']]);
  });

  it('registers a recording of another title by itself, with a warning', () => {
    const result = plan([draft()], { 'isrc:A': [{ title: 'Something Else' }] });
    expect(outcomesOf(result)).toEqual([['registered', 'new1']]);
    expect(warningsOf(result)).toEqual(['identifier_shared']);
  });

  it('never takes a release or composition for the recording', () => {
    const result = plan([draft()], { 'isrc:A': [{ kind: 'release', own: true }] });
    expect(outcomesOf(result)).toEqual([['registered', 'new1']]);
  });

  it('makes one release of the rows that share a bar code, after its recordings', () => {
    const release = { title: 'Album', identifiers: [upc('1')] };
    const rows = [draft({ release }), draft({ identifiers: [isrc('B')], release })];
    const { works } = plan(rows);
    expect(works.map(({ kind }) => kind)).toEqual(['recording', 'recording', 'release']);
    expect(works[2]!.links.map(({ toWorkId }) => toWorkId)).toEqual(['new1', 'new3']);
  });

  it('adds nothing to a release that is registered, nor more than a leaf holds', () => {
    const release = { title: 'Album', identifiers: [upc('1')] };
    const known = plan([draft({ release })], { 'gtin:1': [{ kind: 'release' }] });
    expect(warningsOf(known)).toEqual(['release_left_out']);
    expect(known.works.map(({ kind }) => kind)).toEqual(['recording']);
    const many = Array.from({ length: 151 }, (_, n) =>
      draft({ identifiers: [isrc(String(n))], release }),
    );
    expect(warningsOf(plan(many))).toEqual(['release_left_out']);
  });

  it('makes one composition of the rows that share an ISWC, before its recordings', () => {
    const composition = { title: 'Song', identifiers: [iswc('1')] };
    const rows = [draft({ composition }), draft({ identifiers: [isrc('B')], composition })];
    const result = plan(rows, {}, ['recording', 'composition']);
    expect(result.works.map(({ kind }) => kind)).toEqual(['composition', 'recording', 'recording']);
    expect(result.claims.filter(({ layer }) => layer === 'composition')).toHaveLength(1);
    expect(plan(rows).claims.map(({ layer }) => layer)).toEqual(['recording', 'recording']);
  });

  it('links to the composition that somebody registered, and says that the link is not our own', () => {
    const composition = { title: 'Song', identifiers: [iswc('1')] };
    const { works } = plan([draft({ composition })], { 'iswc:1': [{ kind: 'composition' }] });
    expect(works).toMatchObject([
      { kind: 'recording', links: [{ kind: 'embodies', toWorkId: 'iswc:1#0', own: false }] },
    ]);
  });

  it('gives a repeated row the work of the first', () => {
    const known = { byIdentifier: new Map(), nameless: new Map() };
    const rows: ReadRow[] = [
      { line: 2, cells: [], warnings: [], outcome: 'draft', draft: draft() },
      { line: 3, cells: [], warnings: [], outcome: 'repeated', firstLine: 2 },
    ];
    const result = planImport(rows, known, { layers: ['recording'], newWorkId: () => 'new' });
    expect(outcomesOf(result)).toEqual([
      ['registered', 'new'],
      ['unchanged', 'new'],
    ]);
  });

  it('recognises the party’s own works without identifiers by title and artists', () => {
    const nameless = new Map([[namelessKey('Song', ['Mira']), 'old']]);
    const row = { line: 2, cells: [], warnings: [], outcome: 'draft' as const };
    const rows = [
      { ...row, draft: draft({ identifiers: [] }) },
      { ...row, draft: draft({ identifiers: [], artists: ['Jo'] }) },
    ];
    const known = { byIdentifier: new Map(), nameless };
    const result = planImport(rows, known, { layers: ['recording'], newWorkId: () => 'new' });
    expect(outcomesOf(result)).toEqual([
      ['unchanged', 'old'],
      ['registered', 'new'],
    ]);
  });
});
