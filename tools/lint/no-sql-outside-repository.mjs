/**
 * Someone looking for SQL opens one `*.repository.ts` or `*.query.ts`; so nothing else holds any.
 * Migrations, tests and benchmarks speak to the database directly, and the platform keeps the
 * few statements about connections and the server itself.
 */
const PLACES =
  /(?:\.(?:repository|query)\.ts$|\.spec\.ts$|^(?:migrations|test|bench|tools)\/|^src\/platform\/(?:database|embedded-postgres)\/)/;

/** SQL is written in capitals here; a sentence that begins with "Select …" is none. */
const STATEMENT =
  /^\s*(?:SELECT\b|INSERT INTO\b|UPDATE \w+[\s\S]* SET\b|DELETE FROM\b|WITH (?:RECURSIVE )?\w+[\s\S]* AS (?:NOT )?(?:MATERIALIZED )?\(|COPY \w+|TRUNCATE\b|CREATE (?:TEMP|TABLE|INDEX|UNIQUE|FUNCTION|DATABASE)\b|ALTER TABLE\b|DROP (?:TABLE|INDEX)\b|LOCK TABLE\b|DECLARE \w+|SET (?:LOCAL|TRANSACTION)\b)/;

export const noSqlOutsideRepository = {
  meta: { type: 'problem' },
  create(context) {
    const path = context.filename.slice(context.cwd.length + 1).replaceAll('\\', '/');
    if (PLACES.test(path)) return {};
    const report = (node, text) => {
      if (typeof text !== 'string' || !STATEMENT.test(text)) return;
      context.report({
        node,
        message: 'SQL belongs in a *.repository.ts (writes) or a *.query.ts (reads).',
      });
    };
    return {
      Literal: (node) => report(node, node.value),
      TemplateLiteral: (node) => report(node, node.quasis.map((q) => q.value.raw).join('x')),
    };
  },
};
