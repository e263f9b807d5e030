import { child } from './plain-input.js';
import type { PlainInput } from './plain-input.js';
import { ACCESS_MODES, EXISTING_COPIES, TRAINED_MODELS } from './preservation-terms.js';
import type {
  AfterWithdrawal,
  PreservationTerms,
  PreservationTrigger,
} from './preservation-terms.js';
import { ACTORS_MAX, readMoment, readTrigger } from './read-condition.js';
import { ACTOR_CLASSES } from './terms.js';

type Fields = ReadonlyMap<string, unknown>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const COPIES = { min: 1, max: 1000 };
const DELAY_DAYS = { min: 0, max: 36_500 };
const DELETE_DAYS = { min: 1, max: 3650 };
const TRIGGERS_MAX = 16;

/** Preservation terms of section 3 in canonical form; at least one of them must be said. */
export function readPreservationTerms(
  input: PlainInput,
  value: unknown,
  pointer: string,
): PreservationTerms | undefined {
  const names = ['accessMode', 'copiesMax', 'custodians', 'retention', 'triggers'];
  const fields = input.object(value, pointer, names);
  if (fields === undefined) return undefined;
  if (fields.size === 0) return input.refuse(pointer, 'Must say at least one thing.');
  const terms: Mutable<PreservationTerms> = {};
  const at = (name: string): string => child(pointer, name);
  if (fields.has('accessMode')) {
    terms.accessMode = input.oneOf(fields.get('accessMode'), at('accessMode'), ACCESS_MODES);
  }
  if (fields.has('copiesMax')) {
    terms.copiesMax = input.integer(fields.get('copiesMax'), at('copiesMax'), COPIES);
  }
  if (fields.has('custodians')) {
    terms.custodians = input.texts(fields.get('custodians'), at('custodians'), ACTORS_MAX);
  }
  if (fields.has('retention')) {
    terms.retention = readRetention(input, fields.get('retention'), at('retention'));
  }
  if (fields.has('triggers')) {
    terms.triggers = readTriggers(input, fields.get('triggers'), at('triggers'));
  }
  return terms;
}

function readRetention(
  input: PlainInput,
  value: unknown,
  pointer: string,
): PreservationTerms['retention'] {
  if (value === 'indefinite' || value === 'until_withdrawn') return value;
  if (typeof value !== 'object' || value === null) {
    return input.refuse(pointer, 'Must be indefinite, until_withdrawn or {"until": a day}.');
  }
  const fields = input.object(value, pointer, ['until']);
  if (fields === undefined) return undefined;
  const until = readMoment(input, fields.get('until'), child(pointer, 'until'));
  return until === undefined ? undefined : { until };
}

function readTriggers(
  input: PlainInput,
  value: unknown,
  pointer: string,
): readonly PreservationTrigger[] | undefined {
  const entries = input.array(value, pointer, { min: 1, max: TRIGGERS_MAX });
  if (entries === undefined) return undefined;
  const triggers: PreservationTrigger[] = [];
  for (const [at, entry] of entries.entries()) {
    const trigger = readPreservationTrigger(input, entry, child(pointer, at));
    if (trigger !== undefined) triggers.push(trigger);
  }
  const key = (one: PreservationTrigger): string => JSON.stringify(one);
  return triggers.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function readPreservationTrigger(
  input: PlainInput,
  value: unknown,
  pointer: string,
): PreservationTrigger | undefined {
  const fields = input.object(value, pointer, ['trigger', 'date', 'years', 'months', 'effect']);
  if (fields === undefined) return undefined;
  const trigger = readTrigger(input, fields, pointer);
  const at = child(pointer, 'effect');
  const names = ['accessMode', 'audience', 'licence', 'delayDays'];
  const effectFields = input.object(fields.get('effect'), at, names);
  const effect = effectFields && readEffect(input, effectFields, at);
  return trigger && effect && { ...trigger, effect };
}

function readEffect(
  input: PlainInput,
  fields: Fields,
  pointer: string,
): PreservationTrigger['effect'] | undefined {
  const at = (name: string): string => child(pointer, name);
  const accessMode = input.oneOf(fields.get('accessMode'), at('accessMode'), ACCESS_MODES);
  if (accessMode === undefined) return undefined;
  const effect: Mutable<PreservationTrigger['effect']> = { accessMode };
  if (fields.has('audience')) {
    effect.audience = input.listOf(fields.get('audience'), at('audience'), ACTOR_CLASSES);
  }
  if (fields.has('licence')) {
    effect.licence = input.text(fields.get('licence'), at('licence'), 200);
  }
  if (fields.has('delayDays')) {
    effect.delayDays = input.integer(fields.get('delayDays'), at('delayDays'), DELAY_DAYS);
  }
  return effect;
}

/** What becomes of copies and models; `days` goes with `delete_within_days` and only with it. */
export function readAfterWithdrawal(
  input: PlainInput,
  value: unknown,
  pointer: string,
): AfterWithdrawal | undefined {
  const fields = input.object(value, pointer, ['existingCopies', 'days', 'trainedModels']);
  if (fields === undefined) return undefined;
  if (fields.size === 0) return input.refuse(pointer, 'Must say at least one thing.');
  const after: Mutable<AfterWithdrawal> = {};
  const at = (name: string): string => child(pointer, name);
  if (fields.has('existingCopies')) {
    const copies = fields.get('existingCopies');
    after.existingCopies = input.oneOf(copies, at('existingCopies'), EXISTING_COPIES);
  }
  const deletes = after.existingCopies === 'delete_within_days';
  if (deletes) after.days = input.integer(fields.get('days'), at('days'), DELETE_DAYS);
  else if (fields.has('days')) input.refuse(at('days'), 'Goes with delete_within_days only.');
  if (fields.has('trainedModels')) {
    const models = fields.get('trainedModels');
    after.trainedModels = input.oneOf(models, at('trainedModels'), TRAINED_MODELS);
  }
  return after;
}
