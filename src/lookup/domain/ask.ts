import { isPurpose, isTerritoryCode, type Purpose, PURPOSES } from '#vocabulary';
import {
  ACTOR_CLASSES,
  ACTOR_MODES,
  instantOf,
  type Inquiry,
  MODEL_OPENNESS,
  UNKNOWN_POLICIES,
  type UnknownPolicy,
} from '#consent/domain';
import type { FieldFault } from '#kernel';

/** What is asked about every item of a lookup, checked. */
export interface Ask {
  readonly purposes: readonly Purpose[];
  readonly inquiry: Readonly<Omit<Inquiry, 'asOf' | 'unknownPolicy' | 'licences' | 'offers'>>;
  readonly unknownPolicy: UnknownPolicy;
  /** Epoch ms; absent for now. */
  readonly asOf?: number;
  /** Whether the answer is to be signed. */
  readonly receipt?: boolean;
}

/**
 * What is answered when nobody says which purposes: one headline for each kind of asker. An
 * archive wants to keep and show, a listener's service to play, a builder to find, train and feed.
 */
export const DEFAULT_PURPOSES: readonly Purpose[] = [
  'preservation.ingest',
  'access.research',
  'access.stream',
  'ai.search',
  'ai.train.generative',
  'ai.input',
];

/** Conditions that nobody can check from outside: the inquirer undertakes to keep within them. */
const ACCEPTABLE = ['outputRestriction', 'volumeCap', 'qualityCap'];

const TEXT_MAX = 256;

type Members = Readonly<Record<string, unknown>>;

/** Collects faults while a value is read; a member that is read badly is as good as absent. */
class Reader {
  readonly faults: FieldFault[] = [];

  refuse(pointer: string, detail: string): undefined {
    this.faults.push({ pointer, detail });
    return undefined;
  }

  members(value: unknown, pointer: string): Members {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Members;
    }
    this.refuse(pointer, 'must be a JSON object');
    return {};
  }

  onlyKnown(members: Members, known: ReadonlySet<string>, pointer: string): void {
    for (const name of Object.keys(members)) {
      if (known.has(name)) continue;
      this.refuse(`${pointer}/${escaped(name)}`, 'there is no such member here');
    }
  }

  oneOf<T extends string>(value: unknown, list: readonly T[], pointer: string): T | undefined {
    if (value === undefined) return undefined;
    if ((list as readonly unknown[]).includes(value)) return value as T;
    return this.refuse(pointer, `must be one of ${list.join(', ')}`);
  }

  text(value: unknown, pointer: string): string | undefined {
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value !== '' && value.length <= TEXT_MAX) return value;
    return this.refuse(pointer, `must be text of 1 to ${TEXT_MAX} characters`);
  }

  list(value: unknown, pointer: string): readonly unknown[] | undefined {
    if (value === undefined) return undefined;
    if (Array.isArray(value)) return value;
    return this.refuse(pointer, 'must be a list');
  }
}

export type Read<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; faults: readonly FieldFault[] };

const INQUIRY_MEMBERS = new Set([
  'territory',
  'actorClass',
  'actorMode',
  'modelOpenness',
  'modelRelease',
  'lawfulSource',
  'accepts',
  'inquirer',
]);
const ASK_MEMBERS = new Set(['purposes', 'inquiry', 'asOf', 'unknownPolicy', 'receipt']);
const QUERY_MEMBERS = new Set([...INQUIRY_MEMBERS, ...ASK_MEMBERS]);
QUERY_MEMBERS.delete('inquiry');

/** Members that are true or false, which a query says in words. */
const FLAGS = new Set(['lawfulSource', 'receipt']);

/**
 * Reads the envelope of a batch, but for its items: `purposes`, `inquiry`, `asOf`,
 * `unknownPolicy` and `receipt`. Refuses unknown members and values by pointer. `now` in epoch ms.
 */
export function readAsk(body: unknown, now: number): Read<Ask> {
  const reader = new Reader();
  const { items: _, ...members } = reader.members(body, '');
  reader.onlyKnown(members, ASK_MEMBERS, '');
  const inquiry = members['inquiry'] === undefined ? {} : members['inquiry'];
  const stated = reader.members(inquiry, '/inquiry');
  reader.onlyKnown(stated, INQUIRY_MEMBERS, '/inquiry');
  return finish(reader, readParts(reader, members, stated, '/inquiry', now));
}

/** Reads the same from the query of an address: lists are separated by commas, all is text. */
export function readQueryAsk(query: Members, now: number): Read<Ask> {
  const reader = new Reader();
  reader.onlyKnown(query, QUERY_MEMBERS, '');
  const members: Record<string, unknown> = {};
  for (const name of Object.keys(query)) {
    const value = query[name];
    if (typeof value !== 'string') reader.refuse(`/${escaped(name)}`, 'must be said once');
    else if (name === 'purposes' || name === 'accepts') members[name] = value.split(',');
    else if (FLAGS.has(name) && (value === 'true' || value === 'false')) {
      members[name] = value === 'true';
    } else members[name] = value;
  }
  return finish(reader, readParts(reader, members, members, '', now));
}

function finish(reader: Reader, ask: Ask): Read<Ask> {
  return reader.faults.length === 0
    ? { ok: true, value: ask }
    : { ok: false, faults: reader.faults };
}

function readParts(
  reader: Reader,
  members: Members,
  stated: Members,
  pointer: string,
  now: number,
): Ask {
  return {
    purposes: readPurposes(reader, members['purposes']),
    inquiry: readInquiry(reader, stated, pointer),
    unknownPolicy:
      reader.oneOf(members['unknownPolicy'], UNKNOWN_POLICIES, '/unknownPolicy') ?? 'deny',
    asOf: readAsOf(reader, members['asOf'], now),
    receipt: readFlag(reader, members['receipt'], '/receipt'),
  };
}

function readPurposes(reader: Reader, value: unknown): readonly Purpose[] {
  const list = reader.list(value, '/purposes');
  if (list === undefined) return DEFAULT_PURPOSES;
  if (list.length === 0) reader.refuse('/purposes', 'must name at least one purpose');
  if (list.length > PURPOSES.length) {
    reader.refuse('/purposes', `must name at most the ${PURPOSES.length} purposes that there are`);
    return DEFAULT_PURPOSES;
  }
  const purposes: Purpose[] = [];
  list.forEach((one, at) => {
    if (!isPurpose(one))
      reader.refuse(`/purposes/${at}`, 'is not a purpose; see /docs for the list');
    else if (purposes.includes(one)) reader.refuse(`/purposes/${at}`, 'is named twice');
    else purposes.push(one);
  });
  return purposes;
}

function readInquiry(reader: Reader, stated: Members, pointer: string): Ask['inquiry'] {
  const at = (name: string) => `${pointer}/${name}`;
  const { territory } = stated;
  if (territory !== undefined && !isTerritoryCode(territory)) {
    reader.refuse(at('territory'), 'must be an ISO 3166-1 alpha-2 code in capitals, EU or WORLD');
  }
  const inquiry = {
    territory: territory as string | undefined,
    actorClass: reader.oneOf(stated['actorClass'], ACTOR_CLASSES, at('actorClass')),
    actorMode: reader.oneOf(stated['actorMode'], ACTOR_MODES, at('actorMode')),
    modelOpenness: reader.oneOf(stated['modelOpenness'], MODEL_OPENNESS, at('modelOpenness')),
    modelRelease: reader.text(stated['modelRelease'], at('modelRelease')),
    lawfulSource: readFlag(reader, stated['lawfulSource'], at('lawfulSource')),
    accepts: readAccepts(reader, stated['accepts'], at('accepts')),
    inquirer: reader.text(stated['inquirer'], at('inquirer')),
  };
  return inquiry;
}

function readFlag(reader: Reader, value: unknown, pointer: string): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  return reader.refuse(pointer, 'must be true or false');
}

function readAccepts(reader: Reader, value: unknown, pointer: string) {
  const list = reader.list(value, pointer);
  if (list === undefined) return undefined;
  if (list.length > ACCEPTABLE.length) {
    return reader.refuse(pointer, `must name at most ${ACCEPTABLE.length} conditions`);
  }
  return list.flatMap((one, at) => reader.oneOf(one, ACCEPTABLE, `${pointer}/${at}`) ?? []);
}

function readAsOf(reader: Reader, value: unknown, now: number): number | undefined {
  if (value === undefined) return undefined;
  const asOf = typeof value === 'string' ? instantOf(value) : NaN;
  if (Number.isNaN(asOf)) {
    return reader.refuse('/asOf', 'must be a UTC instant such as 2026-06-01T12:00:00Z, or a day');
  }
  if (asOf > now) return reader.refuse('/asOf', 'must not lie in the future');
  return asOf;
}

/** One reference token of a JSON pointer, cut to a readable length (RFC 6901 §3). */
function escaped(name: string): string {
  return name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1');
}
