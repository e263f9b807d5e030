/** The pure face of imports (`#imports/domain`): reading catalogue files, without database. */
export type {
  CatalogueReader,
  CatalogueSurvey,
  DraftCompanion,
  DraftIdentifier,
  FaultCode,
  MappedColumn,
  OpenedCatalogue,
  ReadingOptions,
  ReadRow,
  RowDraft,
  RowFault,
  RowWarning,
  UnreadableCatalogue,
  UnreadableCode,
  WarningCode,
} from './catalogue.js';
export { parseMapping } from './mapping.js';
export {
  type ClaimableLayer,
  type ImportPlan,
  keyOf,
  type KnownWork,
  type KnownWorks,
  namelessKey,
  planImport,
  type PlannedWork,
  type RowOutcome,
  type RowReport,
} from './plan-import.js';
export { csvReader, ROWS_MAX } from './readers/csv.js';
