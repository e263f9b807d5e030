import { readFile } from 'node:fs/promises';
import { parsePolicy, writeVerifierKey } from '#verify';
import {
  createWitnessKey,
  openWitnessKey,
  startWitness,
  StateFolder,
  UntrustedState,
} from '#witness';
import type { CommandContext } from '../command-context.js';
import { EXIT, IncompleteError, UsageError } from '../exit.js';
import { printable } from '../terminal.js';

/** `witness init`: makes the key and prints its public half, to be handed to logs and auditors. */
export async function initWitness({
  terminal,
  options,
}: CommandContext<{ name: string; key: string }>): Promise<number> {
  const made = await createWitnessKey(options.key, options.name).catch((error: Error) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new UsageError(`${options.key} is there already; it stays.`);
    throw new IncompleteError(error.message);
  });
  const vkey = writeVerifierKey(made.verifier);
  terminal.note(`The private key is in ${options.key}. Keep it; nobody else needs it.`);
  if (terminal.json) terminal.value({ name: options.name, vkey });
  else terminal.data(vkey);
  return EXIT.done;
}

interface ServeOptions {
  key: string;
  policy: string;
  state: string;
  host: string;
  port: string;
  prefix: string;
}

/** `witness serve`: cosigns checkpoints of the policy's logs until it is interrupted. */
export async function serveWitness({
  terminal,
  options,
}: CommandContext<ServeOptions>): Promise<number> {
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError('--port is no port.');
  if (!/^(?:\/[\w.~-]+)*$/.test(options.prefix)) throw new UsageError('--prefix is no path.');
  const policy = parsePolicy(await readFile(options.policy).catch(inOurWords));
  if (!policy.ok) throw new UsageError(`${options.policy}: ${policy.reason}.`);
  const logs = policy.value.logs.map(({ key }) => key);
  if (logs.length === 0) throw new UsageError(`${options.policy} names no log.`);
  const key = await openWitnessKey(options.key).catch(inOurWords);
  const state = await StateFolder.open(options.state, key.verifier).catch(inOurWords);
  const server = await startWitness({
    ...{ key, logs, state, host: options.host, port, prefix: options.prefix },
    now: () => BigInt(Math.floor(Date.now() / 1000)),
    onEvent: (line) => terminal.note(printable(line)),
  }).catch(async (error: Error) => {
    await state.close();
    return inOurWords(error);
  });
  terminal.data(server.url);
  terminal.note(
    `Witness ${writeVerifierKey(key.verifier)} for ${logs.map(({ name }) => name).join(', ')}.`,
  );
  await interrupted();
  await server.close();
  return EXIT.done;
}

/** Interrupting is how a witness ends, and no failure of the command. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.removeAllListeners('SIGINT');
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

function inOurWords(error: Error): never {
  if (error instanceof UntrustedState) throw new IncompleteError(error.message);
  throw new IncompleteError(printable(error.message));
}
