import type { Match } from '#consent/domain';
import type { Item } from './items.js';

/**
 * The JSON of items. It is canonical (RFC 8785) like that of the answers in them: receipts sign
 * each item's bytes.
 */

/** A work that an identifier led to. */
export interface FoundWork {
  readonly workId: string;
  readonly kind: string;
  readonly how: Match['how'];
  /** 0 to 1. */
  readonly confidence: number;
}

/**
 * How an answered item begins. The answers by purpose stand first, by the alphabet as by what they
 * are: the same bytes for all works in one standing.
 */
export function writeItemStart(purposes: string): string {
  return `{"purposes":${purposes}`;
}

/** What is an answered item's own, after {@link writeItemStart} and without the closing brace. */
export function writeItemEnd(
  item: Extract<Item, { result: 'readable' }>,
  result: string,
  works: readonly FoundWork[],
): string {
  const { scheme, value } = item.identifier;
  let text = `${writeRef(item.ref)},"result":"${result}","scheme":"${scheme}"`;
  if (item.typed !== undefined) text += `,"typed":${JSON.stringify(item.typed)}`;
  text += `,"value":${JSON.stringify(value)}`;
  for (let at = 0; at < works.length; at += 1) {
    const { workId, kind, how, confidence } = works[at]!;
    text += at === 0 ? ',"works":[' : ',';
    text += `{"confidence":${confidence},"how":"${how}","kind":"${kind}","workId":"${workId}"}`;
  }
  return works.length > 0 ? `${text}]` : text;
}

/** An item that could not be read, without its closing brace. */
export function writeRefusedItem(item: Exclude<Item, { result: 'readable' }>): string {
  if (item.result === 'invalid_item') {
    const index = item.ref === undefined ? `,"index":${item.index}` : '';
    const detail = JSON.stringify(item.detail);
    return `{"detail":${detail}${index}${writeRef(item.ref)},"result":"invalid_item"`;
  }
  const { scheme, value, refusal } = item;
  let text = `{"detail":${JSON.stringify(refusal.detail)}`;
  if (refusal.expected !== undefined) text += `,"expected":${JSON.stringify(refusal.expected)}`;
  if (refusal.found !== undefined) text += `,"found":${JSON.stringify(refusal.found)}`;
  text += `,"reason":"${refusal.reason}"${writeRef(item.ref)},"result":"invalid_identifier"`;
  return `${text},"scheme":${JSON.stringify(scheme)},"value":${JSON.stringify(value)}`;
}

function writeRef(ref: string | number | undefined): string {
  return ref === undefined ? '' : `,"ref":${JSON.stringify(ref)}`;
}
