import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PROBLEMS } from '../../src/app.module.js';
import { ProblemRegistry, REQUEST_PROBLEMS } from '#platform';
import { problemsMarkdown } from '#portal';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const registry = new ProblemRegistry(REQUEST_PROBLEMS, ...PROBLEMS);
const registered = registry.list().map(([code]) => code);

/** The source without its specs, by path. */
const sources = new Map(
  readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
    .map((path) => [path, read(`src/${path}`)]),
);

describe('the kinds of problems', () => {
  it('are named module/kebab-case, by a module that there is or by the edge', () => {
    const modules = readdirSync(new URL('src/', root));
    for (const code of registered) {
      const [, module] = /^([a-z]+)\/[a-z]+(?:-[a-z]+)*$/.exec(code) ?? [];
      expect([code, module]).toEqual([code, expect.any(String)]);
      expect([...modules, 'request', 'server']).toContain(module);
    }
  });

  it('say in whole sentences what happened and what to do', () => {
    for (const [code, { status, title, help }] of registry.list()) {
      expect([code, status >= 400 && status < 600]).toEqual([code, true]);
      expect([code, /^[A-Z].*[^.]$/.test(title)]).toEqual([code, true]);
      expect([code, /^[A-Z`].*\.$/s.test(help)]).toEqual([code, true]);
    }
  });

  it('are all that the source refuses with', () => {
    const thrown = [...sources.values()].flatMap((text) =>
      [...text.matchAll(/new DomainProblem\(\s*['"`]([^'"`]+)['"`]/g)].map(([, code]) => code!),
    );
    expect(new Set(thrown).size).toBeGreaterThan(20);
    expect(thrown.filter((code) => !registered.includes(code))).toEqual([]);
  });

  it('are each refused with somewhere', () => {
    const whole = [...sources.values()].join('\n');
    const unused = registered.filter((code) => {
      const mentions = whole.split(`'${code}'`).length - 1;
      const definitions = whole.split(`'${code}': {`).length - 1;
      return mentions <= definitions;
    });
    expect(unused).toEqual([]);
  });

  it('are those of docs/reference/problems.md (npm run docs:generate)', () => {
    expect(read('docs/reference/problems.md')).toBe(problemsMarkdown(registry));
  });

  it('are those of docs/reference/openapi.json (npm run docs:generate)', () => {
    const { components } = JSON.parse(read('docs/reference/openapi.json'));
    const types = components.schemas.ProblemType['x-extensible-enum'];
    expect(types).toEqual(registered.map((code) => `/problems/${code}`));
  });
});
