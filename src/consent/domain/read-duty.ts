import { child } from './plain-input.js';
import type { PlainInput } from './plain-input.js';
import { readKind } from './read-condition.js';
import { DUTY_KINDS, PRICE_MODELS } from './terms.js';
import type { Duty, DutyKind, PriceModel } from './terms.js';

type Fields = ReadonlyMap<string, unknown>;

const FIELDS: Readonly<Record<DutyKind, readonly string[]>> = {
  compensate: ['model', 'amount', 'currency', 'unit', 'offer'],
  attribute: ['text', 'url'],
  notify: ['contact'],
  report_usage: ['everyDays'],
  obtain_consent: ['contact'],
  delete_on_withdrawal: ['days'],
  no_sublicense: [],
  share_alike: [],
  carry_terms: [],
};

const DAYS = { min: 1, max: 3650 };

/** Major units with at most 18 digits before and 8 after the point, no sign and no leading zeros. */
const AMOUNT = /^(?:0|[1-9]\d{0,17})(?:\.\d{1,8})?$/;
const CURRENCY = /^[A-Z]{3}$/;

/** A duty of section 3 in canonical form, or undefined after noting what is wrong. */
export function readDuty(input: PlainInput, value: unknown, pointer: string): Duty | undefined {
  const kind = readKind(input, value, pointer, DUTY_KINDS);
  if (kind === undefined) return undefined;
  const fields = input.object(value, pointer, ['kind', ...FIELDS[kind]]);
  if (fields === undefined) return undefined;
  switch (kind) {
    case 'compensate':
      return readCompensate(input, fields, pointer);
    case 'attribute':
      return readTexts(input, kind, fields, pointer, ['text', 'url']);
    case 'notify':
    case 'obtain_consent':
      return readTexts(input, kind, fields, pointer, ['contact']);
    case 'report_usage': {
      if (!fields.has('everyDays')) return { kind };
      const everyDays = input.integer(fields.get('everyDays'), child(pointer, 'everyDays'), DAYS);
      return everyDays === undefined ? undefined : { kind, everyDays };
    }
    case 'delete_on_withdrawal': {
      const days = input.integer(fields.get('days'), child(pointer, 'days'), DAYS);
      return days === undefined ? undefined : { kind, days };
    }
    default:
      return { kind };
  }
}

function readTexts(
  input: PlainInput,
  kind: 'attribute' | 'notify' | 'obtain_consent',
  fields: Fields,
  pointer: string,
  names: readonly string[],
): Duty | undefined {
  const duty: Record<string, string> = {};
  for (const name of names) {
    if (!fields.has(name)) continue;
    const text = input.text(fields.get(name), child(pointer, name));
    if (text === undefined) return undefined;
    duty[name] = text;
  }
  if (duty.url !== undefined && !/^https?:\/\/[^\s]+$/.test(duty.url)) {
    return input.refuse(child(pointer, 'url'), 'Must be an http or https address.');
  }
  return { kind, ...duty };
}

const SHARES: readonly PriceModel[] = ['revenue_share', 'pool_share'];
const COSTS_NOTHING: readonly PriceModel[] = ['free', 'attribution'];

/** A price a machine can read: an amount with its currency, or an offer that holds it. */
function readCompensate(input: PlainInput, fields: Fields, pointer: string): Duty | undefined {
  const model = input.oneOf(fields.get('model'), child(pointer, 'model'), PRICE_MODELS);
  if (model === undefined) return undefined;
  const duty: { amount?: string; currency?: string; unit?: string; offer?: string } = {};
  if (fields.has('amount')) {
    const amount = fields.get('amount');
    if (typeof amount !== 'string' || !AMOUNT.test(amount)) {
      return input.refuse(child(pointer, 'amount'), 'Must be a decimal text such as "10.00".');
    }
    duty.amount = amount;
  }
  if (fields.has('currency')) {
    const currency = fields.get('currency');
    if (typeof currency !== 'string' || !CURRENCY.test(currency)) {
      return input.refuse(child(pointer, 'currency'), 'Must be an ISO 4217 code such as "EUR".');
    }
    duty.currency = currency;
  }
  for (const name of ['unit', 'offer'] as const) {
    if (!fields.has(name)) continue;
    const text = input.text(fields.get(name), child(pointer, name), 200);
    if (text === undefined) return undefined;
    duty[name] = text;
  }
  const priced =
    duty.amount !== undefined && (duty.currency !== undefined || SHARES.includes(model));
  if (duty.amount !== undefined && !priced) {
    return input.refuse(child(pointer, 'currency'), 'An amount needs a currency.');
  }
  if (duty.amount === undefined && duty.currency !== undefined) {
    return input.refuse(child(pointer, 'amount'), 'A currency needs an amount.');
  }
  if (!priced && duty.offer === undefined && !COSTS_NOTHING.includes(model)) {
    const detail =
      'Name an amount and a currency, or an offer; to be asked first is obtain_consent.';
    return input.refuse(pointer, detail);
  }
  return { kind: 'compensate', model, ...duty };
}
