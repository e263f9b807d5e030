import { canonicalJson } from '#kernel';
import type { Match, WorkFacts } from '#consent/domain';
import { normalOwnFacts, type OwnFacts } from './normal-work.js';
import type { Span } from './span.js';

/** Below which likeness a match is no ground for an answer, and from which on it is certain alone. */
const CLASSES = [0.95, 0.75];

/** A work and what it leads to, without names. */
interface Nameless {
  readonly workId: string;
  readonly own: OwnFacts;
  readonly embodies: readonly Nameless[];
  readonly contains: readonly Nameless[];
  readonly samples: readonly Nameless[];
  /** Canonical text of all of it but the id. */
  readonly text: string;
}

interface NamelessMatch {
  readonly work: Nameless;
  readonly how: Match['how'];
  readonly confidence: number;
}

/**
 * The facts behind one identifier as a snapshot holds them (docs/specs/snapshot.md): everything that can
 * still matter to whoever asks within the span, and nothing that tells works in one situation apart.
 *
 * As of `span.asOf`, {@link evaluate} gives the same outcome, reasons, duties and conditions for them as
 * for the facts themselves, whatever the inquiry; later, within the span, never a wider one.
 */
export function normalFacts(matches: readonly Match[], span: Span): readonly Match[] {
  const known = new Map<string, Nameless>();
  let isPlain = true;
  const strip = (work: WorkFacts): Nameless => {
    const made = nameless(work, span, strip);
    const before = known.get(made.workId);
    // Cut off where links go in circles, a work shows two faces; the first that is met stands for both.
    if (before === undefined) known.set(made.workId, made);
    else if (before.text !== made.text) isPlain = false;
    return made;
  };
  const stripped = bestOfEach(matches).map(({ work, ...match }): NamelessMatch => ({
    ...classOf(match),
    work: strip(work),
  }));
  return isPlain ? namedByPlace(stripped) : namedById(stripped);
}

/** The text that a snapshot holds facts as. */
export function factsText(matches: readonly Match[]): string {
  return canonicalJson(matches);
}

function nameless(work: WorkFacts, span: Span, strip: (work: WorkFacts) => Nameless): Nameless {
  const { workId, kind } = work;
  const isCarrier = kind === 'recording' || kind === 'video';
  const own = normalOwnFacts(work, span);
  const embodies = isCarrier ? work.embodies.map(strip) : [];
  const contains = kind === 'release' ? work.contains.map(strip) : [];
  const samples = work.samples.filter((one) => one.verified).map((one) => strip(one.work));
  const texts = [embodies, contains, samples].map((list) => list.map((one) => one.text));
  return { workId, own, embodies, contains, samples, text: canonicalJson([own, texts]) };
}

/** One match for each work, the best that leads to it. */
function bestOfEach(matches: readonly Match[]): Match[] {
  const best = new Map<string, Match>();
  for (const match of matches) {
    const known = best.get(match.work.workId);
    if (known === undefined || isBetter(match, known)) best.set(match.work.workId, match);
  }
  return [...best.values()];
}

function isBetter(a: Match, b: Match): boolean {
  return isExact(a) === isExact(b) ? a.confidence > b.confidence : isExact(a);
}

function isExact({ how }: Pick<Match, 'how'>): boolean {
  return how === 'identifier' || how === 'hash';
}

function classOf(match: Omit<Match, 'work'>): Omit<Match, 'work'> {
  if (isExact(match)) return { how: 'identifier', confidence: 1 };
  const confidence = CLASSES.find((least) => match.confidence >= least) ?? 0;
  return { how: 'metadata', confidence };
}

/**
 * Links in one order, equal ones once: what a work leads to is answered one by one and the strictest
 * counts. Of equal matches two are kept, because one alone may be certain where two are not.
 */
function namedByPlace(stripped: readonly NamelessMatch[]): Match[] {
  let names = 0;
  const once = (list: readonly Nameless[]): Nameless[] =>
    [...new Map(list.map((one) => [one.text, one])).values()].sort(byText);
  const named = ({ own, embodies, contains, samples }: Nameless): WorkFacts => ({
    workId: `w${names++}`,
    ...own,
    embodies: once(embodies).map(named),
    contains: once(contains).map(named),
    samples: once(samples).map((one) => ({ work: named(one), verified: true })),
  });
  const counts = new Map<string, number>();
  return [...stripped]
    .sort((a, b) => b.confidence - a.confidence || byText(a.work, b.work))
    .filter(({ confidence, work }) => {
      const key = `${confidence} ${work.text}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return counts.get(key)! <= 2;
    })
    .map((match) => ({ ...match, work: named(match.work) }));
}

/** Everything in its order and place, one name for each id. */
function namedById(stripped: readonly NamelessMatch[]): Match[] {
  const names = new Map<string, string>();
  const nameOf = (workId: string): string => {
    if (!names.has(workId)) names.set(workId, `w${names.size}`);
    return names.get(workId)!;
  };
  const named = ({ workId, own, embodies, contains, samples }: Nameless): WorkFacts => ({
    workId: nameOf(workId),
    ...own,
    embodies: embodies.map(named),
    contains: contains.map(named),
    samples: samples.map((one) => ({ work: named(one), verified: true })),
  });
  return stripped.map((match) => ({ ...match, work: named(match.work) }));
}

function byText(a: Nameless, b: Nameless): number {
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}
