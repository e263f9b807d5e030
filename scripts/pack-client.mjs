/**
 * `npm run pack:client [-- FOLDER]`: makes the package `fermata-client` (default: build/fermata-client)
 * and its tarball beside it: the client, the verifier that it checks receipts with, readers of identifiers, types, and
 * openapi-fetch bundled in the version that our tests ran with.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = resolve(process.argv[2] ?? join(root, 'build', 'fermata-client'));
const { version, engines, dependencies } = readJson('package.json');
const bundled = ['openapi-fetch', 'openapi-typescript-helpers'];

const MANIFEST = {
  name: 'fermata-client',
  version,
  description: 'Asks a Fermata registry what may be done with works: typed, failing closed.',
  type: 'module',
  engines,
  exports: {
    '.': { types: './client/index.d.ts', default: './client/index.js' },
    './package.json': './package.json',
  },
  types: './client/index.d.ts',
  imports: { '#*': './*/index.js' },
  files: ['client', 'identifiers', 'verify'],
  dependencies: { 'openapi-fetch': dependencies['openapi-fetch'] },
  bundleDependencies: ['openapi-fetch'],
};

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
run(process.execPath, [tsc, '-p', join(root, 'tsconfig.client.json'), '--outDir', folder], root);
for (const name of bundled) {
  const target = join(folder, 'node_modules', name);
  cpSync(join(root, 'node_modules', name), target, { recursive: true });
}
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(MANIFEST, null, 2)}\n`);
cpSync(join(root, 'src', 'client', 'README.md'), join(folder, 'README.md'));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
run(npm, ['pack', '--silent', '--pack-destination', dirname(folder)], folder);
process.stdout.write(`${join(dirname(folder), `${MANIFEST.name}-${version}.tgz`)}\n`);

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

function run(file, args, cwd) {
  const ran = spawnSync(file, args, { cwd, encoding: 'utf8', shell: file.endsWith('.cmd') });
  if (ran.status === 0) return;
  process.stderr.write(`${ran.stdout ?? ''}${ran.stderr ?? ''}${ran.error?.message ?? ''}\n`);
  process.exit(1);
}
