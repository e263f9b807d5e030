import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ED25519, leafHash, openCheckpoint, parsePolicy, writeVerifierKey } from '#verify';
import {
  createWitnessKey,
  openWitnessKey,
  startWitness,
  StateFolder,
  type WitnessKey,
  type WitnessServer,
} from '#witness';
import {
  checkpointText,
  consistencyProof,
  sampleEntries,
  signedNote,
  treeHash,
} from '../../bench/samples/sample-log.js';
import { LOG, noteSigner, ORIGIN } from '../../bench/samples/signers.js';
import { fermata, fermataProcess } from './fermata.js';

// Some cases start processes, and a busy machine starts them slowly.
jest.setTimeout(60_000);

const HASHES = sampleEntries(300).map((entry) => leafHash(entry));
const FORK = sampleEntries(300, 'fork').map((entry) => leafHash(entry));
const ID = createHash('sha256').update(ORIGIN).digest('hex');
const OTHER = noteSigner('other.example/log', '33'.repeat(32), ED25519);
const IMPOSTOR = noteSigner(ORIGIN, '44'.repeat(32), ED25519);

function checkpoint(size: number, hashes: readonly Buffer[] = HASHES): string {
  return signedNote(checkpointText(size, treeHash(hashes.slice(0, size))), [LOG]);
}

function submission(old: number, size: number, hashes: readonly Buffer[] = HASHES): string {
  const proof = old === 0 ? [] : consistencyProof(old, hashes.slice(0, size));
  return bodyOf(old, proof, checkpoint(size, hashes));
}

function bodyOf(old: number | string, proof: readonly Buffer[], note: string): string {
  return [`old ${old}`, ...proof.map((hash) => hash.toString('base64')), '', note].join('\n');
}

interface Answer {
  status: number;
  type: string | null;
  text: string;
}

async function post(url: string, body: string | Buffer): Promise<Answer> {
  const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
  const type = response.headers.get('content-type');
  return { status: response.status, type, text: await response.text() };
}

const folder = mkdtempSync(join(tmpdir(), 'fermata-witness-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a witness', () => {
  let key: WitnessKey;
  let stateFolder: string;
  let state: StateFolder;
  let server: WitnessServer;
  let events: string[];
  let cases = 0;

  async function start(): Promise<void> {
    state = await StateFolder.open(stateFolder, key.verifier);
    events = [];
    server = await startWitness({
      ...{ key, state, logs: [LOG.key], host: '127.0.0.1', port: 0, prefix: '/w' },
      now: () => 1_764_000_000n,
      onEvent: (line) => events.push(line),
    });
  }

  beforeEach(async () => {
    cases += 1;
    stateFolder = join(folder, `state-${cases}`);
    key = await createWitnessKey(join(folder, `key-${cases}`), 'archive.example/witness');
    await start();
  });
  afterEach(() => server.close());

  const add = (body: string | Buffer) => post(server.url, body);

  it('cosigns what follows on what it saw, and shows it', async () => {
    const policy = parsePolicy(
      `log ${LOG.vkey}\nwitness w ${writeVerifierKey(key.verifier)}\nquorum w\n`,
    );
    if (!policy.ok) throw new Error(policy.reason);
    expect((await fetch(`${server.url}/${ID}/checkpoint`)).status).toBe(404);
    for (const [old, size] of [
      [0, 0],
      [0, 3],
      [3, 3],
      [3, 200],
      [200, 300],
    ] as const) {
      const { status, text } = await add(submission(old, size));
      expect([status, text]).toEqual([200, expect.stringMatching(/^— archive\.example\/witness /)]);
      const opened = openCheckpoint(checkpoint(size) + text, policy.value);
      expect(opened).toMatchObject({
        ok: true,
        value: { size: BigInt(size), cosignatures: [{ witness: 'w', time: 1_764_000_000n }] },
      });
      const shown = await fetch(`${server.url}/${ID}/checkpoint`);
      expect(await shown.text()).toBe(checkpoint(size) + text);
    }
  });

  it('answers with the size that it saw where the log believes another', async () => {
    await add(submission(0, 100));
    for (const old of [0, 99]) {
      expect(await add(submission(old, 200))).toEqual({
        status: 409,
        type: 'text/x.tlog.size',
        text: '100\n',
      });
    }
    expect((await add(submission(100, 200))).status).toBe(200);
  });

  it.each([
    [
      404,
      'a log that it does not know',
      () =>
        bodyOf(
          0,
          [],
          signedNote('other.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n', [
            OTHER,
          ]),
        ),
    ],
    [
      403,
      'a checkpoint that another key signed',
      () => bodyOf(0, [], signedNote(checkpointText(9, treeHash(HASHES.slice(0, 9))), [IMPOSTOR])),
    ],
    [403, 'a checkpoint that was changed', () => submission(0, 9).replace('\n9\n', '\n8\n')],
    [400, 'an old size beyond the new one', () => bodyOf(10, [], checkpoint(9))],
    [409, 'an old size that is not its own', () => submission(4, 9)],
    [
      422,
      'a proof that proves something else',
      () => bodyOf(5, consistencyProof(4, HASHES.slice(0, 9)), checkpoint(9)),
    ],
    [422, 'no proof', () => bodyOf(5, [], checkpoint(9))],
    [422, 'a fork', () => submission(5, 9, FORK)],
    [422, 'another root of the same size', () => bodyOf(5, [], checkpoint(5, FORK))],
    [422, 'a proof for the same size', () => bodyOf(5, [HASHES[0]!], checkpoint(5))],
    [
      422,
      'a root of nothing',
      () => bodyOf(0, [], signedNote(checkpointText(0, HASHES[0]!), [LOG])),
    ],
    [400, 'a size with a zero before it', () => bodyOf('05', [], checkpoint(9))],
    [400, 'a size that is none', () => bodyOf('-5', [], checkpoint(9))],
    [400, 'a size beyond 63 bits', () => bodyOf('9223372036854775808', [], checkpoint(9))],
    [400, '64 hashes', () => bodyOf(5, Array<Buffer>(64).fill(HASHES[0]!), checkpoint(9))],
    [400, 'a short hash', () => bodyOf(5, [Buffer.alloc(31)], checkpoint(9))],
    [400, 'no old size', () => checkpoint(9)],
    [400, 'no empty line', () => 'old 5\n'],
    [400, 'nothing', () => ''],
    [400, 'no checkpoint', () => bodyOf(5, [], 'x')],
    [
      400,
      'bytes that are no text',
      () => Buffer.concat([Buffer.from('old 5\n\n'), Buffer.alloc(900, 0xff)]),
    ],
    [413, 'more than a checkpoint can be', () => 'x'.repeat(70_000)],
  ])('answers %d to %s, and saw nothing of it', async (status, _, body) => {
    await add(submission(0, 5));
    const answer = await add(body());
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(/^[^\n]+\n$/);
    expect((await add(submission(5, 9))).status).toBe(200);
  });

  it('asks for no proof before the first size', async () => {
    expect((await add(bodyOf(0, [HASHES[0]!], checkpoint(5)))).status).toBe(422);
  });

  it('has no other addresses', async () => {
    const paths = ['/', '/w', '/add-checkpoint', '/w/add-checkpoint/', `/w/${ID}`, '/w/../lock'];
    for (const path of paths) {
      const response = await fetch(new URL(path, server.url), { method: 'POST', body: 'x' });
      expect(response.status).toBe(404);
    }
    expect((await fetch(`${server.url}/add-checkpoint`)).status).toBe(405);
  });

  it('cosigns one of two forks that come at once, and never the other', async () => {
    for (let old = 0; old < 100; old += 10) {
      const bodies = [
        submission(old, old + 10),
        submission(old, old + 10, forkedFrom(old)),
        submission(old, old + 9),
        submission(old, old + 11, forkedFrom(old)),
      ];
      const answers = await Promise.all(bodies.map(add));
      expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(
        1,
      );
      // Go on from the tree that is HASHES, whichever won: a new witness for each round.
      await server.close();
      stateFolder = `${stateFolder}x`;
      await start();
      if (old + 10 < 100) expect((await add(submission(0, old + 10))).status).toBe(200);
    }
  });

  it('sees after a start what it saw before', async () => {
    await add(submission(0, 100));
    await server.close();
    await start();
    expect((await add(submission(0, 50))).text).toBe('100\n');
    expect((await add(submission(100, 200))).status).toBe(200);
  });

  it('does not start on a file that it did not write', async () => {
    await add(submission(0, 100));
    await server.close();
    const file = join(stateFolder, `${ID}.checkpoint`);
    const kept = readFileSync(file, 'utf8');
    for (const forged of [kept.replace('\n100\n', '\n50\n'), checkpoint(50), '']) {
      writeFileSync(file, forged);
      await expect(start()).rejects.toThrow('is not what was kept there');
    }
    writeFileSync(file, kept);
    await start();
  });

  it('stops cosigning where its folder fails it', async () => {
    await add(submission(0, 100));
    writeFileSync(join(stateFolder, 'lock'), '1 another\n');
    const answer = await add(submission(100, 200));
    expect([answer.status, answer.text]).toEqual([503, 'the witness can’t cosign at present\n']);
    expect(events.at(-1)).toMatch(/another process took the folder/);
    expect((await add(submission(100, 200))).status).toBe(503);
    expect((await add(submission(0, 200))).text).toBe('100\n');
  });

  it('lets no second process use its folder', async () => {
    writeFileSync(join(stateFolder, 'lock'), `${process.ppid} x\n`);
    await expect(StateFolder.open(stateFolder, key.verifier)).rejects.toThrow(
      'Another witness uses',
    );
  });

  it('waits for nobody who sends slowly, and outlives who breaks off', async () => {
    const { port, hostname } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write('POST /w/add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nold 0\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    expect((await add(submission(0, 9))).status).toBe(200);
  });
});

/** The first `from` leaves of the log, and from there on others. */
function forkedFrom(from: number): Buffer[] {
  return [...HASHES.slice(0, from), ...FORK.slice(from)];
}

describe('fermata witness', () => {
  const running: ChildProcess[] = [];
  afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')));

  const keyFile = join(folder, 'cli.key');
  const policyFile = join(folder, 'policy');
  const serveArgs = [
    ...['witness', '--key', keyFile, '--policy', policyFile],
    ...['--state', join(folder, 'cli-state'), '--port', '0'],
  ];

  async function serve(): Promise<{ url: string; child: ChildProcess }> {
    const child = fermataProcess(serveArgs);
    running.push(child);
    const url = await new Promise<string>((resolve) => {
      child.stdout!.on('data', (piece: Buffer) => resolve(piece.toString().trim()));
    });
    return { url, child };
  }

  it('makes a key that only its owner reads, once', async () => {
    const args = ['witness', 'init', '--name', 'archive.example/w', '--key', keyFile];
    const made = await fermata(args);
    expect([made.code, made.out]).toEqual([0, expect.stringMatching(/^archive\.example\/w\+/)]);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const { verifier } = await openWitnessKey(keyFile);
    expect(made.out).toBe(`${writeVerifierKey(verifier)}\n`);
    const again = await fermata(args);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('there already')]);
  });

  it('still knows the last size after it was killed', async () => {
    writeFileSync(policyFile, `log ${LOG.vkey}\nquorum none\n`);
    const first = await serve();
    expect((await post(first.url, submission(0, 100))).status).toBe(200);
    const second = await fermata(serveArgs);
    expect([second.code, second.err]).toEqual([3, expect.stringContaining('Another witness uses')]);
    // Killed amid submissions: what it cosigned, it must know afterwards.
    const rush = [];
    for (let size = 101; size < 130; size += 1) {
      rush.push(post(first.url, submission(100, size)).catch(() => null));
    }
    await rush[3];
    first.child.kill('SIGKILL');
    const cosigned = (await Promise.all(rush)).findIndex((answer) => answer?.status === 200);
    const { url, child } = await serve();
    const { text } = await post(url, submission(0, 100));
    expect(cosigned).toBeGreaterThanOrEqual(0);
    expect(text).toBe(`${101 + cosigned}\n`);
    child.kill('SIGTERM');
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, readdirSync(join(folder, 'cli-state'))]).toEqual([0, [`${ID}.checkpoint`]]);
  });
});
