import {
  anniversaryOf,
  DAY_MS,
  type Statement,
  type TriggerFacts,
  type TriggerInEffect,
  type TriggerKind,
} from '#consent/domain';
import type { Span } from './span.js';

/** A place in some terms that looks at a date or a declared trigger of the work. */
interface Use {
  readonly trigger: TriggerKind;
  readonly years?: number;
  readonly months?: number;
  readonly delayMs: number;
}

/**
 * The dates and triggers of a work as far as its statements look at them, and only as precisely as
 * makes a difference within the span: works released in different years, but all long enough ago,
 * come out alike.
 */
export function normalDates(
  work: TriggerFacts,
  statements: readonly Statement[],
  span: Span,
): TriggerFacts {
  const uses = statements.flatMap(usesOf);
  if (uses.length === 0) return {};
  const ofKind = (kind: TriggerKind) => uses.filter((use) => use.trigger === kind);
  const releasedOn = coarsest(work.releasedOn, ofKind('release_anniversary'), span);
  const diedOn = coarsest(work.diedOn, ofKind('death_plus_years'), span);
  const triggers = (work.triggers ?? []).flatMap((one) =>
    normalTrigger(one, ofKind(one.kind), span),
  );
  return {
    ...(releasedOn === undefined ? {} : { releasedOn }),
    ...(diedOn === undefined ? {} : { diedOn }),
    ...(triggers.length === 0 ? {} : { triggers: inOneOrder(triggers) }),
  };
}

function usesOf({ terms, preservationTerms }: Statement): Use[] {
  const uses: Use[] = [];
  for (const term of terms) {
    for (const one of term.conditions ?? []) {
      if (one.kind === 'trigger') uses.push({ ...one, delayMs: 0 });
    }
  }
  for (const one of preservationTerms?.triggers ?? []) {
    uses.push({ ...one, delayMs: (one.effect.delayDays ?? 0) * DAY_MS });
  }
  return uses;
}

/** The least precise date that every use sees at the same side of every moment of the span. */
function coarsest(date: string | undefined, uses: readonly Use[], span: Span): string | undefined {
  if (date === undefined || uses.length === 0) return undefined;
  const seen = (one: string | undefined) =>
    uses
      .map(({ years, delayMs }) => {
        const at = years === undefined ? NaN : anniversaryOf(one, years) + delayMs;
        if (at <= span.asOf) return 'past';
        return at < span.until ? at : 'not yet';
      })
      .join();
  const exact = seen(date);
  const coarser = [undefined, '0001-01-01', date.slice(0, 4), date.slice(0, 7)];
  return coarser.every((one) => seen(one) !== exact)
    ? date
    : coarser[coarser.findIndex((one) => seen(one) === exact)];
}

/** A declared trigger: long in effect, or from an instant of the span; left out where it comes later. */
function normalTrigger(
  one: TriggerInEffect,
  uses: readonly Use[],
  { asOf, until }: Span,
): TriggerInEffect[] {
  if (uses.length === 0 || !(one.inEffectSince < until)) return [];
  const longest = Math.max(...uses.map(({ delayMs }) => delayMs));
  const inEffectSince = one.inEffectSince + longest <= asOf ? 0 : one.inEffectSince;
  const reached = uses.flatMap(({ months }) =>
    months !== undefined && (one.months ?? 0) >= months ? [months] : [],
  );
  const months = reached.length === 0 ? {} : { months: Math.max(...reached) };
  return [{ kind: one.kind, inEffectSince, ...months }];
}

function inOneOrder(triggers: readonly TriggerInEffect[]): TriggerInEffect[] {
  const key = ({ kind, inEffectSince, months = 0 }: TriggerInEffect) =>
    `${kind} ${inEffectSince} ${months}`;
  const byKey = new Map(triggers.map((one) => [key(one), one]));
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
