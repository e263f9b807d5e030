import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

/** A small house that keeps every rule, and beside each kept rule a file that breaks it. */
const FILES: Record<string, string> = {
  'src/kernel/index.ts': `export const x = 1;`,
  'src/vocabulary/index.ts': `export const x = 1;`,
  'src/platform/index.ts': `import '#kernel';\nexport const x = 1;`,
  'src/platform/noun.ts': `import '#vocabulary';`,
  'src/parties/index.ts': `export { party } from './domain/index.js';`,
  'src/parties/domain/index.ts': `export const party = 1;`,
  'src/parties/parties.service.ts': `export const secret = 1;`,
  'src/works/index.ts': `import { party } from '#parties';\nexport const work = party;`,
  'src/works/domain/index.ts': `import { party } from '#parties/domain';\nexport const work = party;`,
  'src/works/up.ts': `import '#claims';`,
  'src/works/type-only.ts': `import type { claim } from '#claims';\nexport type X = typeof claim;`,
  'src/works/inside.ts': `import '../parties/parties.service.js';`,
  'src/works/lost.ts': `import './nowhere.js';`,
  'src/works/tested.ts': `import './works.spec.js';`,
  'src/works/works.spec.ts': `export {};`,
  'src/works/domain/framework.ts': `import '@nestjs/common';`,
  'src/works/domain/network.ts': `import 'node:net';`,
  'src/works/domain/outside.ts': `import '../index.js';`,
  'src/works/domain/plumbing.ts': `import '#platform';`,
  'src/works/one.ts': `import { two } from './two.js';\nexport const one = () => two;`,
  'src/works/two.ts': `import { one } from './one.js';\nexport const two = () => one;`,
  'src/works/orphan.ts': `export const alone = 1;`,
  'src/claims/index.ts': `import { work } from '#works';\nexport const claim = work;`,
  'src/portal/index.ts': `import '#claims';`,
  'src/portal/sideways.ts': `import '#cli';`,
  'src/cli/index.ts': `import '#works';`,
  'src/newcomer/index.ts': `import '#kernel';`,
  'src/main.ts': `import '#portal';`,
  'src/reaching.ts': `import './parties/parties.service.js';`,
  'src/migrating.ts': `import '../migrations/1-create.js';`,
  'migrations/1-create.ts': `import '../src/kernel/index.js';`,
};

const BREAKS = [
  ['src/platform/noun.ts', 'level-of-platform'],
  ['src/works/up.ts', 'level-of-works'],
  ['src/works/type-only.ts', 'level-of-works'],
  ['src/portal/sideways.ts', 'level-of-portal'],
  ['src/works/inside.ts', 'public-face-only'],
  ['src/works/lost.ts', 'resolvable'],
  ['src/works/tested.ts', 'no-test-code-in-production'],
  ['src/works/domain/framework.ts', 'domain-is-pure'],
  ['src/works/domain/network.ts', 'domain-is-pure'],
  ['src/works/domain/outside.ts', 'domain-is-pure'],
  ['src/works/domain/plumbing.ts', 'domain-is-pure'],
  ['src/works/one.ts', 'no-cycle'],
  ['src/works/orphan.ts', 'no-orphan'],
  ['src/newcomer/index.ts', 'module-is-in-the-table'],
  ['src/reaching.ts', 'top-uses-public-faces'],
  ['src/migrating.ts', 'code-knows-no-migration'],
  ['migrations/1-create.ts', 'migrations-stand-alone'],
];

interface Report {
  summary: { violations: { from: string; rule: { name: string } }[] };
}

describe('the import levels', () => {
  const house = realpathSync(mkdtempSync(join(tmpdir(), 'fermata-levels-')));
  let report: Report;
  const brokenBy = (path: string) =>
    report.summary.violations.filter((one) => one.from === path).map((one) => one.rule.name);

  beforeAll(() => {
    cpSync('tsconfig.json', join(house, 'tsconfig.json'));
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(house, path)), { recursive: true });
      writeFileSync(join(house, path), text);
    }
    mkdirSync(join(house, 'node_modules/@nestjs/common'), { recursive: true });
    writeFileSync(join(house, 'node_modules/@nestjs/common/index.js'), '');
    const cruiser = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const args = [
      '--config',
      resolve('.dependency-cruiser.cjs'),
      '-T',
      'json',
      'src',
      'migrations',
    ];
    const run = spawnSync(process.execPath, [cruiser, ...args], { cwd: house, encoding: 'utf8' });
    report = JSON.parse(run.stdout) as Report;
  }, 20_000);
  afterAll(() => rmSync(house, { recursive: true, force: true }));

  it.each(BREAKS)('sees that %s breaks %s', (path, rule) => {
    expect(brokenBy(path!)).toContain(rule);
  });

  const kept = Object.keys(FILES).filter((path) => !BREAKS.some(([broken]) => broken === path));
  it.each(kept.filter((path) => path !== 'src/works/two.ts'))('finds nothing in %s', (path) => {
    expect(brokenBy(path)).toEqual([]);
  });
});
