/**
 * `npm run pack:verify [-- FOLDER]`: makes the package `fermata-verify` (default: build/fermata-verify)
 * and its tarball beside it: the verifier, its command, types, and nothing else.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = resolve(process.argv[2] ?? join(root, 'build', 'fermata-verify'));
const { version, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const BIN = `#!/usr/bin/env node
import { runVerify } from '../offline/index.js';

process.exitCode = await runVerify(process.argv.slice(2));
`;

const MANIFEST = {
  name: 'fermata-verify',
  version,
  description:
    'Checks receipts, proofs and the log of a Fermata registry offline. Depends on nothing but Node.',
  type: 'module',
  engines,
  bin: { 'fermata-verify': 'bin/fermata-verify.js' },
  exports: {
    '.': { types: './verify/index.d.ts', default: './verify/index.js' },
    './offline': { types: './offline/index.d.ts', default: './offline/index.js' },
    './package.json': './package.json',
  },
  types: './verify/index.d.ts',
  imports: { '#*': './*/index.js' },
  files: ['bin', 'offline', 'verify'],
  dependencies: {},
};

rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, 'bin'), { recursive: true });
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
run(process.execPath, [tsc, '-p', join(root, 'tsconfig.verify.json'), '--outDir', folder], root);
writeFileSync(join(folder, 'bin', 'fermata-verify.js'), BIN, { mode: 0o755 });
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(MANIFEST, null, 2)}\n`);
cpSync(join(root, 'src', 'offline', 'README.md'), join(folder, 'README.md'));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
run(npm, ['pack', '--silent', '--pack-destination', dirname(folder)], folder);
process.stdout.write(`${join(dirname(folder), `${MANIFEST.name}-${version}.tgz`)}\n`);

function run(file, args, cwd) {
  const ran = spawnSync(file, args, { cwd, encoding: 'utf8', shell: file.endsWith('.cmd') });
  if (ran.status === 0) return;
  process.stderr.write(`${ran.stdout ?? ''}${ran.stderr ?? ''}${ran.error?.message ?? ''}\n`);
  process.exit(1);
}
