import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A busy machine starts processes slowly, and a killed PostgreSQL repairs its data first. */
const START_TIMEOUT_MS = 60_000;
const MAIN = resolve('dist/src/main.js');

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

const scratches: string[] = [];
const servers = new Set<ServerProcess>();

/** A folder for data that PostgreSQL's own user can pass; `removeAll` takes it away. */
export function newScratch(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fermata-serve-')));
  chmodSync(folder, 0o755);
  scratches.push(folder);
  return folder;
}

/** Ends what still runs, of the servers and in the folders, and removes the folders. */
export async function removeAll(): Promise<void> {
  for (const server of servers) await server.kill();
  for (const folder of scratches.splice(0)) {
    for (const pid of postgresIn(folder)) signal(pid, 'SIGKILL');
    await eventually(() => postgresIn(folder).length === 0);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The built server as a process of its own, with no settings but the given. */
export class ServerProcess {
  out = '';
  err = '';
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;

  constructor(settings: Record<string, string>, args: readonly string[] = []) {
    const nodeOptions = settings['TEST_NODE_ARGUMENTS']?.split(' ') ?? [];
    this.child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', ...nodeOptions, MAIN, ...args],
      {
        env: { PATH: process.env['PATH'], HOME: tmpdir(), PORT: '0', ...settings },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.child.stdout!.on('data', (piece: Buffer) => (this.out += piece.toString()));
    this.child.stderr!.on('data', (piece: Buffer) => (this.err += piece.toString()));
    servers.add(this);
    this.exited = once(this.child, 'close').then(([code, by]) => {
      servers.delete(this);
      return { code, signal: by, out: this.out, err: this.err };
    });
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Where it is open, as it says itself. */
  get url(): string {
    return /open at (\S+)/.exec(this.out)![1]!;
  }

  get hasEnded(): boolean {
    return !servers.has(this);
  }

  /** Waits until it has said something; fails with all it said when it ends before. */
  async says(words: RegExp): Promise<this> {
    const matched = await eventually(() => words.test(this.out) || this.hasEnded, START_TIMEOUT_MS);
    if (!matched || !words.test(this.out)) {
      throw new Error(`the server did not say ${words}:\n${this.out}\n${this.err}`);
    }
    return this;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Stops reading what it says, like a terminal that was closed. */
  hangUp(): void {
    this.child.stdout!.destroy();
    this.child.stderr!.destroy();
  }

  async stop(name: NodeJS.Signals = 'SIGINT'): Promise<Exit> {
    this.signal(name);
    return this.exited;
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
  }
}

/** Starts a server and waits until it is open. */
export async function startServer(
  settings: Record<string, string>,
  args: readonly string[] = [],
): Promise<ServerProcess> {
  return new ServerProcess(settings, args).says(/Ctrl-C stops everything/);
}

/** Starts a server that is expected to end by itself. */
export function runServer(
  settings: Record<string, string>,
  args: readonly string[] = [],
): Promise<Exit> {
  return new ServerProcess(settings, args).exited;
}

/** The PostgreSQL processes that work inside a folder. */
export function postgresIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres') &&
          readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)
        );
      } catch {
        return false;
      }
    });
}

/** The first process of the PostgreSQL in a data folder. */
export function postmasterOf(dataFolder: string): number {
  return Number(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Sends a signal to a process that may be gone. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Asks until it is true; false when the time is up. */
export async function eventually(
  isSo: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
): Promise<boolean> {
  const startedAt = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startedAt > timeoutMs) return false;
    await sleep(25);
  }
  return true;
}

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** One JSON request to a running server. */
export async function ask<T = Record<string, never>>(
  url: string,
  { body, as, headers, method }: Ask = {},
): Promise<Answer<T>> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(as ? { authorization: `Bearer ${as}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : text) as T,
  };
}

export interface Ask {
  method?: string;
  body?: unknown;
  as?: string;
  headers?: Record<string, string>;
}

/** An artist with an account, a session and a party. */
export async function settleArtist(
  url: string,
  email = 'mara@example.org',
): Promise<{ token: string; party: string }> {
  const password = 'tin roof, cold tea, loud harbour';
  const post = async <T>(path: string, body: unknown, as?: string): Promise<T> => {
    const answer = await ask<T>(`${url}${path}`, { body, as });
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await post('/v1/accounts', { email, password, displayName: 'Mara', role: 'artist' });
  const { token } = await post<{ token: string }>('/v1/sessions', { email, password });
  const party = await post<{ id: string }>(
    '/v1/parties',
    { kind: 'person', displayName: 'Mara' },
    token,
  );
  return { token, party: party.id };
}
