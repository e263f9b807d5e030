import { canonicalJson } from '#kernel';
import type { Layer } from '#vocabulary';
import {
  type ClaimFact,
  type DisputeFact,
  isVerified,
  listLiveClaims,
  type Statement,
  type WorkFacts,
} from '#consent/domain';
import { normalDates } from './normal-dates.js';
import { normalStatements, type SaidAbout } from './normal-statements.js';
import { type Span, within } from './span.js';

/** What is claimed and said of a work itself, with names that mean something within it alone. */
export type OwnFacts = Omit<WorkFacts, 'workId' | 'embodies' | 'contains' | 'samples'>;

/** Later than any lapse that a snapshot lives to see. */
const NEVER_LAPSES = Date.UTC(9999, 0, 1);

/** A dispute may be between parties: then it counts where verified claims of theirs meet. */
type Dispute = DisputeFact & { readonly parties?: readonly string[] };

/** A party as its claims and words show it; everything but its name. */
interface Holder {
  readonly party: string;
  readonly claims: readonly Omit<ClaimFact, 'party'>[];
  readonly said: readonly SaidAbout[];
}

/**
 * The claims, statements, disputes and dates of a work that can matter to an answer within the span.
 * Whoever holds the same and says the same gets the same name, so that works of different parties in
 * one situation come out equal.
 */
export function normalOwnFacts(work: WorkFacts, span: Span): OwnFacts {
  // A release is answered by what it contains.
  if (work.kind === 'release') return { kind: work.kind, claims: [], statements: [] };
  const layers = layersOf(work);
  const open = openDisputes(work, layers, span);
  const holders = inOneOrder(holdersOf(work, layers, span), ({ party, claims, said }) => [
    ...[claims, said],
    open
      .filter(({ parties }) => parties?.includes(party))
      .map(({ parties: _parties, ...one }) => one),
  ]);
  const claims: ClaimFact[] = [];
  const statements: Statement[] = [];
  holders.forEach((holder, index) => {
    const party = `p${index}`;
    for (const claim of holder.claims) claims.push({ ...claim, party });
    holder.said.forEach(({ layer, kind, versions }, about) => {
      const subject = kind === 'party' ? { kind } : { kind, id: `s${about}` };
      for (const version of versions) {
        const declarationId = `d${statements.length}`;
        statements.push({ ...version, declarationId, party, layer, subject });
      }
    });
  });
  const disputes = namedDisputes(open, new Map(holders.map((one, at) => [one.party, `p${at}`])));
  return {
    kind: work.kind,
    claims,
    statements,
    ...normalDates(work, statements, span),
    ...(disputes.length === 0 ? {} : { disputes }),
  };
}

/** The layers of a work that an answer may ask about. */
function layersOf({ kind, embodies }: WorkFacts): readonly Layer[] {
  switch (kind) {
    case 'release':
      return [];
    case 'recording': {
      const isLinked = embodies.some((one) => one.kind === 'composition');
      return isLinked ? ['recording', 'performance'] : ['recording', 'performance', 'composition'];
    }
    case 'video':
      return ['video', 'performance'];
    default:
      return [kind];
  }
}

function holdersOf(work: WorkFacts, layers: readonly Layer[], span: Span): Holder[] {
  const anywhere = { asOf: span.asOf, territory: undefined, nextChange: Infinity };
  const byParty = new Map<string, ClaimFact[]>();
  for (const layer of layers) {
    for (const claim of listLiveClaims(work.claims, layer, anywhere)) {
      const known = byParty.get(claim.party);
      if (known === undefined) byParty.set(claim.party, [claim]);
      else known.push(claim);
    }
  }
  return [...byParty].map(([party, claims]) => {
    const held = new Set(claims.map(({ layer }) => layer));
    const own = work.statements.filter((one) => one.party === party && held.has(one.layer));
    return {
      party,
      claims: inOneOrder(normalClaims(claims, span)),
      said: normalStatements(own, work.statements, span),
    };
  });
}

function normalClaims(claims: readonly ClaimFact[], span: Span): Omit<ClaimFact, 'party'>[] {
  const unverified = new Map<string, Omit<ClaimFact, 'party'>>();
  const normal: Omit<ClaimFact, 'party'>[] = [];
  for (const claim of claims) {
    const { layer, territory, speaksFor } = claim;
    const until = within(span, claim.until);
    const limits = {
      ...(territory === undefined ? {} : { territory }),
      ...(until === undefined ? {} : { until }),
    };
    if (isVerified(claim)) {
      const { sharePpm, exclusive, state } = claim;
      const speaks = speaksFor === undefined ? {} : { speaksFor };
      const level = 2 as const;
      normal.push({ layer, sharePpm, level, exclusive, state, madeAt: 0, ...limits, ...speaks });
      continue;
    }
    // Its share, its rank and its quarrels count for nothing. That it lapses can only widen, so a
    // snapshot does not know of it: what holds at its beginning holds until it expires.
    const one = {
      ...{ layer, sharePpm: 0, level: 0 as const, exclusive: false, state: 'active' as const },
      ...{ madeAt: NEVER_LAPSES, recordedAt: 0, ...limits },
    };
    unverified.set(canonicalJson(one), one);
  }
  return [...normal, ...unverified.values()];
}

/** Disputes that are open within the span; what is told of them but for their names. */
function openDisputes(
  work: WorkFacts,
  layers: readonly Layer[],
  span: Span,
): Omit<Dispute, 'disputeId'>[] {
  return ((work.disputes ?? []) as readonly Dispute[]).flatMap((one) => {
    const { layer, openedAt, closedAt, parties } = one;
    if (!layers.includes(layer)) return [];
    if (openedAt !== undefined && openedAt >= span.until) return [];
    if (closedAt !== undefined && closedAt <= span.asOf) return [];
    const from = within(span, openedAt);
    const to = within(span, closedAt);
    return [
      {
        layer,
        ...(from === undefined ? {} : { openedAt: from }),
        ...(to === undefined ? {} : { closedAt: to }),
        ...(parties === undefined ? {} : { parties }),
      },
    ];
  });
}

/** Who holds nothing here is no party to anything here; a dispute needs two that do. */
function namedDisputes(
  open: readonly Omit<Dispute, 'disputeId'>[],
  names: ReadonlyMap<string, string>,
): DisputeFact[] {
  const named = open.flatMap(({ parties, ...one }) => {
    if (parties === undefined) return [one];
    const known = [...new Set(parties)].flatMap((party) => names.get(party) ?? []).sort();
    return known.length < 2 ? [] : [{ ...one, parties: known }];
  });
  return inOneOrder(named).map((one, at) => ({ ...one, disputeId: `q${at}` }));
}

function inOneOrder<T>(list: readonly T[], key: (one: T) => unknown = (one) => one): T[] {
  return list
    .map((one) => ({ one, text: canonicalJson(key(one)) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ one }) => one);
}
