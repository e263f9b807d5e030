import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { ROLE_SCOPES, ROLES, SCOPES, type Scope } from '../../../src/accounts/domain/scopes.js';

it('the page on scopes says what the code grants', async () => {
  const page = await readFile('docs/reference/scopes.md', 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const columns = rows.find((row) => row[1] === 'scope')!.slice(3, -1);
  const written = rows
    .filter((row) => /^`[a-z]+:[a-z]+`$/.test(row[1]!))
    .map(([, scope, meaning, ...cells]) => ({
      scope: scope!.replaceAll('`', ''),
      meaning,
      roles: columns.flatMap((names, i) => (cells[i] === 'yes' ? names.split(', ') : [])),
    }));
  const granted = (Object.keys(SCOPES) as Scope[]).map((scope) => ({
    scope,
    meaning: SCOPES[scope],
    roles: ROLES.filter((role) => ROLE_SCOPES[role].includes(scope)),
  }));
  expect(written).toEqual(granted);
});
