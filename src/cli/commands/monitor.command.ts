import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { RegistryClient } from '#client';
import { openLogSource } from '#offline';
import {
  type Alert,
  isAddress,
  logAddress,
  Monitor,
  readSeen,
  replaceFile,
  type Seen,
  writeSeen,
} from '#replay';
import type { CommandContext } from '../command-context.js';
import { EXIT, IncompleteError, UsageError } from '../exit.js';
import { printable, type Terminal } from '../terminal.js';
import { readPolicy } from './replay.command.js';
import { inOurWords } from './verify.command.js';

interface MonitorOptions {
  policy?: string;
  every: string;
  sample: string;
  once?: boolean;
  state?: string;
  alert?: string;
}

/** How long a registry is given to publish what it has answered from. */
const PAUSE_MS = 250;

/** `monitor URL`: follows a log for ever, or once, and alerts of whatever is not as it must be. */
export async function monitor({
  terminal,
  args,
  options,
}: CommandContext<MonitorOptions>): Promise<number> {
  const source = args[0]!;
  const everySeconds = readCount(options.every, 'every', 1);
  const samples = readCount(options.sample, 'sample', 0);
  const policy = await readPolicy(options.policy);
  const seen = options.state === undefined ? null : await readState(options.state);
  if (isAddress(source) && !URL.canParse(source)) {
    throw new UsageError(`“${printable(source)}” is no address.`);
  }
  const where = isAddress(source) ? logAddress(source) : source;
  const { fetch } = await inOurWords(openLogSource(where));
  const ports = {
    fetch,
    ask: isAddress(source) ? askerOf(source) : null,
    now: () => Date.now(),
    random: () => Math.random(),
    pause: () => wait(PAUSE_MS),
  };
  const monitoring = new Monitor(ports, policy, samples, seen);
  for (;;) {
    const alerts = await monitoring.round();
    for (const alert of alerts) await raise(terminal, source, alert, options.alert);
    const { lastSeen, size } = monitoring;
    if (options.state !== undefined && lastSeen !== null) {
      await replaceFile(options.state, writeSeen(lastSeen));
    }
    if (alerts.length === 0) terminal.note(`All is well at ${size} leaves.`);
    if (options.once) return exitOf(alerts);
    await wait(everySeconds * 1_000);
  }
}

function exitOf(alerts: readonly Alert[]): number {
  if (alerts.length === 0) return EXIT.done;
  return alerts.every(({ kind }) => kind === 'unreachable') ? EXIT.incomplete : EXIT.findings;
}

function readCount(text: string, name: string, least: number): number {
  if (/^\d{1,6}$/.test(text) && Number(text) >= least) return Number(text);
  throw new UsageError(`--${name} must be a whole number from ${least} on.`);
}

async function readState(file: string): Promise<Seen | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new IncompleteError(`${printable(file)} can’t be read: ${(error as Error).message}.`);
  }
  const seen = readSeen(text);
  // To begin anew would forget the very thing that a fork is found by.
  if (seen === null) throw new IncompleteError(`${printable(file)} is no state of a monitor.`);
  return seen;
}

function askerOf(source: string): (path: string) => Promise<string> {
  const server = logAddress(source).replace(/\/log$/, '');
  const client = new RegistryClient(server);
  return async (path) => (await client.send(path)).text();
}

/** One line for people, and JSON for a command that wakes them. */
async function raise(
  terminal: Terminal,
  source: string,
  alert: Alert,
  command: string | undefined,
): Promise<void> {
  if (terminal.json) terminal.data(JSON.stringify(alert));
  terminal.fault(`${alert.at} ${alert.kind}: ${printable(alert.detail)}`);
  if (command === undefined) return;
  const code = await run(command, `${JSON.stringify({ source, ...alert })}\n`);
  if (code !== 0) terminal.fault(`fermata: the alert command ended with ${code}.`);
}

function run(command: string, input: string): Promise<number | string> {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'inherit'] });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
