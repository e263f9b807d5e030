import { canonicalJson } from '#kernel';
import type { Layer } from '#vocabulary';
import {
  type AfterWithdrawal,
  type Duty,
  isTombstone,
  replaces,
  type Statement,
  startsAt,
  type Term,
} from '#consent/domain';
import { type Span, within } from './span.js';

/** What one party says about one subject on one layer: what holds now, and what will within the span. */
export interface SaidAbout {
  readonly layer: Layer;
  readonly kind: Statement['subject']['kind'];
  /** In the order in which they replace each other; named by whoever puts them together. */
  readonly versions: readonly NamelessStatement[];
}

export type NamelessStatement = Omit<Statement, 'declarationId' | 'party' | 'layer' | 'subject'>;

/** Every withdrawal names this one: what it took back is written into it. */
const TAKEN_BACK = 'd';

/**
 * What a party says, out of all that it ever stated: per subject the statement in force at the
 * beginning of the span and those that begin within it. Equal words about different subjects of one
 * kind come to the same and are kept once. In an order of their own.
 */
export function normalStatements(
  own: readonly Statement[],
  everybodys: readonly Statement[],
  span: Span,
): SaidAbout[] {
  const bySubject = new Map<string, Statement[]>();
  for (const one of own) {
    if (one.recordedAt > span.asOf) continue;
    const { kind, id } = one.subject;
    const key = `${one.layer} ${kind} ${kind === 'party' ? '' : id}`;
    const group = bySubject.get(key);
    if (group === undefined) bySubject.set(key, [one]);
    else group.push(one);
  }
  const said = new Map<string, SaidAbout>();
  for (const group of bySubject.values()) {
    const versions = versionsIn(group, span).map((one, at) => ({
      ...normalStatement(one, everybodys, span),
      recordedAt: at,
    }));
    if (versions.length === 0) continue;
    const { layer, subject } = group[0]!;
    const about: SaidAbout = { layer, kind: subject.kind, versions };
    said.set(canonicalJson(about), about);
  }
  return [...said.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function versionsIn(group: readonly Statement[], span: Span): Statement[] {
  let head: Statement | undefined;
  const coming: Statement[] = [];
  for (const one of group) {
    if (startsAt(one) > span.asOf) {
      if (startsAt(one) < span.until) coming.push(one);
    } else if (head === undefined || replaces(one, head)) head = one;
  }
  const versions = head === undefined ? coming : [head, ...coming];
  return versions.sort((a, b) => (replaces(a, b) ? 1 : -1));
}

function normalStatement(
  one: Statement,
  everybodys: readonly Statement[],
  span: Span,
): Omit<NamelessStatement, 'recordedAt'> {
  const from = within(span, one.effectiveFrom);
  const start = from === undefined ? {} : { effectiveFrom: from };
  const isWithdrawal = one.withdraws !== undefined;
  if (isWithdrawal || (from === undefined && isTombstone(one, span.asOf))) {
    const left = isWithdrawal ? leftBy(one, everybodys) : one.afterWithdrawal;
    return {
      ...start,
      ...(isWithdrawal ? { withdraws: TAKEN_BACK } : { effectiveUntil: 0 }),
      ...(left === undefined ? {} : { afterWithdrawal: left }),
      terms: [],
    };
  }
  const until = endOf(one, span);
  return {
    ...start,
    ...(until === undefined ? {} : { effectiveUntil: until }),
    ...(one.territory === undefined ? {} : { territory: one.territory }),
    ...(one.preservationTerms === undefined ? {} : { preservationTerms: one.preservationTerms }),
    ...(one.afterWithdrawal === undefined ? {} : { afterWithdrawal: one.afterWithdrawal }),
    terms: one.terms.map(withoutWords),
  };
}

/** One that will have ended before it begins has ended then, whenever that was. */
function endOf({ effectiveUntil: end }: Statement, { asOf, until }: Span): number | undefined {
  if (end === undefined || end >= until) return undefined;
  return end > asOf ? end : 0;
}

/** As the evaluation finds it: the withdrawal's own word, else that of what it takes back. */
function leftBy(one: Statement, everybodys: readonly Statement[]): AfterWithdrawal | undefined {
  if (one.afterWithdrawal !== undefined) return one.afterWithdrawal;
  return everybodys.find(({ declarationId }) => declarationId === one.withdraws)?.afterWithdrawal;
}

/**
 * The duties stay, the words in them do not: whom to name and where to write to is personal, differs from
 * party to party and decides nothing. Whoever owes such a duty asks the registry for the words.
 */
function withoutWords(term: Term): Term {
  return term.duties === undefined ? term : { ...term, duties: term.duties.map(plainDuty) };
}

/** See {@link withoutWords}. That there is an offer decides whether a licence can be had. */
export function plainDuty(duty: Duty): Duty {
  switch (duty.kind) {
    case 'attribute':
    case 'notify':
    case 'obtain_consent':
      return { kind: duty.kind };
    case 'compensate':
      return duty.offer === undefined ? duty : { ...duty, offer: '' };
    default:
      return duty;
  }
}
