import { VOCABULARY_VERSION } from '#vocabulary';
import { canonicalJson, sha256 } from '#kernel';
import { instant } from '../domain/answer-text.js';
import type { Ask } from '../domain/ask.js';

/** What a receipt says beside what was asked. */
export interface ReceiptFacts {
  /** The registry's address. */
  readonly issuer: string;
  /** A UUID: no two receipts are alike. */
  readonly receiptId: string;
  /** When it was signed, epoch ms. */
  readonly signedAt: number;
  /** The moment answered for, epoch ms. */
  readonly asOf: number;
  /** The log that the answer was computed from; the root in base64. */
  readonly log: { readonly origin: string; readonly size: number; readonly root: string };
  readonly batch: { readonly count: number; readonly root: Buffer };
}

/** What was asked, as a receipt repeats it; worked out once for all who ask the same. */
interface AskedText {
  readonly inquiry: string;
  readonly purposes: string;
  readonly digest: string;
}

const asked = new WeakMap<Ask, AskedText>();

/** The payload of a receipt (docs/specs/receipt.md): canonical JSON by the order of its members. */
export function writePayload(ask: Ask, facts: ReceiptFacts): string {
  const { issuer, receiptId, signedAt, asOf, log, batch } = facts;
  const { inquiry, purposes, digest } = askedText(ask);
  const { inquirer } = ask.inquiry;
  return (
    `{"asOf":"${instant(asOf)}"${inquirer === undefined ? '' : `,"aud":${JSON.stringify(inquirer)}`}` +
    `,"batch":{"count":${batch.count},"root":"${batch.root.toString('base64url')}"}` +
    `,"iat":${Math.floor(signedAt / 1000)},"inquiry":${inquiry},"iss":${JSON.stringify(issuer)}` +
    `,"jti":"${receiptId}","log":{"origin":${JSON.stringify(log.origin)},"root":"${log.root}"` +
    `,"size":${log.size}},"purposes":${purposes},"req":"${digest}"` +
    `,"unknownPolicy":"${ask.unknownPolicy}","v":1,"vocabulary":"${VOCABULARY_VERSION}"}`
  );
}

function askedText(ask: Ask): AskedText {
  const known = asked.get(ask);
  if (known !== undefined) return known;
  const { inquiry, purposes, unknownPolicy } = ask;
  const asOf = ask.asOf === undefined ? null : instant(ask.asOf);
  const request = canonicalJson({ asOf, inquiry, purposes, unknownPolicy });
  const text: AskedText = {
    inquiry: canonicalJson(inquiry),
    purposes: canonicalJson(purposes),
    digest: sha256(request).toString('base64url'),
  };
  asked.set(ask, text);
  return text;
}
