import { beforeAll, describe, expect, it } from '@jest/globals';
import { lintSnippets } from './lint-snippets.js';

const RULE = 'house(no-ambient-time-in-domain)';

const AMBIENT = [
  'Date.now()',
  `Date['now']()`,
  'new Date()',
  'Math.random()',
  'performance.now()',
  'crypto.randomUUID()',
  'process.pid',
  'globalThis.name',
  'setTimeout(String, 1)',
];
const TOLD = ['new Date(0)', 'Date.parse("2026-11-22")', 'Math.max(1, 2)', 'Date.UTC(2026, 1)'];
const holding = (expressions: readonly string[]) =>
  `export const read = [${expressions.map((one) => `() => ${one}`).join(', ')}];\n`;

describe('no-ambient-time-in-domain', () => {
  let found: Record<string, string[]>;
  const pure = ['src/consent/domain/evaluate.ts', 'src/kernel/ids.ts', 'src/identifiers/isrc.ts'];
  const elsewhere = [
    'src/consent/consent.service.ts',
    'src/kernel/clock.ts',
    'src/consent/domain/evaluate.spec.ts',
  ];
  beforeAll(() => {
    const ambient = [...pure, ...elsewhere].map((path) => [path, holding(AMBIENT)]);
    found = lintSnippets({
      ...(Object.fromEntries(ambient) as Record<string, string>),
      'src/consent/domain/told.ts': holding(TOLD),
    });
  });

  it.each(pure)('refuses every reading of time, chance and process in %s', (path) => {
    expect(found[path]).toEqual(AMBIENT.map(() => RULE));
  });

  it.each(elsewhere)('says nothing about %s', (path) => {
    expect(found[path]).toEqual([]);
  });

  it('lets pass what is computed from arguments', () => {
    expect(found['src/consent/domain/told.ts']).toEqual([]);
  });
});
