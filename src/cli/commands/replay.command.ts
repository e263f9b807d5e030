import { readFile } from 'node:fs/promises';
import { readQueryAsk } from '#lookup/domain';
import { isSchemeName } from '#identifiers';
import {
  checkReceipt,
  isAddress,
  keepingIn,
  logAddress,
  LogReplay,
  type ReplayedItem,
  replayItem,
  sizeNamedBy,
  vocabularyFault,
} from '#replay';
import { openLogSource } from '#offline';
import { type OpenedCheckpoint, parsePolicy, type Policy } from '#verify';
import type { CommandContext } from '../command-context.js';
import { EXIT, IncompleteError, UsageError } from '../exit.js';
import { serverUrl } from '../settings.js';
import { printable, type Terminal } from '../terminal.js';
import { isPermission, printAnswer } from './lookup.command.js';
import { inOurWords } from './verify.command.js';

interface ReplayOptions {
  policy?: string;
  size?: string;
  asOf?: string;
  purpose?: string[];
  territory?: string;
  actorClass?: string;
  actorMode?: string;
  lawfulSource?: boolean;
  unknownPolicy?: string;
  receipt?: string;
  save?: string;
}

interface ReplayedLog {
  readonly replay: LogReplay;
  readonly head: OpenedCheckpoint;
}

/** `replay [SOURCE] [SCHEME:VALUE…]`: answers recomputed from the log, without asking the registry. */
export async function replay({
  terminal,
  args,
  options,
}: CommandContext<ReplayOptions>): Promise<number> {
  const { source, identifiers } = partsOf(args);
  const policy = await readPolicy(options.policy);
  const receipt = options.receipt === undefined ? null : await readInput(options.receipt);
  const size = readSize(options.size) ?? (receipt && sizeNamedBy(receipt)) ?? null;
  const replayed = await replayLog(terminal, { source, policy, size, save: options.save });
  if (replayed === null) return EXIT.findings;
  if (receipt !== null) return tellReceipt(terminal, receipt, replayed);
  return tellAnswers(terminal, identifiers, options, replayed);
}

/** The policy that says whose signature counts. Never taken from whom it is meant to check. */
export async function readPolicy(file: string | undefined): Promise<Policy> {
  if (file === undefined) {
    throw new UsageError(
      'Name the keys that you trust: --policy FILE. A registry publishes its policy at /.well-known/tlog-policy; compare it with a copy from somewhere else before you trust it.',
    );
  }
  const policy = parsePolicy(await readInput(file));
  if (!policy.ok) throw new UsageError(`${printable(file)}: ${policy.reason}.`);
  return policy.value;
}

async function readInput(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new IncompleteError(
      `${printable(file)} can’t be read: ${printable((error as Error).message)}.`,
    );
  }
}

/** A first argument that is no identifier is where the log is; else the registry of FERMATA_URL. */
function partsOf(args: readonly (string | undefined)[]): { source: string; identifiers: string[] } {
  const given = args.filter((one) => one !== undefined);
  const isSource = given.length > 0 && !isIdentifier(given[0]!);
  const identifiers = isSource ? given.slice(1) : given;
  const stranger = identifiers.find((one) => !isIdentifier(one));
  if (stranger !== undefined) {
    throw new UsageError(
      `“${printable(stranger)}” is no identifier. Write SCHEME:VALUE, for example isrc:USUG11904206.`,
    );
  }
  return { source: isSource ? given[0]! : serverUrl(), identifiers };
}

function isIdentifier(text: string): boolean {
  return isSchemeName(text.slice(0, Math.max(0, text.indexOf(':'))));
}

function readSize(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^(?:0|[1-9]\d{0,14})$/.test(text)) return Number(text);
  throw new UsageError(`“${printable(text)}” is no number of leaves.`);
}

/** The log, verified and folded up to the size that is asked for; null when it is not what it says. */
async function replayLog(
  terminal: Terminal,
  wanted: { source: string; policy: Policy; size: number | null; save?: string },
): Promise<ReplayedLog | null> {
  if (isAddress(wanted.source) && !URL.canParse(wanted.source)) {
    throw new UsageError(`“${printable(wanted.source)}” is no address.`);
  }
  const where = isAddress(wanted.source) ? logAddress(wanted.source) : wanted.source;
  const source = await inOurWords(openLogSource(where));
  const fetch = wanted.save === undefined ? source.fetch : keepingIn(wanted.save, source.fetch);
  const replay = new LogReplay(fetch);
  const head = await replay.reader.checkpoint(wanted.policy);
  refuseUnread(source.failure());
  if (!head.ok) {
    terminal.fault(`fermata: ${printable(wanted.source)}: ${head.reason}.`);
    return null;
  }
  const published = Number(head.value.size);
  const size = wanted.size ?? published;
  if (size > published) {
    throw new IncompleteError(`The log has ${published} leaves, and ${size} are asked for.`);
  }
  const began = performance.now();
  const done = await replay.catchUp(head.value, size);
  refuseUnread(source.failure() ?? (!done.ok && done.kind === 'source' ? done.reason : null));
  if (!done.ok) {
    terminal.fault(`fermata: the log can’t be replayed: ${printable(done.reason)}.`);
    return null;
  }
  const seconds = (performance.now() - began) / 1_000;
  terminal.note(
    `Replayed ${size} of ${published} leaves of ${printable(head.value.origin)} in ${seconds.toFixed(1)} s.`,
  );
  const otherLists = vocabularyFault(replay.state);
  if (otherLists !== null) throw new IncompleteError(`No answer can be recomputed: ${otherLists}.`);
  return { replay, head: head.value };
}

/** What could not be read is no verdict on the log. */
function refuseUnread(failure: string | null): void {
  if (failure !== null) throw new IncompleteError(`The log can’t be read: ${printable(failure)}.`);
}

function tellAnswers(
  terminal: Terminal,
  identifiers: readonly string[],
  options: ReplayOptions,
  { replay, head }: ReplayedLog,
): number {
  // Of an earlier size, its last moment; of the whole log, now.
  const isWhole = replay.state.size === Number(head.size);
  const latest = Math.max(replay.state.lastTime, isWhole ? Date.now() : 0);
  const query = Object.entries({
    purposes: options.purpose?.join(','),
    territory: options.territory,
    actorClass: options.actorClass,
    actorMode: options.actorMode,
    lawfulSource: options.lawfulSource ? 'true' : undefined,
    asOf: options.asOf,
    unknownPolicy: options.unknownPolicy,
  }).filter(([, value]) => value !== undefined);
  const ask = readQueryAsk(Object.fromEntries(query), Date.now());
  if (!ask.ok) {
    const faults = ask.faults.map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`);
    throw new UsageError(`${printable(faults.join('; '))}.`);
  }
  const asOf = ask.value.asOf ?? latest;
  const items = identifiers.map((one) => {
    const colon = one.indexOf(':');
    return replayItem(
      replay.state,
      { ...ask.value, asOf },
      one.slice(0, colon),
      one.slice(colon + 1),
    );
  });
  const moment = new Date(asOf).toISOString();
  const log = {
    ...{ origin: head.origin, size: replay.state.size },
    root: isWhole ? head.root.toString('base64') : undefined,
  };
  if (terminal.json) terminal.value({ asOf: moment, log, items: items.map(({ item }) => item) });
  else {
    for (const [at, { item }] of items.entries()) printAnswer(terminal, identifiers[at]!, item);
    terminal.note(`As of ${moment}, log size ${log.size}.`);
  }
  return exitOf(items);
}

function exitOf(items: readonly ReplayedItem[]): number {
  if (items.some(({ item }) => item.result === 'invalid_identifier')) return EXIT.usage;
  const outcomes = items.flatMap(({ item }) =>
    Object.values(item.purposes ?? {}).map(({ outcome }) => outcome),
  );
  return outcomes.every(isPermission) ? EXIT.done : EXIT.findings;
}

async function tellReceipt(
  terminal: Terminal,
  file: Buffer,
  { replay, head }: ReplayedLog,
): Promise<number> {
  const checked = await checkReceipt(file, replay, head);
  if (!checked.ok) {
    terminal.fault(`fermata: the receipt does not hold: ${printable(checked.reason)}.`);
    return EXIT.findings;
  }
  const { comparison, receipt } = checked.value;
  if (terminal.json) terminal.value(comparison);
  const { asOf, log } = receipt.payload;
  switch (comparison.verdict) {
    case 'same':
      terminal.note(`The receipt says what the log says, as of ${asOf} at log size ${log.size}.`);
      return EXIT.done;
    case 'unknown':
      throw new IncompleteError(`The answer can’t be recomputed: ${comparison.reason}.`);
    case 'differs':
      terminal.fault('fermata: the registry signed another answer than its log gives:');
      for (const { pointer, replayed, given } of comparison.differences) {
        const [log, signed] = [replayed, given].map((one) => JSON.stringify(one) ?? 'nothing');
        terminal.fault(
          `  ${printable(pointer)}: the log gives ${printable(log!)}, signed was ${printable(signed!)}`,
        );
      }
      return EXIT.findings;
  }
}
