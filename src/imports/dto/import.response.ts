import { ApiProperty } from '@nestjs/swagger';
import type { RowFault, RowOutcome, RowReport, RowWarning } from '../domain/index.js';
import type { ImportRowEntity } from '../entities/import-row.entity.js';
import type { ImportColumn, Imported } from '../imported.js';
import type { ImportRow } from '../imports.query.js';

export class ImportColumnResponse {
  /** @example Release Date */
  column: string;
  /**
   * The field that the column was read as; null: not used.
   * @example release-date
   */
  @ApiProperty({ type: String, nullable: true })
  field: string | null;
  /** Why: its header, its values, or the request said so. */
  @ApiProperty({ enum: ['header', 'values', 'request'], nullable: true })
  by: 'header' | 'values' | 'request' | null;
}

export class ImportCountsResponse {
  rows: number;
  /** Rows that became new works. */
  registered: number;
  /** Rows whose work somebody else registered before: a claim was added to it. */
  joined: number;
  /** Rows that say nothing new. */
  unchanged: number;
  refused: number;
  /** Rows with something worth a look; they are in all the same. */
  warned: number;
}

export class RowRemarkResponse {
  /**
   * Null where the row as a whole is meant.
   * @example UPC
   */
  @ApiProperty({ type: String, nullable: true })
  column: string | null;
  @ApiProperty({ type: String, nullable: true })
  value: string | null;
  /** @example identifier_refused */
  code: string;
  detail: string;
  /** What to do about it; null for warnings. */
  @ApiProperty({ type: String, nullable: true })
  hint: string | null;

  static from(remark: RowFault | RowWarning): RowRemarkResponse {
    const { column, value, code, detail } = remark;
    return { column, value, code, detail, hint: 'hint' in remark ? remark.hint : null };
  }
}

export class ImportRowResponse {
  /** Line of the file on which the row begins. */
  line: number;
  @ApiProperty({ enum: ['registered', 'joined', 'unchanged', 'refused'] })
  outcome: RowOutcome;
  /** The work; null for refused rows, and for new ones in a dry run. */
  @ApiProperty({ type: String, nullable: true })
  work: string | null;
  faults: RowRemarkResponse[];
  warnings: RowRemarkResponse[];

  static from(row: RowReport | ImportRowEntity): ImportRowResponse {
    return {
      line: row.line,
      outcome: row.outcome as RowOutcome,
      work: row.workId,
      faults: (row.faults ?? []).map(RowRemarkResponse.from),
      warnings: (row.warnings ?? []).map(RowRemarkResponse.from),
    };
  }
}

export class ImportRowPageResponse {
  items: ImportRowResponse[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class ImportCatalogueResponse {
  /** Null in a dry run. */
  @ApiProperty({ type: String, nullable: true })
  id: string | null;
  name: string;
}

export class ImportResponse {
  /**
   * Null in a dry run, which stores nothing.
   * @example imp_01kaq9x3n6fq2s7v4c8b5d0e1g
   */
  @ApiProperty({ type: String, nullable: true })
  id: string | null;
  party: string;
  dryRun: boolean;
  @ApiProperty({ type: String, nullable: true })
  fileName: string | null;
  /** SHA-256 of the file, in hexadecimal. */
  sha256: string;
  /** @example iso-8859-1 */
  encoding: string;
  /** @example , */
  delimiter: string;
  columns: ImportColumnResponse[];
  /** What was assumed about the file. */
  notes: string[];
  counts: ImportCountsResponse;
  /** The catalogue that holds the works, where a template was declared on them. */
  @ApiProperty({ type: ImportCatalogueResponse, nullable: true })
  catalogue: ImportCatalogueResponse | null;
  importedAt: string;
  /** Where all rows can be read; null in a dry run. */
  @ApiProperty({ type: String, nullable: true })
  rows: string | null;

  static of(row: ImportRow): ImportResponse {
    return responseOf({
      ...row,
      columns: row.columns,
      counts: {
        rows: row.rowsTotal,
        registered: row.rowsRegistered,
        joined: row.rowsJoined,
        unchanged: row.rowsUnchanged,
        refused: row.rowsRefused,
        warned: row.rowsWarned,
      },
      catalogue:
        row.catalogueId === null
          ? null
          : { catalogueId: row.catalogueId, name: row.catalogueName ?? '' },
    });
  }
}

export class ImportReportResponse extends ImportResponse {
  /** The first refused rows, each with its faults. */
  refused: ImportRowResponse[];
  /** The first rows with warnings. */
  warned: ImportRowResponse[];

  static from(imported: Imported, faultsMax: number): ImportReportResponse {
    const first = (wanted: (row: RowReport) => boolean, max: number) =>
      imported.rows.filter(wanted).slice(0, max).map(ImportRowResponse.from);
    return {
      ...responseOf(imported),
      refused: first(({ outcome }) => outcome === 'refused', faultsMax),
      warned: first(({ warnings }) => warnings.length > 0, Math.min(faultsMax, WARNED_MAX)),
    };
  }
}

/** Warnings are many and alike; the rest is under `rows`. */
const WARNED_MAX = 1_000;

export class ImportPageResponse {
  items: ImportResponse[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

function responseOf(imported: Omit<Imported, 'rows'>): ImportResponse {
  const { importId, catalogue } = imported;
  return {
    id: importId,
    party: imported.partyId,
    dryRun: importId === null,
    fileName: imported.fileName,
    sha256: imported.fileDigest.toString('hex'),
    encoding: imported.encoding,
    delimiter: imported.delimiter,
    columns: imported.columns.map(({ column, field, by }: ImportColumn) => ({ column, field, by })),
    notes: [...imported.notes],
    counts: { ...imported.counts },
    catalogue: catalogue && { id: catalogue.catalogueId, name: catalogue.name },
    importedAt: imported.importedAt.toISOString(),
    rows: importId === null ? null : `/v1/imports/${importId}/rows`,
  };
}
