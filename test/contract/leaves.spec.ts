import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { LEAF_DATA_MAP, LEAF_TYPES } from '#transparency/domain';

const page = readFileSync('docs/specs/leaves.md', 'utf8');

/** The cells of the table in the section of a type. */
function rowsOf(type: string): string[][] {
  const section = page.split(/^## /m).find((one) => one.startsWith(`\`${type}\`\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));
}

describe('the page on leaves', () => {
  it.each(LEAF_TYPES)('says of %s what the data map says', (type) => {
    const lines = Object.entries(LEAF_DATA_MAP[type]).map(
      ([path, { form, nullable, what, why }]) => {
        return [`\`${path}\``, nullable ? `${form} or null` : form, what, why];
      },
    );
    expect(rowsOf(type)).toEqual(lines);
    expect(page).toContain(`\n## \`${type}\`\n`);
  });
});
