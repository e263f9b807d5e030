/**
 * Makes a checkout ready to run: installs the packages that package-lock.json names and builds `dist`, each only
 * when needed. Runs before `npm start` and `npm test`; `--rebuild` builds in any case, `--packages`
 * in none.
 *
 * Depends on nothing but Node, and keeps to syntax that old versions can read, so that they get the
 * sentence about the version instead of a syntax error.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => join(root, ...parts);

/** Beside neither node_modules nor dist: installing and building remove those. */
const LOCK = inRoot('.data', 'bootstrap.lock');
const STAMP = inRoot('dist', '.built-from');
const FOLDERS_BUILT = ['src', 'migrations', 'bench'];
const FILES_BUILT = /^(?:tsconfig.*\.json|nest-cli\.json|package-lock\.json)$/;

const running = new Set();

/** A step that failed for a reason the user can act on; shown without a stack. */
class BootstrapProblem extends Error {}

main().catch((error) => {
  console.error(error instanceof BootstrapProblem ? error.message : error);
  process.exitCode = 1;
});

async function main() {
  refuseOldNode();
  const rebuild = process.argv.includes('--rebuild');
  const isBuilt = () => process.argv.includes('--packages') || (!rebuild && buildIsCurrent());
  if (packagesAreInstalled() && isBuilt()) return;
  const release = await takeLock();
  try {
    // Another process may have done it all while this one waited.
    if (!packagesAreInstalled()) await step('installing packages', install);
    if (!isBuilt()) await step('building', build);
  } finally {
    release();
  }
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new BootstrapProblem(
    `Fermata needs Node 20.19 or newer and this is ${process.versions.node}; install Node 24 from https://nodejs.org and start again.`,
  );
}

/** Compares what the lock file wants with what npm noted down after its last installation. */
function packagesAreInstalled() {
  const wanted = readPackages(inRoot('package-lock.json'));
  const found = readPackages(inRoot('node_modules', '.package-lock.json'));
  if (wanted === null) {
    throw new BootstrapProblem(
      'package-lock.json is missing or damaged; restore it with: git checkout package-lock.json',
    );
  }
  if (found === null) return false;
  delete wanted[''];
  const complete = Object.keys(wanted).every((path) => {
    // npm leaves out the optional packages that are made for other machines.
    if (found[path] === undefined) return wanted[path].optional === true;
    return (
      found[path].version === wanted[path].version &&
      found[path].integrity === wanted[path].integrity
    );
  });
  return complete && Object.keys(found).every((path) => wanted[path] !== undefined);
}

function readPackages(path) {
  try {
    return JSON.parse(fs.readFileSync(path, 'utf8')).packages || null;
  } catch {
    return null;
  }
}

async function install() {
  // The build needs the development packages, also where NODE_ENV says production.
  const quick = ['--no-audit', '--no-fund', '--prefer-offline'];
  const ci = await npm(['ci', '--include=dev', ...quick]);
  if (ci.exitCode === 0) return;
  if (!/EUSAGE/.test(ci.output)) throw failed('npm ci', ci.output);
  // A registry copy that lags behind lacks packages that the lock file names (for other systems, mostly).
  process.stdout.write('npm ci refuses the lock file, trying npm install … ');
  const plain = await npm(['install', '--include=dev', ...quick]);
  if (plain.exitCode !== 0) throw failed('npm install', plain.output);
}

function npm(args) {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) return run(process.execPath, [script, ...args]);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

/**
 * The stamp holds what was there before the build began: a file saved meanwhile makes the next start
 * build again, and so does a build that failed or was interrupted, because it leaves no stamp. Types
 * are not checked here (`noCheck`), which takes a third of it and is one of the checks.
 */
async function build() {
  const fingerprint = fingerprintSources();
  fs.rmSync(STAMP, { force: true });
  const nest = inRoot('node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const built = await run(process.execPath, [nest, 'build', '-p', 'tsconfig.build.json']);
  if (built.exitCode !== 0) throw failed('The build', built.output);
  copyAssets();
  fs.writeFileSync(STAMP, fingerprint);
}

function buildIsCurrent() {
  try {
    return fs.readFileSync(STAMP, 'utf8') === fingerprintSources();
  } catch {
    return false;
  }
}

/** Paths, sizes and times instead of contents: also sees a removed file, and takes milliseconds. */
function fingerprintSources() {
  const files = fs.readdirSync(root).filter((name) => FILES_BUILT.test(name));
  for (const folder of FOLDERS_BUILT) files.push(...listFiles(folder));
  const hash = createHash('sha256');
  for (const file of files.filter((name) => !name.endsWith('.spec.ts')).sort()) {
    const { size, mtimeMs } = fs.statSync(inRoot(file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Templates, styles, scripts and pictures stand beside the code that serves them; the compiler leaves them. */
function copyAssets() {
  for (const file of listFiles('src')) {
    if (extname(file) === '.ts') continue;
    fs.mkdirSync(inRoot('dist', dirname(file)), { recursive: true });
    fs.copyFileSync(inRoot(file), inRoot('dist', file));
  }
}

function listFiles(folder) {
  const found = [];
  let entries = [];
  try {
    entries = fs.readdirSync(inRoot(folder), { withFileTypes: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...listFiles(path));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

async function step(name, work) {
  const startedAt = Date.now();
  process.stdout.write(`${name} … `);
  try {
    await work();
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
  process.stdout.write(`${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

function failed(what, output) {
  const hint =
    what === 'The build'
      ? 'correct what it names and start again'
      : 'check the network and the free space of the disk, and start again';
  return new BootstrapProblem(`${output.trim()}\n\n${what} failed: ${hint}.`);
}

/** Runs a program in the project and keeps its output, which is shown only when it fails. */
function run(file, args) {
  return new Promise((done) => {
    const child = spawn(file, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: file.endsWith('.cmd'),
    });
    running.add(child);
    let output = '';
    const collect = (chunk) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => done({ exitCode: 1, output: error.message }));
    child.on('close', (exitCode) => {
      running.delete(child);
      done({ exitCode: exitCode === null ? 1 : exitCode, output });
    });
  });
}

/** A folder is made or not in one step, on every file system; inside it stands who made it. */
async function takeLock() {
  makeFolder(dirname(LOCK));
  let told = false;
  while (!makeLock()) {
    const holder = findLiveHolder(LOCK);
    if (holder === null) {
      removeStaleLock();
      continue;
    }
    if (!told) console.log(`waiting for process ${holder}, which is installing or building …`);
    told = true;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  let held = true;
  const release = () => {
    if (held) fs.rmSync(LOCK, { recursive: true, force: true });
    held = false;
  };
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  process.once('exit', () => {
    // What goes on without the lock could meet the next one's installation.
    for (const child of running) child.kill();
    release();
  });
  return release;
}

function makeLock() {
  try {
    fs.mkdirSync(LOCK);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw new BootstrapProblem(
      `The folder ${root} cannot be written (${error.code}); make it writable for this user or copy it to a folder that is.`,
    );
  }
  fs.writeFileSync(join(LOCK, 'holder'), `${process.pid} ${startOf(process.pid)}`);
  return true;
}

/** Null when nobody alive holds it; a lock without a name is young, or was left in that very moment. */
function findLiveHolder(lock) {
  try {
    const [pid, start] = fs.readFileSync(join(lock, 'holder'), 'utf8').split(' ');
    if (pid && start && startOf(Number(pid)) !== start) return null;
    if (pid && start) return pid;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const stat = fs.statSync(lock, { throwIfNoEntry: false });
  return stat && Date.now() - stat.mtimeMs < 5000 ? '(starting)' : null;
}

/** Moves it away first: the slower of two would otherwise remove the fresh lock of the faster. */
function removeStaleLock() {
  const away = `${LOCK}.${process.pid}`;
  try {
    fs.renameSync(LOCK, away);
    if (findLiveHolder(away) !== null) fs.renameSync(away, LOCK);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') {
      throw error;
    }
  }
  fs.rmSync(away, { recursive: true, force: true });
}

/** When a process began, so that a number given away again is not taken for its former bearer. */
function startOf(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return 'gone';
  }
  if (process.platform === 'linux') {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    } catch {
      return 'alive';
    }
  }
  const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return ps.status === 0 ? ps.stdout.trim().replace(/\s+/g, '_') : 'alive';
}

/** What root makes lets other users pass: the one who runs PostgreSQL needs to reach the data inside. */
function makeFolder(folder) {
  try {
    if (fs.mkdirSync(folder, { recursive: true }) && process.getuid && process.getuid() === 0) {
      fs.chmodSync(folder, 0o711);
    }
  } catch (error) {
    throw new BootstrapProblem(
      `The folder ${folder} cannot be written (${error.code}); make it writable for this user or copy the project to a folder that is.`,
    );
  }
}
