import { readFileSync } from 'node:fs';

/** The version of this software, as package.json has it. */
export function version(): string {
  // From src/cli it is two folders up, from dist/src/cli three.
  const up = import.meta.url.includes('/dist/src/') ? '../../../' : '../../';
  const text = readFileSync(new URL(`${up}package.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
