import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { ClaimsService, ownClaim } from '#claims';
import { DeclareConsent, readWish } from '#consent';
import { Clock, DomainProblem, newId, sha256 } from '#kernel';
import { PartyAccess } from '#parties';
import { Database, type Transaction } from '#platform';
import { LAYERS, type VerificationLevel } from '#vocabulary';
import { CataloguesService, type KeptCatalogue, type WorkDraft, WorkRegistrar } from '#works';
import {
  type ClaimableLayer,
  csvReader,
  type ImportPlan,
  keyOf,
  type OpenedCatalogue,
  planImport,
  type PlannedWork,
  type ReadingOptions,
  type ReadRow,
  type RowReport,
} from './domain/index.js';
import type { ImportCounts, Imported, ImportProgress } from './imported.js';
import { ImportsQuery } from './imports.query.js';
import { ImportsRepository } from './imports.repository.js';

export interface ImportCatalogue extends ReadingOptions {
  readonly party: string;
  readonly dryRun: boolean;
  readonly fileName: string | null;
  /** Layers that the party claims on what it imports; the whole of each. */
  readonly layers: readonly ClaimableLayer[];
  /** A template to declare on the imported works, by way of a catalogue that holds them. */
  readonly template: string | null;
}

/** An import that has passed every check that can be made before anything is read row by row. */
export interface PreparedImport {
  readonly command: ImportCatalogue;
  readonly actor: Actor;
  readonly catalogue: OpenedCatalogue;
  readonly digest: Buffer;
}

/** Works registered or claimed in one go; between two of these other requests have their turn. */
const BATCH = 1_000;

/** Importing a file: every good row in one transaction, every bad row explained. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyAccess,
    private readonly registrar: WorkRegistrar,
    private readonly catalogues: CataloguesService,
    private readonly claims: ClaimsService,
    private readonly consent: DeclareConsent,
    private readonly query: ImportsQuery,
    private readonly imports: ImportsRepository,
    private readonly clock: Clock,
  ) {}

  /** Refuses whoever may not import for the party, before a file is even taken in. */
  async checkRights(actor: Actor, party: string, template: string | null): Promise<void> {
    const now = this.clock.now();
    await this.parties.actAs(actor, party, 'register', now);
    await this.claims.actFor(actor, party, null);
    if (template === null) return;
    const { purposes, territory } = await this.parties.actAs(actor, party, 'consent', now);
    if (purposes === null && territory === null) return;
    const detail = 'Your mandate is limited to purposes or territories, and a template is not.';
    throw new DomainProblem('imports/mandate-limited', detail);
  }

  /** Opens the file and refuses what can't be read at all. */
  async prepare(actor: Actor, command: ImportCatalogue, bytes: Buffer): Promise<PreparedImport> {
    if (command.template !== null) readWish({ template: command.template });
    const catalogue = await csvReader.open(bytes, command);
    if (catalogue.ok) return { command, actor, catalogue, digest: sha256(bytes) };
    const { code, detail, hint, columns } = catalogue;
    throw new DomainProblem('imports/unreadable', detail, { reason: code, hint, columns });
  }

  /** Reads, plans and, unless it is a dry run, stores: everything in one transaction or nothing. */
  async run(
    prepared: PreparedImport,
    onProgress: (progress: ImportProgress) => void = () => undefined,
  ): Promise<Imported> {
    const { command, catalogue } = prepared;
    const rows: ReadRow[] = [];
    for await (const row of catalogue.rows()) {
      // The raw cells have done their part; only what was read is kept.
      rows.push({ ...row, cells: [] });
      if (rows.length % BATCH === 0) {
        onProgress({ done: rows.length, total: catalogue.survey.rows, doing: 'reading' });
      }
    }
    if (command.dryRun) {
      const plan = await this.plan(command, rows);
      const into = { catalogueId: null, name: catalogueName(command) };
      return this.reportOf(prepared, plan.rows, null, command.template === null ? null : into);
    }
    return this.database.transaction((tx) => this.store(tx, prepared, rows, onProgress));
  }

  private async plan(
    command: ImportCatalogue,
    rows: readonly ReadRow[],
    tx?: Transaction,
  ): Promise<ImportPlan> {
    const drafts = rows.flatMap((row) => (row.outcome === 'draft' ? [row.draft] : []));
    const identifiers = new Map(
      drafts
        .flatMap((draft) => [
          ...draft.identifiers,
          ...(draft.release?.identifiers ?? []),
          ...(draft.composition?.identifiers ?? []),
        ])
        .map((identifier) => [keyOf(identifier), identifier]),
    );
    const nameless = drafts.filter((draft) => draft.identifiers.length === 0);
    const known = await this.query.findKnown(
      command.party,
      [...identifiers.values()],
      [...new Set(nameless.map(({ title }) => title))],
      tx,
    );
    return planImport(rows, known, { layers: command.layers, newWorkId: () => newId('work') });
  }

  private async store(
    tx: Transaction,
    prepared: PreparedImport,
    rows: readonly ReadRow[],
    onProgress: (progress: ImportProgress) => void,
  ): Promise<Imported> {
    const { command, actor } = prepared;
    const { party } = command;
    await this.imports.lockParty(tx, party);
    const plan = await this.plan(command, rows, tx);
    // Parties are locked before the log's head, everywhere; see ClaimsService.holdHolders.
    await this.claims.holdHolders(tx, [party]);
    const level = (await this.parties.levelOf([party], tx)).get(party) ?? 0;
    const catalogue = command.template === null ? null : await this.openCatalogue(tx, command);
    const catalogues = catalogue ? [{ catalogueId: catalogue.catalogueId, partyId: party }] : [];
    const drafts = plan.works.map((work) => draftOf(work, { party, level, catalogues }));
    const claims = plan.claims.map(({ workId, layer }) =>
      ownClaim(workId, layer, { party, madeBy: actor.accountId }),
    );
    for (let at = 0; at < drafts.length; at += BATCH) {
      onProgress({ done: at, total: drafts.length, doing: 'registering' });
      await this.registrar.register(tx, drafts.slice(at, at + BATCH));
    }
    for (let at = 0; at < claims.length; at += BATCH) {
      onProgress({ done: at, total: claims.length, doing: 'claiming' });
      await this.claims.recordNew(tx, claims.slice(at, at + BATCH));
    }
    if (catalogue) await this.declare(tx, prepared, catalogue, plan.knownWorkIds);
    const importId = newId('import');
    const imported = this.reportOf(prepared, plan.rows, importId, catalogue);
    await this.imports.insert(
      tx,
      entityOf(imported, actor),
      plan.rows.map((row) => ({
        importId,
        line: row.line,
        outcome: row.outcome,
        workId: row.workId,
        faults: row.faults.length > 0 ? row.faults : null,
        warnings: row.warnings.length > 0 ? row.warnings : null,
      })),
    );
    return imported;
  }

  /** The catalogue named after the file: the one that an earlier import of it made, or a new one. */
  private async openCatalogue(tx: Transaction, command: ImportCatalogue) {
    const { party } = command;
    const name = catalogueName(command);
    const found = await this.query.findCatalogueNamed(tx, party, name);
    if (found) return { ...found, name };
    const { catalogueId } = await this.catalogues.createIn(tx, { party, name });
    return { catalogueId, name, templates: [] };
  }

  /** One statement a layer, whatever the number of works; none where it stands already. */
  private async declare(
    tx: Transaction,
    { command, actor }: PreparedImport,
    catalogue: { catalogueId: string; templates: readonly (string | null)[] },
    knownWorkIds: readonly string[],
  ): Promise<void> {
    const { catalogueId, templates } = catalogue;
    const into = { catalogueId, partyId: command.party };
    for (let at = 0; at < knownWorkIds.length; at += BATCH) {
      await this.catalogues.addWorksIn(tx, into, knownWorkIds.slice(at, at + BATCH));
    }
    const template = command.template!;
    if (templates.length === LAYERS.length && templates.every((one) => one === template)) return;
    const streams = LAYERS.map((layer) => ({
      partyId: command.party,
      layer,
      subjectKind: 'catalogue' as const,
      subjectId: catalogueId,
    }));
    const by = { template, declaredBy: actor.accountId };
    await this.consent.declareOn(tx, streams, readWish({ template }), by);
  }

  private reportOf(
    { command, catalogue, digest }: PreparedImport,
    rows: readonly RowReport[],
    importId: string | null,
    into: Imported['catalogue'],
  ): Imported {
    const { survey } = catalogue;
    return {
      importId,
      partyId: command.party,
      fileName: command.fileName,
      fileDigest: digest,
      encoding: survey.encoding,
      delimiter: survey.delimiter,
      columns: survey.columns.map((column, index) => {
        const mapped = survey.mapping.find((one) => one.index === index);
        return { column, field: mapped?.field ?? null, by: mapped?.by ?? null };
      }),
      notes: survey.notes,
      counts: countsOf(rows),
      catalogue: into && { catalogueId: into.catalogueId, name: into.name },
      importedAt: new Date(this.clock.now()),
      rows,
    };
  }
}

function countsOf(rows: readonly RowReport[]): ImportCounts {
  const counts = {
    rows: rows.length,
    registered: 0,
    joined: 0,
    unchanged: 0,
    refused: 0,
    warned: 0,
  };
  for (const row of rows) {
    counts[row.outcome] += 1;
    if (row.warnings.length > 0) counts.warned += 1;
  }
  return counts;
}

/** A catalogue is called like the file it came from. */
function catalogueName({ fileName }: ImportCatalogue): string {
  const name = (fileName ?? '').replace(/\.(?:csv|tsv|txt)$/i, '').trim();
  return name === '' ? 'Imported works' : name;
}

function draftOf(
  work: PlannedWork,
  by: { party: string; level: VerificationLevel; catalogues: readonly KeptCatalogue[] },
): WorkDraft {
  return {
    workId: work.workId,
    kind: work.kind,
    title: work.title,
    releasedOn: work.releasedOn ?? undefined,
    registrantPartyId: by.party,
    contributors: work.contributors,
    identifiers: work.identifiers.map(({ scheme, value, typed }) => {
      return { ok: true, scheme, value, typed, repaired: value !== typed };
    }),
    // As for links made by hand: proven parties may link to works of others.
    links: work.links.map(({ kind, toWorkId, own }) => {
      return { kind, toWorkId, verified: own || by.level >= 2 };
    }),
    catalogues: by.catalogues,
  };
}

function entityOf(imported: Imported, actor: Actor) {
  const { counts } = imported;
  return {
    importId: imported.importId!,
    partyId: imported.partyId,
    fileName: imported.fileName,
    fileDigest: imported.fileDigest,
    encoding: imported.encoding,
    delimiter: imported.delimiter,
    columns: imported.columns,
    notes: imported.notes,
    rowsTotal: counts.rows,
    rowsRegistered: counts.registered,
    rowsJoined: counts.joined,
    rowsUnchanged: counts.unchanged,
    rowsRefused: counts.refused,
    rowsWarned: counts.warned,
    catalogueId: imported.catalogue?.catalogueId ?? null,
    importedBy: actor.accountId,
    importedAt: imported.importedAt,
  };
}
