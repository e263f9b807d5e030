/**
 * Runs one statement and gives its rows: the write transaction's manager and the lookup pool's
 * client both fit, so that the same SQL builds the projection and answers about the past.
 */
export type RunSql = <Row = Record<string, unknown>>(
  sql: string,
  parameters: readonly unknown[],
) => Promise<Row[]>;
