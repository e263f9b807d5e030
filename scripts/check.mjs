/**
 * Every check that is not a test, the same for people (`npm run check`) and for `.ci/run`: one line
 * each, with the check's output only where it fails. `npm run check -- lint format` runs those two;
 * `-- --beside-tests` all but those that are tests, one at a time.
 */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const module = (path, ...args) => [process.execPath, `node_modules/${path}`, ...args];
const jest = (...patterns) => [
  process.execPath,
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
  ...patterns,
];

/** The slow ones first, so that two at a time end soonest. */
const CHECKS = {
  types: module('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'),
  migrations: jest('test/db/(migrations|schema-drift|append-only)\\.spec\\.ts'),
  lint: module('oxlint/bin/oxlint'),
  format: module('prettier/bin/prettier.cjs', '--check', '.'),
  levels: module(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ...['--config', '.dependency-cruiser.cjs', 'src', 'migrations'],
  ),
  'dead code': module('knip/bin/knip.js', '--no-progress'),
  'lock file': ['npm', 'ci', '--dry-run', '--ignore-scripts', '--prefer-offline'],
};
/** Run by `npm test`, too. */
const TESTS = ['migrations'];

const isBeside = process.argv[2] === '--beside-tests';
const AT_ONCE = isBeside ? 1 : 2;

const wanted = isBeside ? names().filter((name) => !TESTS.includes(name)) : process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(CHECKS, name));
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}; there are: ${names().join(', ')}.`);
  process.exit(2);
}

const queue = wanted.length > 0 ? wanted : names();
const results = [];
await Promise.all(Array.from({ length: AT_ONCE }, takeFromQueue));

const failed = results.filter((passed) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function names() {
  return Object.keys(CHECKS);
}

async function takeFromQueue() {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const startedAt = performance.now();
    const { passed, output } = await run(CHECKS[name]);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${passed ? 'ok' : 'FAILED'} ${name} (${seconds} s)`);
    if (!passed) console.log(output.trimEnd().replace(/^/gm, '  '));
    results.push(passed);
  }
}

function run([file, ...args]) {
  return new Promise((done) => {
    const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => done({ passed: false, output: error.message }));
    child.on('close', (code) => done({ passed: code === 0, output }));
  });
}
