import { COUNTRIES, EU, type Territory, WORLD } from '#vocabulary';
import { instantOf } from './calendar.js';
import { child } from './plain-input.js';
import type { PlainInput } from './plain-input.js';
import {
  ACTOR_CLASSES,
  ACTOR_MODES,
  CONDITION_KINDS,
  MODEL_OPENNESS,
  TRIGGER_KINDS,
} from './terms.js';
import type { Condition, ConditionKind, TriggerKind } from './terms.js';

type Fields = ReadonlyMap<string, unknown>;

const CODES: readonly string[] = [WORLD, EU, ...COUNTRIES];
export const ACTORS_MAX = 500;

/** The fields of each kind, besides `kind`. */
const FIELDS: Readonly<Record<ConditionKind, readonly string[]>> = {
  territory: ['include', 'exclude'],
  period: ['from', 'until'],
  actorClass: ['in'],
  actors: ['allow', 'deny'],
  actorMode: ['in'],
  modelOpenness: ['in'],
  modelRelease: ['release'],
  outputRestriction: ['restriction'],
  volumeCap: ['max', 'unit'],
  qualityCap: ['max', 'unit'],
  embargoUntil: ['date'],
  trigger: ['trigger', 'date', 'years', 'months'],
  lawfulSource: ['required'],
};

/** The kind of a condition or duty, which settles what other fields it may have. */
export function readKind<T extends string>(
  input: PlainInput,
  value: unknown,
  pointer: string,
  kinds: readonly T[],
): T | undefined {
  const kind: unknown =
    typeof value === 'object' && value !== null
      ? Object.getOwnPropertyDescriptor(value, 'kind')?.value
      : undefined;
  if (kind === undefined && (typeof value !== 'object' || value === null)) {
    return input.refuse(pointer, 'Must be an object.');
  }
  return input.oneOf(kind, child(pointer, 'kind'), kinds);
}

/** A condition of section 3 in canonical form, or undefined after noting what is wrong. */
export function readCondition(
  input: PlainInput,
  value: unknown,
  pointer: string,
): Condition | undefined {
  const kind = readKind(input, value, pointer, CONDITION_KINDS);
  if (kind === undefined) return undefined;
  const fields = input.object(value, pointer, ['kind', ...FIELDS[kind]]);
  return fields === undefined ? undefined : readByKind(input, kind, fields, pointer);
}

function readByKind(
  input: PlainInput,
  kind: ConditionKind,
  fields: Fields,
  pointer: string,
): Condition | undefined {
  switch (kind) {
    case 'territory': {
      const territory = readTerritoryFields(input, fields, pointer);
      return territory && { kind, ...territory };
    }
    case 'period':
      return readPeriod(input, fields, pointer);
    case 'actorClass': {
      const list = input.listOf(fields.get('in'), child(pointer, 'in'), ACTOR_CLASSES);
      return list && { kind, in: list };
    }
    case 'actorMode': {
      const list = input.listOf(fields.get('in'), child(pointer, 'in'), ACTOR_MODES);
      return list && { kind, in: list };
    }
    case 'modelOpenness': {
      const list = input.listOf(fields.get('in'), child(pointer, 'in'), MODEL_OPENNESS);
      return list && { kind, in: list };
    }
    case 'actors':
      return readActors(input, fields, pointer);
    case 'modelRelease': {
      const release = input.text(fields.get('release'), child(pointer, 'release'), 200);
      return release === undefined ? undefined : { kind, release };
    }
    case 'outputRestriction': {
      const restriction = input.text(fields.get('restriction'), child(pointer, 'restriction'));
      return restriction === undefined ? undefined : { kind, restriction };
    }
    case 'volumeCap':
    case 'qualityCap': {
      const range = { min: 1, max: Number.MAX_SAFE_INTEGER };
      const max = input.integer(fields.get('max'), child(pointer, 'max'), range);
      const unit = input.text(fields.get('unit'), child(pointer, 'unit'), 40);
      return max === undefined || unit === undefined ? undefined : { kind, max, unit };
    }
    case 'embargoUntil': {
      const date = readMoment(input, fields.get('date'), child(pointer, 'date'));
      return date === undefined ? undefined : { kind, date };
    }
    case 'trigger': {
      const trigger = readTrigger(input, fields, pointer);
      return trigger && { kind, ...trigger };
    }
    case 'lawfulSource': {
      const required = input.flag(fields.get('required'), child(pointer, 'required'));
      return required === undefined ? undefined : { kind, required };
    }
  }
}

/** A territory with sorted codes; an `exclude` that is present must exclude something. */
export function readTerritory(
  input: PlainInput,
  value: unknown,
  pointer: string,
): Territory | undefined {
  const fields = input.object(value, pointer, FIELDS.territory);
  return fields && readTerritoryFields(input, fields, pointer);
}

function readTerritoryFields(
  input: PlainInput,
  fields: Fields,
  pointer: string,
): Territory | undefined {
  const include = readCodes(input, fields.get('include'), child(pointer, 'include'));
  if (include === undefined) return undefined;
  if (!fields.has('exclude')) return { include };
  const exclude = readCodes(input, fields.get('exclude'), child(pointer, 'exclude'));
  if (exclude === undefined) return undefined;
  if (exclude.includes(WORLD))
    return input.refuse(child(pointer, 'exclude'), 'Excludes everything.');
  return { include, exclude };
}

function readCodes(
  input: PlainInput,
  value: unknown,
  pointer: string,
): readonly string[] | undefined {
  const entries = input.array(value, pointer, { min: 1, max: CODES.length });
  if (entries === undefined) return undefined;
  const found = new Set<string>();
  for (const [at, entry] of entries.entries()) {
    if (typeof entry !== 'string' || !CODES.includes(entry)) {
      const detail = 'Must be an upper-case ISO 3166-1 alpha-2 code, EU or WORLD.';
      return input.refuse(child(pointer, at), detail);
    }
    if (found.has(entry)) return input.refuse(child(pointer, at), 'Is listed twice.');
    found.add(entry);
  }
  return [...found].sort();
}

/** A day (`YYYY-MM-DD`) or a UTC instant that exists in the calendar. */
export function readMoment(input: PlainInput, value: unknown, pointer: string): string | undefined {
  if (typeof value === 'string' && value.length <= 24 && !Number.isNaN(instantOf(value))) {
    return value;
  }
  return input.refuse(pointer, 'Must be a day such as 2027-01-31 or a UTC instant that exists.');
}

function readPeriod(input: PlainInput, fields: Fields, pointer: string): Condition | undefined {
  if (!fields.has('from') && !fields.has('until')) {
    return input.refuse(pointer, 'A period needs from, until or both.');
  }
  const period: { from?: string; until?: string } = {};
  for (const edge of ['from', 'until'] as const) {
    if (!fields.has(edge)) continue;
    const moment = readMoment(input, fields.get(edge), child(pointer, edge));
    if (moment === undefined) return undefined;
    period[edge] = moment;
  }
  if (period.from !== undefined && period.until !== undefined) {
    if (instantOf(period.from) >= instantOf(period.until)) {
      return input.refuse(child(pointer, 'until'), 'Must be later than from.');
    }
  }
  return { kind: 'period', ...period };
}

function readActors(input: PlainInput, fields: Fields, pointer: string): Condition | undefined {
  if (!fields.has('allow') && !fields.has('deny')) {
    return input.refuse(pointer, 'Actors need allow, deny or both.');
  }
  const lists: { allow?: readonly string[]; deny?: readonly string[] } = {};
  for (const side of ['allow', 'deny'] as const) {
    if (!fields.has(side)) continue;
    const list = input.texts(fields.get(side), child(pointer, side), ACTORS_MAX);
    if (list === undefined) return undefined;
    lists[side] = list;
  }
  return { kind: 'actors', ...lists };
}

export interface TriggerFields {
  readonly trigger: TriggerKind;
  readonly date?: string;
  readonly years?: number;
  readonly months?: number;
}

/** What each trigger kind must say; the others say nothing more. */
const TRIGGER_PARAMETER: Readonly<Partial<Record<TriggerKind, 'date' | 'years' | 'months'>>> = {
  date: 'date',
  release_anniversary: 'years',
  death_plus_years: 'years',
  delisted_everywhere: 'months',
};

export function readTrigger(
  input: PlainInput,
  fields: Fields,
  pointer: string,
): TriggerFields | undefined {
  const trigger = input.oneOf(fields.get('trigger'), child(pointer, 'trigger'), TRIGGER_KINDS);
  if (trigger === undefined) return undefined;
  const parameter = TRIGGER_PARAMETER[trigger];
  for (const name of ['date', 'years', 'months']) {
    if (fields.has(name) && name !== parameter) {
      return input.refuse(child(pointer, name), `Says nothing about the trigger ${trigger}.`);
    }
  }
  if (parameter === undefined) return { trigger };
  if (parameter === 'months' && !fields.has('months')) return { trigger };
  const at = child(pointer, parameter);
  if (parameter === 'date') {
    const date = readMoment(input, fields.get('date'), at);
    return date === undefined ? undefined : { trigger, date };
  }
  const number = input.integer(fields.get(parameter), at, { min: 1, max: 1200 });
  return number === undefined ? undefined : { trigger, [parameter]: number };
}
