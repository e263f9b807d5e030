import { beforeAll, describe, expect, it } from '@jest/globals';
import { lintSnippets } from './lint-snippets.js';

const RULE = 'house(no-sql-outside-repository)';

/** One statement of each kind, in the ways in which statements are written. */
const STATEMENTS = [
  `'SELECT 1'`,
  '`\n  SELECT work_id FROM works WHERE work_id = $1`',
  '`INSERT INTO works (work_id) VALUES ($1)`',
  '`UPDATE works SET title = ${1}`',
  `'DELETE FROM works'`,
  '`WITH found AS (SELECT 1) SELECT * FROM found`',
  `'TRUNCATE works'`,
  `'CREATE TABLE works ()'`,
  `'SET LOCAL lock_timeout = 1'`,
];
const PROSE = [
  `'Select a work, then declare what may be done with it.'`,
  `'UPDATE refused: the table is append-only'`,
  `'with care'`,
  '`Set up ${1} works`',
];
const holding = (texts: readonly string[]) => `export const texts = [${texts.join(', ')}];\n`;

describe('no-sql-outside-repository', () => {
  let found: Record<string, string[]>;
  const inPlace = [
    'src/works/works.repository.ts',
    'src/works/works.query.ts',
    'src/platform/database/migrate.ts',
    'migrations/1-create.ts',
    'test/db/works.spec.ts',
    'bench/fill.ts',
  ];
  const outOfPlace = [
    'src/works/works.service.ts',
    'src/works/works.controller.ts',
    'src/works/domain/work.ts',
    'src/platform/http/etag.ts',
  ];
  beforeAll(() => {
    const statements = [...inPlace, ...outOfPlace].map((path) => [path, holding(STATEMENTS)]);
    found = lintSnippets({
      ...(Object.fromEntries(statements) as Record<string, string>),
      'src/works/prose.ts': holding(PROSE),
    });
  });

  it.each(outOfPlace)('refuses each statement in %s', (path) => {
    expect(found[path]).toEqual(STATEMENTS.map(() => RULE));
  });

  it.each(inPlace)('leaves the SQL of %s alone', (path) => {
    expect(found[path]).toEqual([]);
  });

  it('takes no sentence for a statement', () => {
    expect(found['src/works/prose.ts']).toEqual([]);
  });
});
