import type { TriggerInEffect } from '#consent/domain';
import type { Layer, Purpose, WorkKind } from '#vocabulary';
import type { DeclarationRow, Link, SubjectKey, TermSet } from '#lookup/domain';
import type { ClaimContent } from './leaf-contents.js';

/** Later than every leaf: what has not ended. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** True of the log at every size above `from` and not above `until`: both are leaf indexes. */
export interface Span {
  readonly from: number;
  until: number;
}

export const isOpenAt = (span: Span, size: number): boolean =>
  span.from < size && span.until >= size;

/** How far a stream has come. Everything that has a stream of its own stands in its head. */
export class Stream {
  n = 0;
  last = -1;
}

export interface LinkSpan extends Span {
  readonly kind: Link['kind'];
  readonly to: string;
}

export interface CatalogueSpan extends Span {
  readonly id: string;
  readonly keeper: string;
}

/** An identifier of a work; `commitment` is 32 bytes as latin-1, the shortest that can be compared. */
export interface IdentifierSpan extends Span {
  readonly work: WorkStream;
  readonly commitment: string;
  /** `isrc:USRC17607839`; null where its opening was erased. */
  name: string | null;
}

const NONE: never[] = [];

/** A work with what leads from it and to it. Lists are made when something stands in them. */
export class WorkStream extends Stream {
  links: LinkSpan[] = NONE;
  catalogues: CatalogueSpan[] = NONE;
  identifiers: IdentifierSpan[] = NONE;
  claims: ClaimStream[] = NONE;
  statements: DeclarationRow[] = NONE;
  disputes: DisputeStream[] = NONE;
  triggers: TriggerSpan[] = NONE;
  /** Releases that contain it. */
  releases: (Span & { readonly id: string })[] = NONE;
  /** Leaf that withdrew it for good. */
  erased = NEVER;

  constructor(
    readonly id: string,
    readonly kind: WorkKind,
    public releasedOn: string | undefined,
    readonly from: number,
  ) {
    super();
  }
}

export interface ClaimVersion extends ClaimContent {
  readonly from: number;
  readonly madeAt: number;
  readonly before: ClaimVersion | null;
}

export class ClaimStream extends Stream {
  constructor(public latest: ClaimVersion | null = null) {
    super();
  }
}

/** A dispute: open from its first leaf to its second. */
export class DisputeStream extends Stream implements Span {
  until = NEVER;

  constructor(
    readonly id: string,
    readonly layer: Layer,
    readonly claims: readonly string[],
    readonly parties: readonly string[],
    readonly from: number,
  ) {
    super();
  }
}

/** A trigger that reached its quorum, until somebody stopped it. */
export interface TriggerSpan extends Span, TriggerInEffect {}

/** What archives say of one state of a work; `inForce` is the round that reached its quorum. */
export class TriggerStream extends Stream {
  inForce: TriggerSpan | null = null;
}

export class MandateStream extends Stream {
  constructor(
    readonly representative: string,
    readonly purposes: readonly Purpose[] | null,
    readonly until: number | null,
    readonly isSociety: boolean,
  ) {
    super();
  }
}

export class KeyStream extends Stream {
  use = '';
  publicKey: string | null = null;
  state = '';
  /** Leaf that ended it. */
  ended = NEVER;

  constructor(readonly from: number) {
    super();
  }
}

/** Adds to a list that may still be the shared empty one. */
export function added<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}

/** The public state of a registry, as the leaves so far make it. */
export interface World {
  /** Everything that has a stream, by its key: works, claims, mandates, declarations, keys. */
  readonly streams: Map<string, Stream>;
  /** Where an opened identifier leads. */
  readonly identifiers: Map<string, IdentifierSpan | IdentifierSpan[]>;
  /** What is declared about a party, a catalogue or a release. */
  readonly subjects: Map<SubjectKey, DeclarationRow[]>;
  readonly declarations: Set<string>;
  /** Who keeps a catalogue. */
  readonly keepers: Map<string, string>;
  /** Releases that contain works which the log does not know yet. */
  readonly awaited: Map<string, (Span & { readonly id: string })[]>;
  /** Term sets by number; of those that are not opened, the party whose declaration names them. */
  readonly terms: (TermSet | { readonly unopenedOf: string })[];
  /** Numbers by digest, and by digest and party where they are not opened. */
  readonly termIds: Map<string, number>;
  /** Parties that were erased, and the leaf that says so. */
  readonly erased: Map<string, number>;
  vocabulary: { readonly version: string; readonly digest: string } | null;
}

export function emptyWorld(): World {
  return {
    streams: new Map(),
    identifiers: new Map(),
    subjects: new Map(),
    declarations: new Set(),
    keepers: new Map(),
    awaited: new Map(),
    terms: [],
    termIds: new Map(),
    erased: new Map(),
    vocabulary: null,
  };
}
