import { randomBytes } from 'node:crypto';
import { canonicalJson, newId, sha256 } from '#kernel';
import { readAsk, readIdentified } from '#lookup/domain';
import { openingOf, writeOpening } from '#openings/domain';
import { Opened, PublicState, ReplayedAnswers } from '../src/replay/domain/index.js';

const BUNDLE = 256;
const WORKS_OF_PARTY = 100;
const ANSWERS = 20_000;
const MEBIBYTE = 2 ** 20;

const TERMS = { terms: [{ purpose: 'ai', decision: 'deny' }] };
const TERMS_DIGEST = sha256(canonicalJson(TERMS)).toString('hex');

interface MadeLeaf {
  readonly entry: Buffer;
  readonly openings: readonly string[];
}

/** What a registry of so many works would have logged, leaf by leaf; `names` takes identifiers in. */
function* leavesOf(works: number, names: string[]): Generator<MadeLeaf, void> {
  const entryOf = (index: number, type: string, stream: string, content: object): Buffer => {
    const place = { v: 1, type, stream, n: 1, prev: null, t: 1_764_000_000_000 + index };
    return Buffer.from(canonicalJson({ ...content, ...place, auth: { m: 'registry' } }));
  };
  const claim = {
    ...{ role: 'owner', sharePpm: 1_000_000, territory: null, exclusive: false, level: 3 },
    ...{ method: 'party', state: 'active', mandate: null, madeAt: null },
  };
  let party = '';
  let composition = '';
  let index = 0;
  for (let nth = 0; nth < works; nth += 1) {
    if (nth % WORKS_OF_PARTY === 0) {
      party = newId('party');
      for (const layer of ['recording', 'composition']) {
        const content = {
          ...{ declaration: newId('declaration'), party, layer, subjectKind: 'party' },
          ...{ subject: party, terms: TERMS_DIGEST },
          ...{ effectiveFrom: null, effectiveUntil: null, withdraws: null },
        };
        const terms = canonicalJson({ index, terms: TERMS_DIGEST, content: TERMS });
        const stream = `${party}/${layer}/party/${party}`;
        yield { entry: entryOf(index, 'declaration', stream, content), openings: [terms] };
        index += 1;
      }
    }
    const isRecording = nth % 2 === 1;
    const work = newId('work');
    const kind = isRecording ? 'recording' : 'composition';
    const links = isRecording ? [{ kind: 'embodies', to: composition, verified: true }] : [];
    const scheme = isRecording ? 'isrc' : 'iswc';
    const value = isRecording
      ? `QZF${String(nth).padStart(9, '0')}`
      : `T${String(nth).padStart(10, '0')}`;
    const opening = openingOf(index, { scheme, value, salt: randomBytes(32) });
    if (isRecording) names.push(value);
    const content = { kind, identifiers: [opening.commitment], links, catalogues: [] };
    yield { entry: entryOf(index, 'work', work, content), openings: [writeOpening(opening)] };
    index += 1;
    const claimed = { ...claim, party, work, layer: kind };
    yield { entry: entryOf(index, 'claim', newId('claim'), claimed), openings: [] };
    index += 1;
    if (!isRecording) composition = work;
  }
}

/** `npm run bench -- --replay 1000000`: how fast leaves are folded, and what the state weighs. */
export function benchReplay(works: number): void {
  const names: string[] = [];
  const state = new PublicState();
  let milliseconds = 0;
  let bundle: MadeLeaf[] = [];
  const fold = () => {
    const first = state.size;
    const lines = new Map<string, string>();
    for (const line of bundle.flatMap(({ openings }) => openings)) {
      // A file names terms once, at the first leaf that does.
      const key = line.includes('"terms":"') ? 'terms' : line;
      if (!lines.has(key)) lines.set(key, line);
    }
    const began = performance.now();
    const opened = Opened.read([...lines.values()].join('\n'), first, first + BUNDLE);
    for (const { entry } of bundle) state.apply(entry, opened);
    opened.demandUsed(state.size);
    milliseconds += performance.now() - began;
    bundle = [];
  };
  for (const leaf of leavesOf(works, names)) {
    bundle.push(leaf);
    if (bundle.length === BUNDLE) fold();
  }
  fold();
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const leaves = state.size;
  const ask = readAsk({ purposes: ['ai.train'], inquiry: { territory: 'DE' } }, Date.now());
  if (!ask.ok) throw new Error('the ask is bad');
  const began = performance.now();
  for (let nth = 0; nth < ANSWERS; nth += 1) {
    const value = names[Math.floor(Math.random() * names.length)]!;
    const answers = new ReplayedAnswers(state, ask.value, Date.now());
    answers.write(readIdentified('isrc', value));
  }
  const answered = performance.now() - began;
  const rows = [
    '| works | leaves | leaves/s | heap MB | resident MB | answers/s |',
    '| --- | --- | --- | --- | --- | --- |',
    `| ${works} | ${leaves} | ${perSecond(leaves, milliseconds)} | ${inMb(heapUsed)} | ${inMb(rss)} | ${perSecond(ANSWERS, answered)} |`,
  ];
  process.stdout.write(`${rows.join('\n')}\n`);
}

function perSecond(count: number, milliseconds: number): number {
  return Math.round(count / (milliseconds / 1_000));
}

function inMb(bytes: number): number {
  return Math.round(bytes / MEBIBYTE);
}
