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

/** An answered item up to the value of its member `purposes`, which is the last one. */
export function writeItemStart(
  item: Extract<Item, { result: 'readable' }>,
  result: string,
  works: readonly FoundWork[],
): string {
  const { scheme, value } = item.identifier;
  let text = `{${writeRef(item.ref)}"scheme":"${scheme}","value":${JSON.stringify(value)}`;
  if (item.typed !== undefined) text += `,"typed":${JSON.stringify(item.typed)}`;
  text += `,"result":"${result}"`;
  for (let at = 0; at < works.length; at += 1) {
    const { workId, kind, how, confidence } = works[at]!;
    text += at === 0 ? ',"works":[' : ',';
    text += `{"workId":"${workId}","kind":"${kind}","how":"${how}","confidence":${confidence}}`;
  }
  return works.length > 0 ? `${text}],"purposes":` : `${text},"purposes":`;
}

/** An item that could not be read, without its closing brace. */
export function writeRefusedItem(item: Exclude<Item, { result: 'readable' }>): string {
  if (item.result === 'invalid_item') {
    const index = item.ref === undefined ? `"index":${item.index},` : '';
    const detail = JSON.stringify(item.detail);
    return `{${writeRef(item.ref)}${index}"result":"invalid_item","detail":${detail}`;
  }
  const { scheme, value, refusal } = item;
  let text = `{${writeRef(item.ref)}"scheme":${JSON.stringify(scheme)}`;
  text += `,"value":${JSON.stringify(value)},"result":"invalid_identifier"`;
  text += `,"reason":"${refusal.reason}","detail":${JSON.stringify(refusal.detail)}`;
  if (refusal.expected !== undefined) text += `,"expected":${JSON.stringify(refusal.expected)}`;
  if (refusal.found !== undefined) text += `,"found":${JSON.stringify(refusal.found)}`;
  return text;
}

function writeRef(ref: string | number | undefined): string {
  return ref === undefined ? '' : `"ref":${JSON.stringify(ref)},`;
}
