import { canonicalJson } from '#kernel';
import { PURPOSES, VOCABULARY_VERSION } from '#vocabulary';
import { type Ask, readIdentified, readQueryAsk } from '#lookup/domain';
import { differences, type PublicState, ReplayedAnswers, Unopened } from './domain/index.js';

/** A question that a monitor asks the live registry. */
export interface Sample {
  readonly scheme: string;
  readonly value: string;
  readonly query: Readonly<Record<string, string>>;
  /** Under the registry's address. */
  readonly path: string;
}

/** What a live answer says of the log and the moment that it was computed from. */
export interface AnsweredAt {
  readonly text: string;
  readonly asOf: number;
  readonly size: number;
  readonly root: Buffer;
  readonly vocabulary: string;
}

const INQUIRIES: readonly Readonly<Record<string, string>>[] = [
  {},
  { territory: 'DE', actorClass: 'commercial', lawfulSource: 'true' },
  { territory: 'US', actorClass: 'research', actorMode: 'autonomous' },
  { territory: 'FR', actorClass: 'heritage_institution', unknownPolicy: 'refer' },
];

/** Questions about identifiers that the log opens, as many as there are up to `count`. */
export function drawSamples(state: PublicState, count: number, random: () => number): Sample[] {
  // One pass over all, each as likely as any other to be among the drawn.
  const drawn: string[] = [];
  let seen = 0;
  for (const name of state.world.identifiers.keys()) {
    seen += 1;
    if (drawn.length < count) drawn.push(name);
    else {
      const at = Math.floor(random() * seen);
      if (at < count) drawn[at] = name;
    }
  }
  return drawn.map((name) => {
    const colon = name.indexOf(':');
    const [scheme, value] = [name.slice(0, colon), name.slice(colon + 1)];
    const inquiry = INQUIRIES[Math.floor(random() * INQUIRIES.length)]!;
    const query = { purposes: PURPOSES.join(), ...inquiry };
    const path = `/v1/lookup/${encodeURIComponent(scheme)}/${encodeURIComponent(value)}`;
    return { scheme, value, query, path: `${path}?${new URLSearchParams(query).toString()}` };
  });
}

/** The log and moment that a live answer names; null when it names none. */
export function readAnswered(text: string): AnsweredAt | null {
  try {
    const { asOf, log, vocabulary } = JSON.parse(text) as Record<string, never>;
    const { size, root } = log as { size: number; root: string };
    const answered = { text, asOf: Date.parse(asOf!), size, vocabulary: String(vocabulary) };
    const hash = Buffer.from(String(root), 'base64');
    const isGood = Number.isSafeInteger(size) && size >= 0 && hash.length === 32;
    return isGood && Number.isFinite(answered.asOf) ? { ...answered, root: hash } : null;
  } catch {
    return null;
  }
}

/** What a live answer says otherwise than the log, in one sentence; null when nothing. */
export function answerFault(
  state: PublicState,
  { scheme, value, query }: Sample,
  answered: AnsweredAt,
): string | null {
  const name = `${scheme}:${value}`;
  if (answered.vocabulary !== VOCABULARY_VERSION) {
    return `${name} is answered with vocabulary ${answered.vocabulary}`;
  }
  const ask = readQueryAsk(query, answered.asOf);
  if (!ask.ok) return null;
  const replayed = replay(state, ask.value, { scheme, value, answered });
  // The item's members stand first and in one form, so its bytes begin the answer.
  if (replayed === null || answered.text.startsWith(`${replayed},`)) return null;
  const ours = JSON.parse(`${replayed}}`) as Record<string, unknown>;
  const live = JSON.parse(answered.text) as Record<string, unknown>;
  const items = Object.fromEntries(
    Object.keys(live).flatMap((member) =>
      ENVELOPE.has(member) && !(member in ours) ? [] : [[member, live[member]]],
    ),
  );
  const [first] = differences(ours, items);
  if (first === undefined) return `${name} is answered in other bytes than the log gives`;
  const [log, said] = [first.replayed, first.given].map((one) =>
    one === undefined ? 'nothing' : canonicalJson(one),
  );
  return `${name} at log size ${answered.size}: ${first.pointer} is ${said}, and the log gives ${log}`;
}

const ENVELOPE = new Set([
  ...['asOf', 'log', 'vocabulary', 'unknownPolicy', 'inquiry', 'overlays', 'receipt'],
]);

/** The item's text without its closing brace; null where terms were erased and nobody can tell. */
function replay(
  state: PublicState,
  ask: Ask,
  asked: { scheme: string; value: string; answered: AnsweredAt },
): string | null {
  const { asOf, size } = asked.answered;
  try {
    const answers = new ReplayedAnswers(state, ask, asOf, size);
    return answers.write(readIdentified(asked.scheme, asked.value));
  } catch (error) {
    if (error instanceof Unopened) return null;
    throw error;
  }
}
