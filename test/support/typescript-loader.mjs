/**
 * Lets plain Node import the project's TypeScript, in the same way as jest does for specs: `.js` in an
 * import means the `.ts` beside it, `#name` means `src/name/index.ts`, and swc takes the types off.
 * For what runs outside of a spec: jest's global set-up, and processes that a spec starts.
 */
import { transform } from '@swc/core';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import jest from '../../jest.config.js';

const root = new URL('../../', import.meta.url).href;
const [, swc] = Object.values(jest.transform)[0];

export function resolve(specifier, context, next) {
  const fromUs =
    context.parentURL?.startsWith(root) && !context.parentURL.includes('/node_modules/');
  if (fromUs && specifier.startsWith('#')) {
    return next(new URL(`src/${specifier.slice(1)}/index.ts`, root).href, context);
  }
  if (fromUs && specifier.startsWith('.') && specifier.endsWith('.js')) {
    const typescript = new URL(`${specifier.slice(0, -3)}.ts`, context.parentURL);
    if (existsSync(typescript)) return next(typescript.href, context);
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.startsWith(root) || !url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), {
    ...swc,
    filename,
    swcrc: false,
    configFile: false,
  });
  return { format: 'module', source: code, shortCircuit: true };
}
