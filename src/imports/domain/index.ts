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
export { csvReader, ROWS_MAX } from './readers/csv.js';
export { looselySameTitle } from './same-title.js';
