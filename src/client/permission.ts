import type { LookupItem } from './lookup-answer.js';

export interface PermissionOptions {
  /** State that you keep the duties of the answer; without it `permitted_with_duties` is no yes. */
  readonly keepsDuties?: boolean;
  /** When the use takes place, epoch ms; now if unsaid. */
  readonly at?: number;
}

/**
 * Whether this item permits this purpose, which must have been asked about. True only for one found
 * work with the outcome `permitted` (or `permitted_with_duties`, if you keep them) that still holds;
 * false for everything else: nothing registered, several works, unknown, an outcome that is new to us.
 */
export function isPermitted(
  item: LookupItem,
  purpose: string,
  { keepsDuties = false, at = Date.now() }: PermissionOptions = {},
): boolean {
  const told = item.purposes ?? {};
  if (item.result !== 'found' || !Object.hasOwn(told, purpose)) return false;
  const { outcome, validUntil } = told[purpose] as { outcome?: unknown; validUntil?: unknown };
  const isYes = outcome === 'permitted' || (keepsDuties && outcome === 'permitted_with_duties');
  const holds =
    validUntil === undefined || validUntil === null || Date.parse(validUntil as string) > at;
  return isYes && holds;
}
