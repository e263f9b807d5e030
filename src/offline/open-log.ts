import { LogReader, type OpenedCheckpoint, parsePolicy, type Policy } from '#verify';
import { type LogSource, openLogSource } from './log-source.js';
import { readInput } from './read-file.js';
import { CannotComplete, Misuse, printable } from './voice.js';

/** A log with its checkpoint, opened under the caller's policy. */
export interface OpenedLog {
  readonly source: LogSource;
  readonly reader: LogReader;
  readonly head: OpenedCheckpoint;
}

export async function readPolicy(file: string): Promise<Policy> {
  const policy = parsePolicy(await readInput(file));
  if (policy.ok) return policy.value;
  throw new Misuse(`${printable(file)} is no policy: ${policy.reason}.`);
}

/** The log, or why its checkpoint does not verify. */
export async function openLog(
  where: string,
  policyFile: string,
): Promise<OpenedLog | { readonly reason: string }> {
  const policy = await readPolicy(policyFile);
  const source = await openLogSource(where);
  const reader = new LogReader(source.fetch);
  const head = await reader.checkpoint(policy);
  if (head.ok) return { source, reader, head: head.value };
  throwIfFailed(source);
  if (head.reason === NO_CHECKPOINT) {
    throw new CannotComplete(`There is no checkpoint of a log at ${printable(where)}.`);
  }
  return { reason: `the checkpoint of the log: ${head.reason}` };
}

const NO_CHECKPOINT = 'the log has no checkpoint';

/** What could not be fetched is no verdict on the log. */
export function throwIfFailed(source: LogSource): void {
  const failure = source.failure();
  if (failure !== null) throw new CannotComplete(`The log can’t be read: ${printable(failure)}.`);
}

export function describeHead({ origin, size, cosignatures }: OpenedCheckpoint): string {
  const who = cosignatures.map(({ witness, time }) => {
    return `${printable(witness)} at ${instantOf(time)}`;
  });
  const witnessed = who.length > 0 ? `, cosigned by ${who.join(' and ')}` : '';
  return `log ${printable(origin)} of ${size} leaves${witnessed}`;
}

/** Unix seconds as text; a year beyond what a calendar holds stays a number. */
export function instantOf(seconds: bigint | number): string {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? `${seconds} s` : date.toISOString();
}

/** For programs: what the checkpoint says. */
export function headValue({ origin, size, root, cosignatures }: OpenedCheckpoint): object {
  return {
    origin,
    size: Number(size),
    root: root.toString('base64'),
    cosignatures: cosignatures.map(({ witness, time }) => ({ witness, time: instantOf(time) })),
  };
}
