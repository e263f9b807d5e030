import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { ENTITIES } from '../../src/app.module.js';
import { createDataSource } from '#platform';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Tables that no entity describes, and why. */
const WITHOUT_ENTITY: Record<string, string> = {
  migrations: 'TypeORM keeps it',
  idempotency_keys: 'the interceptor that owns it speaks SQL',
};

interface Column {
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  primary: boolean;
}

describe('entities and tables', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    source = await createDataSource(database.url, { entities: ENTITIES }).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  /** As PostgreSQL writes a type: `timestamp(3) with time zone`, `text[]`. */
  const typeOf = (column: ColumnMetadata): string => {
    const full = source.driver.createFullType({
      ...{ type: source.driver.normalizeType(column), length: column.length },
      ...{ precision: column.precision, scale: column.scale, isArray: false },
    } as never);
    return `${full.toLowerCase()}${column.isArray ? '[]' : ''}`;
  };
  const fromEntities = (): Column[] =>
    source.entityMetadatas.flatMap((entity) =>
      entity.columns.map((column) => ({
        table: entity.tableName,
        column: column.databaseName,
        type: typeOf(column),
        nullable: column.isNullable,
        primary: column.isPrimary,
      })),
    );
  const fromDatabase = (): Promise<Column[]> =>
    source.query(`
      SELECT c.relname AS table, a.attname AS column,
             format_type(a.atttypid, a.atttypmod) AS type,
             NOT a.attnotnull AS nullable,
             COALESCE(a.attnum = ANY (k.conkey), false) AS primary
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`);
  const described = (columns: Column[]) =>
    columns
      .filter((one) => !Object.hasOwn(WITHOUT_ENTITY, one.table))
      .map(lineOf)
      .sort();

  it('say the same about every column', async () => {
    expect(described(fromEntities())).toEqual(described(await fromDatabase()));
  });

  it('are missing on one side only where a reason is written down', async () => {
    const tables = new Set((await fromDatabase()).map((one) => one.table));
    const entities = new Set(source.entityMetadatas.map((entity) => entity.tableName));
    const without = [...tables].filter((table) => !entities.has(table)).sort();
    expect(without).toEqual(Object.keys(WITHOUT_ENTITY).sort());
  });

  it('name every constraint after its table and columns, never by a hash', async () => {
    const rows: { name: string; table: string }[] = await source.query(`
      SELECT conname AS name, conrelid::regclass::text AS table FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
      UNION ALL
      SELECT indexname, tablename FROM pg_indexes WHERE schemaname = 'public'`);
    const odd = rows
      .filter((row) => !WITHOUT_ENTITY[row.table]?.startsWith('TypeORM'))
      .filter(({ name, table }) => {
        const [rest, suffix] = [name.slice(0, table.length + 1), name.split('_').at(-1)!];
        return rest !== `${table}_` || !/^(?:pkey|fkey|key|idx|check)$/.test(suffix);
      });
    expect(odd).toEqual([]);
  });
});

function lineOf({ table, column, type, nullable, primary }: Column): string {
  return `${table}.${column} ${type}${nullable ? '' : ' not null'}${primary ? ' primary key' : ''}`;
}
