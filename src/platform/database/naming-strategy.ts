import { DefaultNamingStrategy, type NamingStrategyInterface, Table } from 'typeorm';

/** Names of tables, columns and constraints are the ones the migrations write, never hashes. */
export class NamingStrategy extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(property: string, custom: string | undefined): string {
    return custom ?? property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }

  override primaryKeyName(table: Table | string): string {
    return `${plain(table)}_pkey`;
  }

  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return `${plain(table)}_${columns.join('_')}_key`;
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return `${plain(table)}_${columns.join('_')}_fkey`;
  }

  override indexName(table: Table | string, columns: string[]): string {
    return `${plain(table)}_${columns.join('_')}_idx`;
  }
}

function plain(table: Table | string): string {
  const name = typeof table === 'string' ? table : table.name;
  return name.split('.').pop()!;
}
