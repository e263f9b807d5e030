import { decidingLeaves, isJsonObject, type JsonObject, type VerifiedReceipt } from '#verify';
import { instantOf } from './open-log.js';
import { printable, type Voice } from './voice.js';

/** More items than this are counted instead of told one by one. */
const ITEMS_TOLD = 20;

/** What verified receipts of one batch say, for a person. */
export function tellReceipts(
  voice: Voice,
  receipts: readonly VerifiedReceipt[],
  checkedLog: boolean,
): void {
  const { kid, payload } = receipts[0]!;
  const { iss, iat, asOf, asked, log, batch, unknownPolicy, aud } = payload;
  const of = receipts.length === 1 ? `item ${receipts[0]!.index}` : `${receipts.length} items`;
  voice.data(`Verifies: ${of} of an answer with ${batch.count}.`);
  voice.data(`signed by  ${printable(iss)} with the key ${kid}, ${instantOf(iat)}`);
  voice.data(`as of      ${asOf}${asked === 'latest' ? ', the latest at that time' : ''}`);
  const against = checkedLog ? ', which is in the past of the log' : '';
  voice.data(`log        ${printable(log.origin)} at ${log.size} leaves${against}`);
  voice.data(
    `inquiry    ${printable(JSON.stringify(payload.inquiry))}, unknown means ${printable(unknownPolicy)}`,
  );
  if (aud !== null) voice.data(`only for   ${printable(aud)}`);
  for (const { index, item } of receipts.slice(0, ITEMS_TOLD)) tellItem(voice, index, item);
  const rest = receipts.length - ITEMS_TOLD;
  if (rest > 0) voice.data(`and ${rest} items more`);
}

function tellItem(voice: Voice, index: bigint, item: JsonObject): void {
  const { scheme = '', value = '', result = '' } = item;
  const name = [scheme, value].map((part) => printable(textOf(part))).join(' ');
  voice.data(`item ${index}  ${name}  ${printable(textOf(result))}`);
  for (const [purpose, told] of Object.entries(outcomesOf(item))) {
    voice.data(`  ${printable(purpose)}  ${printable(told)}`);
  }
}

function outcomesOf(item: JsonObject): Record<string, string> {
  const purposes = isJsonObject(item['purposes']) ? item['purposes'] : {};
  return Object.fromEntries(
    Object.entries(purposes).map(([purpose, told]) => {
      return [purpose, isJsonObject(told) ? textOf(told['outcome']) : ''];
    }),
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

/** The same for programs. */
export function receiptsValue(receipts: readonly VerifiedReceipt[], checkedLog: boolean): object {
  const { kid, payload } = receipts[0]!;
  const { log, batch, req, ...plain } = payload;
  return {
    verifies: true,
    checkedLog,
    kid,
    receipt: {
      ...plain,
      req: req.toString('base64url'),
      log: { origin: log.origin, size: Number(log.size), root: log.root.toString('base64') },
      batch: { count: Number(batch.count), root: batch.root.toString('base64url') },
    },
    items: receipts.map(({ index, item }) => {
      return { index: Number(index), item, leaves: decidingLeaves(item) };
    }),
  };
}
