import type { components, Question } from '#client';
import { detectScheme, isSchemeName, SCHEMES } from '#identifiers';
import { connect, connectUnnamed } from '../connect.js';
import { EXIT, UsageError } from '../exit.js';
import type { CommandContext } from '../command-context.js';
import { readInput, readKeys } from '../pinned-keys.js';
import { printable, type Terminal } from '../terminal.js';

interface LookupOptions {
  purpose?: string[];
  territory?: string;
  actorClass?: string;
  actorMode?: string;
  lawfulSource?: boolean;
  asOf?: string;
  unknownPolicy?: string;
  private?: boolean;
  keys?: string;
}

interface PurposeAnswer {
  outcome: string;
  missingLayers?: string[];
  state?: string[];
  unverified?: boolean;
}

interface Answer {
  result: string;
  detail?: string;
  works?: { workId: string; kind: string }[];
  purposes?: Record<string, PurposeAnswer>;
}

/** `lookup [SCHEME] VALUE`: exit code 0 only if everything asked about is permitted. */
export async function lookup(context: CommandContext<LookupOptions>): Promise<number> {
  const { terminal, args, options } = context;
  const { scheme, value } = identifierOf(args);
  if (options.private) return lookupPrivately(context, { scheme, value });
  if (options.keys !== undefined) throw new UsageError('--keys is for --private.');
  const client = await connect(terminal);
  const response = await client.send(
    `/v1/lookup/${encodeURIComponent(scheme)}/${encodeURIComponent(value)}`,
    {
      query: {
        purposes: options.purpose?.join(','),
        territory: options.territory,
        actorClass: options.actorClass,
        actorMode: options.actorMode,
        lawfulSource: options.lawfulSource ? 'true' : undefined,
        asOf: options.asOf,
        unknownPolicy: options.unknownPolicy,
      },
    },
  );
  const answer = (await response.json()) as components['schemas']['LookupResponse'];
  if (terminal.json) terminal.value(answer);
  else {
    printAnswer(terminal, `${scheme} ${value}`, answer);
    terminal.note(`As of ${answer.asOf}, log size ${answer.log.size}.`);
  }
  return exitOf(answer);
}

/** `lookup --private`: the registry learns some bits of a digest, and nothing of who asks. */
async function lookupPrivately(
  { terminal, options }: CommandContext<LookupOptions>,
  identifier: { scheme: string; value: string },
): Promise<number> {
  if (options.asOf !== undefined) {
    throw new UsageError('--private asks as of now; a past moment can’t be asked about so.');
  }
  const { territory, actorClass, actorMode, lawfulSource, keys } = options;
  const inquiry = { territory, actorClass, actorMode, ...(lawfulSource && { lawfulSource }) };
  if (keys !== undefined) await readKeys(keys);
  const client = connectUnnamed(terminal, keys === undefined ? undefined : await readInput(keys));
  const { item, hidden } = await client.lookupPrivately(identifier, {
    purposes: options.purpose,
    unknownPolicy: options.unknownPolicy,
    inquiry,
  } as Question);
  if (terminal.json) terminal.value({ ...item, hidden: hidden && { ...hidden, text: undefined } });
  else {
    printAnswer(terminal, `${identifier.scheme} ${identifier.value}`, item);
    if (hidden !== null) {
      const { among, asOf, logSize, kid } = hidden;
      terminal.note(`As of ${new Date(asOf).toISOString()}, log size ${logSize}.`);
      const signed = kid === null ? '' : `, and the answer is signed by ${kid}`;
      terminal.note(`Asked for ${among} registered identifiers at once${signed}.`);
    }
  }
  return exitOf(item);
}

function exitOf(answer: Answer): number {
  if (answer.result === 'invalid_identifier') return EXIT.usage;
  const outcomes = Object.values(answer.purposes ?? {}).map(({ outcome }) => outcome);
  const permitted = outcomes.length > 0 && outcomes.every(isPermission);
  return permitted ? EXIT.done : EXIT.findings;
}

/** Of the six outcomes these two alone are a yes. */
export function isPermission(outcome: string): boolean {
  return outcome === 'permitted' || outcome === 'permitted_with_duties';
}

/** `isrc USUG11904206`, or a value alone whose scheme can be no other. */
function identifierOf(args: readonly (string | undefined)[]): { scheme: string; value: string } {
  const [first = '', second] = args;
  if (second !== undefined) {
    const scheme = first.toLowerCase();
    if (isSchemeName(scheme)) return { scheme, value: second };
    throw new UsageError(
      `There is no scheme “${printable(first)}”. Schemes are ${Object.keys(SCHEMES).join(', ')}.`,
    );
  }
  const scheme = detectScheme(first);
  if (scheme !== null) return { scheme, value: first };
  throw new UsageError(
    `“${printable(first)}” could be of several schemes or none; name one, for example: fermata lookup isrc ${printable(first)}`,
  );
}

/** Prints what an identifier was answered. */
export function printAnswer(terminal: Terminal, asked: string, answer: Answer): void {
  const works = (answer.works ?? []).map(({ kind, workId }) => `${kind} ${workId}`);
  // A private lookup names no works.
  const found = answer.result === 'found' && works.length > 0 ? works.join(', ') : answer.result;
  terminal.data(`${terminal.style('bold', printable(asked))}  ${printable(found)}`);
  if (answer.detail) terminal.data(`  ${printable(answer.detail)}`);
  const purposes = Object.entries(answer.purposes ?? {});
  const width = Math.max(0, ...purposes.map(([purpose]) => purpose.length));
  for (const [purpose, told] of purposes) {
    const { outcome } = told;
    const style = isPermission(outcome) ? 'green' : outcome === 'denied' ? 'red' : 'yellow';
    const remarks = remarksOf(told);
    const remark = remarks.length > 0 ? `  (${remarks.join('; ')})` : '';
    terminal.data(`  ${purpose.padEnd(width)}  ${terminal.style(style, outcome)}${remark}`);
  }
}

function remarksOf({ missingLayers, state, unverified }: PurposeAnswer): string[] {
  const remarks: string[] = [];
  if (missingLayers?.length) remarks.push(`nobody speaks for ${missingLayers.join(', ')}`);
  if (state?.length) remarks.push(`state ${state.join(', ')} and ask again`);
  if (unverified) remarks.push('by a claim that nobody has verified yet');
  return remarks;
}
