import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { runVerify } from '#offline';
import { cutReceipt, leafHash, writeProofFile, writeReceipt } from '#verify';
import {
  auditPath,
  entryBytes,
  logFiles,
  sampleEntries,
  treeHash,
} from '../../bench/samples/sample-log.js';
import {
  answerText,
  jwksText,
  RECEIPT_SEED,
  sampleAnswer,
} from '../../bench/samples/sample-receipts.js';
import { LOG, ORIGIN, POLICY_TEXT } from '../../bench/samples/signers.js';
import { fermata } from './fermata.js';

// Compiling, packing and installing take seconds, and more on a busy machine.
jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'fermata-package-'));
const installed = join(folder, 'empty', 'node_modules', 'fermata-verify');
const ENTRIES = sampleEntries(300);
const HASHES = ENTRIES.map((entry) => leafHash(entry));
const OLD = { size: 100, root: treeHash(HASHES.slice(0, 100)), origin: ORIGIN };
const ROOT = treeHash(HASHES).toString('base64');

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the same command line within this process, which is sooner done. Files stand in the folder. */
async function verify(args: readonly string[]): Promise<Ran> {
  const ran: Ran = { code: null, out: '', err: '' };
  const out = jest.spyOn(process.stdout, 'write');
  const err = jest.spyOn(process.stderr, 'write');
  out.mockImplementation((piece) => (ran.out += String(piece)) !== '');
  err.mockImplementation((piece) => (ran.err += String(piece)) !== '');
  try {
    ran.code = await runVerify([args[0]!, ...args.slice(1).map(inFolder)]);
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
  return ran;
}

function inFolder(arg: string): string {
  return existsSync(join(folder, arg)) ? join(folder, arg) : arg;
}

/** Runs the installed command as a process. */
function installedVerify(args: readonly string[], input = ''): Promise<Ran> {
  const child = spawn(process.execPath, [join(installed, 'bin/fermata-verify.js'), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
  });
  const ran: Ran = { code: null, out: '', err: '' };
  child.stdout.on('data', (piece: Buffer) => (ran.out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (ran.err += piece.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ran, code })));
}

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

function writeLog(name: string, entries: readonly Buffer[], change: Record<string, Buffer> = {}) {
  const files = new Map([...logFiles(entries), ...Object.entries(change)]);
  for (const [path, bytes] of files) write(join(name, path), bytes);
}

beforeAll(() => {
  const pack = spawnSync(
    process.execPath,
    ['scripts/pack-verify.mjs', join(folder, 'build', 'fermata-verify')],
    { encoding: 'utf8' },
  );
  expect([pack.status, pack.stderr]).toEqual([0, '']);
  mkdirSync(join(folder, 'empty'));
  const npm = ['install', '--offline', '--no-audit', '--no-fund', pack.stdout.trim()];
  const install = spawnSync('npm', npm, { cwd: join(folder, 'empty'), encoding: 'utf8' });
  expect([install.status, install.stderr]).toEqual([0, '']);

  const answer = sampleAnswer(7, OLD);
  const cut = cutReceipt(answer, 3);
  const receipt = cut.ok ? writeReceipt(cut.value) : cut;
  const checkpoint = logFiles(ENTRIES).get('checkpoint')!.toString();
  const proof = { index: 12n, proof: auditPath(12, HASHES), checkpoint };
  write('receipt.json', receipt.ok ? receipt.value : '');
  write('answer.json', answerText(answer));
  write('answer.ndjson', answerText(answer, 'ndjson'));
  write('single.json', answerText(sampleAnswer(1, OLD), 'single'));
  write('forged.json', answerText(answer).replace('"denied"', '"permitted"'));
  write('jwks.json', jwksText(RECEIPT_SEED));
  write('others.json', jwksText('11'.repeat(32)));
  write('policy', POLICY_TEXT);
  write('leaf', ENTRIES[12]!);
  write(
    'leaf.json',
    JSON.stringify({ index: 12, entry: JSON.parse(String(ENTRIES[12])) }, null, 2),
  );
  write('leaf-13', ENTRIES[13]!);
  write('a.tlog-proof', writeProofFile({ ...proof, extra: null }));
  write('b.tlog-proof', writeProofFile({ ...proof, extra: ENTRIES[12]! }));
  writeLog('log', ENTRIES);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package fermata-verify', () => {
  it('depends on nothing but Node', () => {
    const packages = readdirSync(join(folder, 'empty', 'node_modules'));
    expect(packages.filter((name) => !name.startsWith('.'))).toEqual(['fermata-verify']);
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(manifest.dependencies).toEqual({});
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    const imports = files
      .filter((name) => name.endsWith('.js'))
      .flatMap((name) => [
        ...readFileSync(join(installed, name), 'utf8').matchAll(
          /^(?:import|export) (?:[^;]*? from )?'([^']+)'|\bimport\('([^']+)'\)/gm,
        ),
      ])
      .map(([, fixed, dynamic]) => fixed ?? dynamic!);
    expect(imports.length).toBeGreaterThan(50);
    const foreign = imports.filter(
      (name) => !name.startsWith('./') && !name.startsWith('../') && name !== '#verify',
    );
    expect(foreign.filter((name) => !name.startsWith('node:') || !isBuiltin(name))).toEqual([]);
    const pure = files.filter((name) => /^verify\/.*\.js$/.test(name));
    for (const name of pure) {
      const text = readFileSync(join(installed, name), 'utf8');
      expect(text).not.toMatch(/from 'node:(?!crypto')/);
    }
  });

  it('is a library with types, too', () => {
    const script = `import { parseReceipt, verifyReceipt, parseJwks } from 'fermata-verify';
      import { readFileSync } from 'node:fs';
      const keys = parseJwks(readFileSync('../jwks.json'));
      const receipt = parseReceipt(readFileSync('../receipt.json'));
      process.stdout.write(String(verifyReceipt(receipt.value, keys.value).ok));`;
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: join(folder, 'empty'),
      encoding: 'utf8',
    });
    expect([ran.stdout, ran.stderr]).toEqual(['true', '']);
    expect(readFileSync(join(installed, 'verify/index.d.ts'), 'utf8')).toContain('verifyReceipt');
  });
});

describe('fermata-verify cut', () => {
  it('cuts the receipt of one item, which then verifies by itself', async () => {
    const cut = await verify(['cut', 'answer.json', '--index', '3']);
    expect([cut.code, cut.out.trim()]).toEqual([
      0,
      readFileSync(join(folder, 'receipt.json'), 'utf8'),
    ]);
    const single = ['cut', 'single.json', '-o', join(folder, 'cut.json')];
    expect((await verify(single)).code).toBe(0);
    expect((await verify(['receipt', 'cut.json', '--keys', 'jwks.json'])).code).toBe(0);
  });

  it.each<[string[], number]>([
    [['cut', 'answer.json'], 2],
    [['cut', 'answer.json', '--index', '7'], 2],
    [['cut', 'answer.json', '--index=-1'], 2],
    [['cut', 'answer.json', '--index', '99999999999999999999'], 2],
    [['cut', 'leaf.json'], 1],
    [['cut', 'absent.json'], 3],
    [['cut', 'single.json', '-o', 'no/such/folder'], 3],
  ])('refuses %j with %i', async (args, code) => {
    expect((await verify(args)).code).toBe(code);
  });
});

describe('fermata-verify receipt', () => {
  it('says with its exit code whether it verifies', async () => {
    const keys = ['--keys', 'jwks.json'];
    const good = await installedVerify(['receipt', 'receipt.json', ...keys]);
    expect([good.code, good.err]).toEqual([0, '']);
    expect(good.out).toContain('Verifies: item 3');
    const bad = await installedVerify(['receipt', 'forged.json', ...keys]);
    expect([bad.code, bad.out, bad.err]).toEqual([1, '', expect.stringMatching(/^Does not/)]);
    const wrong = await installedVerify(['receipt']);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('Usage:')]);
    const gone = await installedVerify(['receipt', 'gone.json', ...keys]);
    expect([gone.code, gone.out]).toEqual([3, '']);
  });

  it.each([
    ['receipt.json', 'item 3 of an answer with 7'],
    ['answer.json', '7 items of an answer with 7'],
    ['answer.ndjson', '7 items of an answer with 7'],
    ['single.json', 'item 0 of an answer with 1'],
  ])('verifies %s', async (file, says) => {
    const { code, out, err } = await verify(['receipt', file, '--keys', 'jwks.json']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`Verifies: ${says}.`);
    expect(out).toContain('as of      2025-11-24T16:00:00.000Z');
  });

  it('verifies one item of standard input against the log, and tells it as JSON', async () => {
    const args = ['receipt', '-', '--item', '3', '--keys', 'jwks.json'];
    const log = ['--log', 'log', '--policy', 'policy', '--json'];
    const input = readFileSync(join(folder, 'answer.json'), 'utf8');
    const { code, out } = await installedVerify([...args, ...log], input);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      verifies: true,
      checkedLog: true,
      receipt: { log: { size: 100 } },
      items: [{ index: 3, leaves: [3] }],
    });
  });

  it.each([
    [['forged.json'], 'are not those that were signed'],
    [['forged.json', '--item', '6'], 'are not those that were signed'],
    [['policy'], 'unreadable'],
    [['receipt.json', '--log', 'forked', '--policy', 'policy'], 'another root for size 100'],
    [['receipt.json', '--log', 'unsigned', '--policy', 'policy'], 'the quorum “w1” is not reached'],
  ])('does not verify %j', async (args, reason) => {
    writeLog('forked', [entryBytes({ v: 1 }), ...ENTRIES.slice(1)]);
    writeLog('unsigned', ENTRIES, { checkpoint: logFiles(ENTRIES, [LOG]).get('checkpoint')! });
    const { code, out, err } = await verify(['receipt', ...args, '--keys', 'jwks.json']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^Does not verify: /);
    expect(err).toContain(reason);
  });

  it('does not verify what a key signed that is not pinned', async () => {
    const ran = await verify(['receipt', 'receipt.json', '--keys', 'others.json', '--json']);
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.out)).toEqual({
      verifies: false,
      reason: expect.stringContaining('is not in the pinned key set'),
    });
  });

  it.each([
    [['receipt'], 'takes one file'],
    [['receipt', 'receipt.json'], 'needs --keys'],
    [['receipt', 'receipt.json', '--keys', 'policy'], 'is no key set'],
    [['receipt', 'receipt.json', '--keys', 'jwks.json', '--item', '2'], 'is of item 3'],
    [['receipt', 'answer.json', '--keys', 'jwks.json', '--item', '7'], 'has items 0 to 6'],
    [['receipt', 'answer.json', '--keys', 'jwks.json', '--log', 'log'], '--log and --policy'],
    [['receipt', 'answer.json', '--keys', 'jwks.json', '--root', 'x'], 'no option --root'],
    [['reciept', 'x'], 'receipt, proof or log'],
    [['log', 'ftp://x', '--policy', 'policy'], 'http or https address'],
    [['log', 'log', '--policy', 'policy', '--from', '1'], '--from and --root together'],
    [['proof', 'a.tlog-proof', '--policy', 'policy'], 'name it with --leaf'],
    [['proof', 'a.tlog-proof', '--policy', 'jwks.json'], 'is no policy'],
  ])('calls %j wrong use', async (args, sentence) => {
    const { code, out, err } = await verify(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
  });

  it.each([
    [['receipt', 'gone.json', '--keys', 'jwks.json'], 'there is no such file'],
    [['log', 'no-folder', '--policy', 'policy'], 'is no folder with a log'],
    [['log', 'empty', '--policy', 'policy'], 'There is no checkpoint'],
    [['log', 'http://127.0.0.1:1/log', '--policy', 'policy'], 'The log can’t be read: checkpoint'],
  ])('gives no verdict on %j', async (args, sentence) => {
    const { code, out, err } = await verify(args);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(sentence);
  });
});

describe('fermata-verify proof', () => {
  it.each([
    ['a.tlog-proof', '--leaf', 'leaf'],
    ['a.tlog-proof', '--leaf', 'leaf.json'],
    ['b.tlog-proof'],
  ])('verifies %s %s %s', async (...args) => {
    const { code, out } = await verify(['proof', ...args, '--policy', 'policy']);
    expect(code).toBe(0);
    expect(out).toContain('Verifies: leaf 12 of the log registry.example/log of 300 leaves');
    expect(out).toContain(String(ENTRIES[12]));
  });

  it('does not verify another leaf', async () => {
    const args = ['proof', 'a.tlog-proof', '--leaf', 'leaf-13', '--policy', 'policy'];
    const { code, err } = await verify(args);
    expect([code, err]).toEqual([1, expect.stringContaining('leads to another root')]);
  });
});

describe('fermata-verify log', () => {
  const servers: Server[] = [];
  afterAll(() => servers.forEach((server) => server.close()));

  it('reads a folder from the first leaf, with progress beside the verdict', async () => {
    const { code, out, err } = await installedVerify(['log', 'log', '--policy', 'policy']);
    expect(code).toBe(0);
    expect(out).toContain('every leaf from the first, in 7 streams');
    expect(out).toContain(`root ${ROOT}`);
    expect(err).toContain('100 % (300 of 300 leaves)');
  });

  it('goes on from a size and root that were verified before', async () => {
    const args = ['log', 'log', '--policy', 'policy', '--from', '100', '--root'];
    const good = await verify([...args, OLD.root.toString('base64'), '-q']);
    expect([good.code, good.err]).toEqual([0, '']);
    expect(good.out).toContain('every leaf from index 100');
    const forked = await verify([...args, ROOT]);
    expect([forked.code, forked.err]).toEqual([1, expect.stringContaining('it was forked')]);
  });

  it.each([
    [entryBytes({ ...JSON.parse(String(ENTRIES[40])), n: 9 }), 'leaf 40 of the stream'],
    [entryBytes({ ...JSON.parse(String(ENTRIES[40])), t: 1 }), 'leaf 40 is of an earlier time'],
    [Buffer.from('no JSON'), 'leaf 40: '],
  ])(
    'does not verify a log that contradicts itself, though it is signed: %#',
    async (leaf, why) => {
      writeLog('odd', ENTRIES.with(40, leaf));
      const { code, err } = await verify(['log', 'odd', '--policy', 'policy']);
      expect([code, err]).toEqual([1, expect.stringContaining(why)]);
    },
  );

  it('reads a log from its address, and tells a fault of the server from one of the log', async () => {
    const files = logFiles(ENTRIES);
    let failing = '';
    const server = createServer(({ url = '' }, response) => {
      const path = url.slice('/log/'.length);
      const status = path === failing ? 500 : files.has(path) ? 200 : 404;
      response.writeHead(status).end(files.get(path));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log/`;
    expect((await verify(['log', address, '--policy', 'policy'])).code).toBe(0);
    failing = 'tile/entries/000';
    const failed = await verify(['log', address, '--policy', 'policy']);
    expect([failed.code, failed.err]).toEqual([3, expect.stringContaining('answered 500')]);
    files.delete('tile/entries/001.p/44');
    failing = '';
    const missing = await verify(['log', address, '--policy', 'policy']);
    expect([missing.code, missing.err]).toEqual([
      1,
      expect.stringContaining('has no tile/entries'),
    ]);
  });
});

describe('fermata verify', () => {
  const run = (...args: string[]) => fermata(args.map(inFolder));

  it('is the same code', async () => {
    const bad = await run('verify', 'receipt', 'forged.json', '--keys', 'jwks.json');
    expect([bad.code, bad.err]).toEqual([1, expect.stringContaining('Does not verify')]);
    const gone = await run('verify', 'receipt', 'gone.json', '--keys', 'jwks.json');
    expect([gone.code, gone.err]).toEqual([3, expect.stringContaining('no such file')]);
  });
});
