import type {
  DraftCompanion,
  DraftIdentifier,
  ReadRow,
  RowDraft,
  RowFault,
  RowWarning,
  WarningCode,
} from './catalogue.js';
import { looselySameTitle } from './same-title.js';

export type ClaimableLayer = 'recording' | 'composition';

export type RowOutcome = 'registered' | 'joined' | 'unchanged' | 'refused';

/** What became of one row of the file. */
export interface RowReport {
  readonly line: number;
  readonly outcome: RowOutcome;
  readonly workId: string | null;
  readonly faults: readonly RowFault[];
  readonly warnings: readonly RowWarning[];
}

/** A work that is registered already under an identifier of the file. */
export interface KnownWork {
  readonly workId: string;
  readonly kind: string;
  readonly title: string;
  /** Registered by the importing party, or claimed by it on the layer in question. */
  readonly own: boolean;
}

/** What the registry knows about the file's identifiers and about works without any. */
export interface KnownWorks {
  /** By `scheme:value`, oldest work first. */
  readonly byIdentifier: ReadonlyMap<string, readonly KnownWork[]>;
  /** The party's own recordings without identifiers, by {@link namelessKey}. */
  readonly nameless: ReadonlyMap<string, string>;
}

export interface PlannedWork {
  readonly workId: string;
  readonly kind: 'recording' | 'composition' | 'release';
  readonly title: string;
  readonly releasedOn: string | null;
  readonly contributors: readonly { readonly name: string; readonly role: string }[];
  readonly identifiers: readonly DraftIdentifier[];
  readonly links: readonly PlannedLink[];
}

interface PlannedLink {
  readonly kind: 'embodies' | 'contains';
  readonly toWorkId: string;
  /** Whether both ends are the party's own, which verifies the link. */
  readonly own: boolean;
}

export interface ImportPlan {
  readonly rows: readonly RowReport[];
  /** In an order in which every link leads to a work that exists or comes before. */
  readonly works: readonly PlannedWork[];
  readonly claims: readonly { readonly workId: string; readonly layer: ClaimableLayer }[];
  /** Works of good rows that were registered before this import. */
  readonly knownWorkIds: readonly string[];
}

/** A release whose leaf in the log lists more recordings would outgrow the leaf's limit. */
const RECORDINGS_PER_RELEASE = 150;

/** How rows without identifiers are told apart: by title and artists as they stand. */
export function namelessKey(title: string, artists: readonly string[]): string {
  return [title, ...artists].join('\n');
}

/**
 * Decides what becomes of every row, without touching anything: the same plan serves a dry run and
 * the import itself. `newWorkId` gives ids for new works.
 */
export function planImport(
  rows: readonly ReadRow[],
  known: KnownWorks,
  options: { layers: readonly ClaimableLayer[]; newWorkId: () => string },
): ImportPlan {
  const planner = new Planner(known, options.layers, options.newWorkId);
  for (const row of rows) planner.add(row);
  return planner.finish();
}

class Planner {
  private readonly rows: RowReport[] = [];
  private readonly workOfLine = new Map<number, string>();
  private readonly compositions: PlannedWork[] = [];
  private readonly recordings: PlannedWork[] = [];
  private readonly releases: (PlannedWork & { links: PlannedLink[] })[] = [];
  /** Companions that this import registers, by `scheme:value`. */
  private readonly planned = new Map<string, PlannedWork>();
  private readonly claims = new Map<string, { workId: string; layer: ClaimableLayer }>();
  private readonly knownWorkIds = new Set<string>();

  constructor(
    private readonly known: KnownWorks,
    private readonly layers: readonly ClaimableLayer[],
    private readonly newWorkId: () => string,
  ) {}

  add(row: ReadRow): void {
    const { line, warnings } = row;
    if (row.outcome === 'refused') {
      this.rows.push({ line, outcome: 'refused', workId: null, faults: row.faults, warnings });
    } else if (row.outcome === 'repeated') {
      const workId = this.workOfLine.get(row.firstLine) ?? null;
      const detail = `This is the recording of line ${row.firstLine} again; nothing is added.`;
      const again = warning('row_repeated', detail);
      this.report(line, 'unchanged', workId, [...warnings, again]);
    } else {
      this.addDraft(line, row.draft, [...warnings]);
    }
  }

  finish(): ImportPlan {
    return {
      rows: this.rows,
      works: [...this.compositions, ...this.recordings, ...this.releases],
      claims: [...this.claims.values()],
      knownWorkIds: [...this.knownWorkIds],
    };
  }

  private addDraft(line: number, draft: RowDraft, warnings: RowWarning[]): void {
    const candidates = this.candidatesOf(draft);
    const own = candidates.find((work) => work.own);
    if (own) {
      this.knownWorkIds.add(own.workId);
      if (!looselySameTitle(own.title, draft.title)) {
        const detail = `The identifier leads to your work “${own.title}”, which stays as it is.`;
        warnings.push(warning('title_differs', detail));
      }
      this.report(line, 'unchanged', own.workId, warnings);
      return;
    }
    const shared = candidates.find((work) => looselySameTitle(work.title, draft.title));
    if (shared) this.join(line, shared, warnings);
    else this.register(line, draft, candidates, warnings);
  }

  /** Recordings that are registered already under an identifier of the draft. */
  private candidatesOf(draft: RowDraft): readonly KnownWork[] {
    if (draft.identifiers.length > 0) {
      return this.lookUp(draft.identifiers).filter(({ kind }) => kind === 'recording');
    }
    const workId = this.known.nameless.get(namelessKey(draft.title, draft.artists));
    return workId ? [{ workId, kind: 'recording', title: draft.title, own: true }] : [];
  }

  /** Another party registered this recording: a claim on it, not a second work beside it. */
  private join(line: number, work: KnownWork, warnings: RowWarning[]): void {
    this.knownWorkIds.add(work.workId);
    if (this.layers.includes('recording')) this.claim(work.workId, 'recording');
    const left = this.layers.includes('composition')
      ? ' Its composition is not claimed; claim it by itself.'
      : '';
    const detail = `Somebody registered this recording before; your claim stands beside theirs.${left}`;
    this.report(line, 'joined', work.workId, [...warnings, warning('joined', detail)]);
  }

  private register(
    line: number,
    draft: RowDraft,
    candidates: readonly KnownWork[],
    warnings: RowWarning[],
  ): void {
    const workId = this.newWorkId();
    const composition = this.compositionOf(draft);
    this.recordings.push({
      workId,
      kind: 'recording',
      title: draft.title,
      releasedOn: draft.releasedOn,
      contributors: contributorsOf(draft, ['performer', 'songwriter']),
      identifiers: draft.identifiers,
      links: composition ? [{ ...composition, kind: 'embodies' }] : [],
    });
    if (this.layers.includes('recording')) this.claim(workId, 'recording');
    const told = [...warnings];
    if (candidates.length > 0) {
      const detail = `The identifier leads to “${candidates[0]!.title}”, registered by somebody else, too: the strictest answer of both counts.`;
      told.push(warning('identifier_shared', detail));
    }
    told.push(...this.putIntoRelease(draft, workId));
    this.report(line, 'registered', workId, told);
  }

  /** The composition that the new recording embodies: known, planned already, or planned now. */
  private compositionOf(draft: RowDraft): { toWorkId: string; own: boolean } | null {
    const identifiers = draft.composition?.identifiers ?? [];
    const claims = this.layers.includes('composition');
    if (identifiers.length === 0 && !claims) return null;
    const known = this.lookUp(identifiers).filter(({ kind }) => kind === 'composition');
    const found = known.find(({ own }) => own) ?? known[0];
    if (found) {
      if (claims && !found.own) this.claim(found.workId, 'composition');
      return { toWorkId: found.workId, own: found.own };
    }
    const planned = this.findPlanned(identifiers) ?? this.planComposition(draft, identifiers);
    if (claims) this.claim(planned.workId, 'composition');
    return { toWorkId: planned.workId, own: true };
  }

  private planComposition(draft: RowDraft, identifiers: readonly DraftIdentifier[]): PlannedWork {
    const composition: PlannedWork = {
      workId: this.newWorkId(),
      kind: 'composition',
      title: draft.title,
      releasedOn: null,
      contributors: contributorsOf(draft, ['songwriter']),
      identifiers,
      links: [],
    };
    this.compositions.push(composition);
    this.remember(composition);
    return composition;
  }

  /** A release that is registered already is not changed: its registrant says what it contains. */
  private putIntoRelease(draft: RowDraft, recordingId: string): RowWarning[] {
    if (!draft.release) return [];
    const { identifiers } = draft.release;
    if (this.lookUp(identifiers).some(({ kind }) => kind === 'release')) {
      const detail = 'The release is registered already; add this recording to it by hand.';
      return [warning('release_left_out', detail)];
    }
    const release =
      (this.findPlanned(identifiers) as (typeof this.releases)[number] | undefined) ??
      this.planRelease(draft.release, draft.releasedOn);
    if (release.links.length >= RECORDINGS_PER_RELEASE) {
      const detail = `The release has ${RECORDINGS_PER_RELEASE} recordings; add this one by hand.`;
      return [warning('release_left_out', detail)];
    }
    release.links.push({ kind: 'contains', toWorkId: recordingId, own: true });
    return [];
  }

  private planRelease({ title, identifiers }: DraftCompanion, releasedOn: string | null) {
    const release = {
      workId: this.newWorkId(),
      kind: 'release' as const,
      title,
      releasedOn,
      contributors: [],
      identifiers,
      links: [],
    };
    this.releases.push(release);
    this.remember(release);
    return release;
  }

  private lookUp(identifiers: readonly DraftIdentifier[]): KnownWork[] {
    return identifiers.flatMap((identifier) => [
      ...(this.known.byIdentifier.get(keyOf(identifier)) ?? []),
    ]);
  }

  private findPlanned(identifiers: readonly DraftIdentifier[]): PlannedWork | undefined {
    const found = identifiers.find((identifier) => this.planned.has(keyOf(identifier)));
    return found && this.planned.get(keyOf(found));
  }

  private remember(work: PlannedWork): void {
    for (const identifier of work.identifiers) this.planned.set(keyOf(identifier), work);
  }

  private claim(workId: string, layer: ClaimableLayer): void {
    this.claims.set(`${workId} ${layer}`, { workId, layer });
  }

  private report(
    line: number,
    outcome: RowOutcome,
    workId: string | null,
    warnings: readonly RowWarning[],
  ): void {
    if (workId) this.workOfLine.set(line, workId);
    this.rows.push({ line, outcome, workId, faults: [], warnings });
  }
}

/** How an identifier is named in maps. */
export function keyOf({ scheme, value }: { scheme: string; value: string }): string {
  return `${scheme}:${value}`;
}

function contributorsOf(draft: RowDraft, roles: readonly string[]) {
  const performers = draft.artists.map((name) => ({ name, role: 'performer' }));
  const songwriters = draft.composers.map((name) => ({ name, role: 'songwriter' }));
  // A work has 200 contributors at most.
  return [...performers, ...songwriters].filter(({ role }) => roles.includes(role)).slice(0, 200);
}

function warning(code: WarningCode, detail: string): RowWarning {
  return { column: null, value: null, code, detail };
}
