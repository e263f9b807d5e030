#!/usr/bin/env node
import { existsSync } from 'node:fs';
import process from 'node:process';

// What Node calls experimental is no news to the person at the terminal.
const warn = process.emitWarning.bind(process);
process.emitWarning = (warning, ...rest) => {
  const name = typeof rest[0] === 'object' ? rest[0]?.type : rest[0];
  if (name !== 'ExperimentalWarning') warn(warning, ...rest);
};

const program = new URL('../dist/src/cli.js', import.meta.url);
if (existsSync(program)) {
  await import(program.href);
} else {
  process.stderr.write('fermata is not built yet: run `npm start` or `npm run build` first.\n');
  process.exitCode = 3;
}
