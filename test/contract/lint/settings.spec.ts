import { beforeAll, describe, expect, it } from '@jest/globals';
import { lintSnippets } from './lint-snippets.js';

/** What the house relies on beyond its own rules: a file that breaks each, and where it may stand. */
const BROKEN: Record<string, [rule: string, text: string]> = {
  'src/works/floating.ts': [
    'typescript(no-floating-promises)',
    `async function register(): Promise<void> {}\nexport function all(): void {\n  register();\n}\n`,
  ],
  'src/works/misused.ts': [
    'typescript(no-misused-promises)',
    `export const all = (ids: string[]): void => ids.forEach(async (id) => Promise.resolve(id));\n`,
  ],
  'src/works/awaited.ts': [
    'typescript(await-thenable)',
    `export async function one(): Promise<number> {\n  const one = 1;\n  return await one;\n}\n`,
  ],
  'src/works/switch.ts': [
    'typescript(switch-exhaustiveness-check)',
    `export function say(kind: 'a' | 'b'): number {\n  switch (kind) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}\n`,
  ],
  'src/works/any.ts': ['typescript(no-explicit-any)', `export const one: any = 1;\n`],
  'src/works/environment.ts': [
    'node(no-process-env)',
    `export const home = process.env['HOME'];\n`,
  ],
  'src/works/migrating.ts': [
    'eslint(no-restricted-imports)',
    `import { x } from '../../migrations/1-create.js';\nexport const y = x;\n`,
  ],
  'src/works/domain/framework.ts': [
    'eslint(no-restricted-imports)',
    `import { Injectable } from '@nestjs/common';\nexport const y = Injectable;\n`,
  ],
  'src/works/domain/service.ts': [
    'eslint(no-restricted-imports)',
    `import { Database } from '#platform';\nexport const y = Database;\n`,
  ],
  'test/http/only.spec.ts': [
    'jest(no-focused-tests)',
    `import { expect, it } from '@jest/globals';\nit.only('a', () => expect(1).toBe(1));\n`,
  ],
  'src/works/works.spec.ts': [
    'jest(expect-expect)',
    `import { it } from '@jest/globals';\nit('cannot fail', () => undefined);\n`,
  ],
};
const environment = BROKEN['src/works/environment.ts']![1];

describe('the lint settings', () => {
  let found: Record<string, string[]>;
  beforeAll(() => {
    const broken = Object.entries(BROKEN).map(([path, [, text]]) => [path, text]);
    found = lintSnippets({
      ...(Object.fromEntries(broken) as Record<string, string>),
      'src/platform/config/read.ts': environment,
      'src/works/first.ts': `import { b } from './second.js';\nexport const a = (): unknown => b;\n`,
      'src/works/second.ts': `import { a } from './first.js';\nexport const b = (): unknown => a;\n`,
    });
  });

  it.each(Object.entries(BROKEN).map(([path, [rule]]) => [path, rule]))(
    'refuses %s for %s',
    (path, rule) => {
      expect(found[path]).toEqual([rule]);
    },
  );

  it('lets the configuration read the environment', () => {
    expect(found['src/platform/config/read.ts']).toEqual([]);
  });

  it('refuses a cycle of imports', () => {
    expect(found['src/works/first.ts']).toEqual(['import(no-cycle)']);
    expect(found['src/works/second.ts']).toEqual(['import(no-cycle)']);
  });
});
