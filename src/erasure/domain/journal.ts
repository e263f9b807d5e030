/**
 * The erasure journal: NDJSON of ids and times, one line for what is to be erased, one for when it was
 * done. It lives outside the database, so that a backup which brings people back is told again.
 */

/** Why somebody is erased; a closed list, because a reason in words could name a person. */
export const ERASURE_REASONS = ['own_wish', 'letter', 'heirs', 'authority', 'found'] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

/** What is erased, by ids alone. */
export interface Erasure {
  readonly erasureId: string;
  /** Epoch milliseconds: the log's time of its leaves. */
  readonly at: number;
  readonly reason: ErasureReason;
  readonly accountIds: readonly string[];
  readonly partyIds: readonly string[];
  /** Works that are withdrawn whole. */
  readonly workIds: readonly string[];
}

export interface JournaledErasure extends Erasure {
  /** Whether its transaction is known to have been committed. */
  readonly isDone: boolean;
}

export function intendedLine(erasure: Erasure): string {
  const { erasureId, at, reason, accountIds, partyIds, workIds } = erasure;
  const ids = { accounts: accountIds, parties: partyIds, works: workIds };
  return `${JSON.stringify({ v: 1, erasure: erasureId, state: 'intended', at, reason, ...ids })}\n`;
}

export function doneLine(erasureId: string, at: number): string {
  return `${JSON.stringify({ v: 1, erasure: erasureId, state: 'done', at })}\n`;
}

export type JournalReading =
  | { readonly ok: true; readonly erasures: readonly JournaledErasure[] }
  | { readonly ok: false; readonly line: number; readonly reason: string };

/** Reads whole lines. A line that is not one of ours is a fault: it may have been an erasure. */
export function readJournal(text: string): JournalReading {
  const erasures = new Map<string, JournaledErasure>();
  const lines = text.split('\n');
  if (lines.pop() !== '') return { ok: false, line: lines.length + 1, reason: 'it is cut off' };
  for (const [at, line] of lines.entries()) {
    const refuse = (reason: string) => ({ ok: false, line: at + 1, reason }) as const;
    const entry = parse(line);
    if (entry === null) return refuse('it is not a line of an erasure journal');
    const known = erasures.get(entry.erasureId);
    if ('isDone' in entry) {
      if (known) return refuse('it names an erasure that was intended before');
      erasures.set(entry.erasureId, entry);
    } else {
      if (!known) return refuse('it names an erasure that was never intended');
      erasures.set(entry.erasureId, { ...known, isDone: true });
    }
  }
  return { ok: true, erasures: [...erasures.values()] };
}

function parse(line: string): JournaledErasure | { readonly erasureId: string } | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Readonly<Record<string, unknown>>;
  const { v, erasure, state, at, reason, accounts, parties, works } = fields;
  if (v !== 1 || typeof erasure !== 'string' || !Number.isSafeInteger(at)) return null;
  if (state === 'done') return { erasureId: erasure };
  const known = ERASURE_REASONS.find((one) => one === reason);
  if (state !== 'intended' || !known) return null;
  if (!isIds(accounts) || !isIds(parties) || !isIds(works)) return null;
  return {
    erasureId: erasure,
    at: at as number,
    reason: known,
    accountIds: accounts,
    partyIds: parties,
    workIds: works,
    isDone: false,
  };
}

function isIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => /^[a-z]{3}_[0-9a-z]{26}$/.test(String(one)));
}
