import type { Match } from '#consent/domain';
import type { Item } from './items.js';

/** A work that an identifier led to. */
export interface FoundWork {
  readonly workId: string;
  readonly kind: string;
  readonly how: Match['how'];
  /** 0 to 1. */
  readonly confidence: number;
}

/** What became of a readable item. */
export interface Answered {
  readonly result: 'found' | 'ambiguous_match' | 'not_found';
  readonly works: readonly FoundWork[];
  /** The JSON object of the answers by purpose. */
  readonly purposes: string;
}

/** The members of an answered item, without the braces: `"ref":"1","scheme":…`. */
export function writeItem(
  item: Extract<Item, { result: 'readable' }>,
  { result, works, purposes }: Answered,
): string {
  const { scheme, value } = item.identifier;
  let text = `${writeRef(item.ref)}"scheme":"${scheme}","value":${JSON.stringify(value)}`;
  if (item.typed !== undefined) text += `,"typed":${JSON.stringify(item.typed)}`;
  text += `,"result":"${result}"`;
  if (works.length > 0) {
    const each = works.map(
      (one) =>
        `{"workId":"${one.workId}","kind":"${one.kind}","how":"${one.how}"` +
        `,"confidence":${one.confidence}}`,
    );
    text += `,"works":[${each}]`;
  }
  return `${text},"purposes":${purposes}`;
}

/** The members of an item that could not be read. */
export function writeRefusedItem(item: Exclude<Item, { result: 'readable' }>): string {
  if (item.result === 'invalid_item') {
    const index = item.ref === undefined ? `"index":${item.index},` : '';
    const detail = JSON.stringify(item.detail);
    return `${writeRef(item.ref)}${index}"result":"invalid_item","detail":${detail}`;
  }
  const { scheme, value, refusal } = item;
  let text = `${writeRef(item.ref)}"scheme":${JSON.stringify(scheme)}`;
  text += `,"value":${JSON.stringify(value)},"result":"invalid_identifier"`;
  text += `,"reason":"${refusal.reason}","detail":${JSON.stringify(refusal.detail)}`;
  if (refusal.expected !== undefined) text += `,"expected":${JSON.stringify(refusal.expected)}`;
  if (refusal.found !== undefined) text += `,"found":${JSON.stringify(refusal.found)}`;
  return text;
}

function writeRef(ref: string | number | undefined): string {
  return ref === undefined ? '' : `"ref":${JSON.stringify(ref)},`;
}
