import { parseArgs } from 'node:util';
import { cutReceiptCommand } from './cut-receipt.js';
import { verifyLogCommand } from './verify-log.js';
import { verifyProofCommand } from './verify-proof.js';
import { verifyReceiptCommand } from './verify-receipt.js';
import { Misuse, type Voice } from './voice.js';

const USAGE = `Usage:
  fermata-verify receipt FILE [--item N] --keys JWKS_FILE [--log URL|FOLDER --policy FILE]
  fermata-verify proof FILE --policy FILE [--leaf FILE]
  fermata-verify log URL|FOLDER --policy FILE [--from SIZE --root ROOT]
  fermata-verify cut FILE [--index N] [--output FILE]

FILE may be - for standard input. --json prints the verdict as JSON, --quiet no messages.

Exit codes: 0 it verifies, 1 it does not, 2 wrong use, 3 could not complete.
`;

const OPTIONS = {
  item: { type: 'string' },
  index: { type: 'string' },
  output: { type: 'string', short: 'o' },
  keys: { type: 'string' },
  log: { type: 'string' },
  policy: { type: 'string' },
  leaf: { type: 'string' },
  from: { type: 'string' },
  root: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** What each command takes beside --json, --quiet and --help. */
const COMMANDS = {
  receipt: { takes: ['item', 'keys', 'log', 'policy'], needs: ['keys'] },
  proof: { takes: ['policy', 'leaf'], needs: ['policy'] },
  log: { takes: ['policy', 'from', 'root'], needs: ['policy'] },
  cut: { takes: ['index', 'output'], needs: [] },
} as const;

/** The command line of the package alone, without the rest of the registry. Never throws. */
export async function runVerify(argv: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parse(argv);
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    return await dispatch(positionals, values, voiceFor(values));
  } catch (error) {
    const { message } = error as Error;
    process.stderr.write(`fermata-verify: ${message}\n`);
    if (!(error instanceof Misuse)) return 3;
    process.stderr.write(USAGE);
    return 2;
  }
}

function parse(argv: readonly string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Misuse((error as Error).message);
  }
}

function dispatch(positionals: string[], values: Values, voice: Voice): Promise<number> {
  const [command = '', file = '', ...more] = positionals;
  if (!isCommand(command))
    throw new Misuse('Say what to verify: receipt, proof or log; or cut a receipt.');
  if (file === '' || more.length > 0) throw new Misuse(`verify ${command} takes one file.`);
  const { takes, needs }: { takes: readonly string[]; needs: readonly (keyof Values)[] } =
    COMMANDS[command];
  for (const name of Object.keys(values)) {
    if (![...takes, 'json', 'quiet'].includes(name)) {
      throw new Misuse(`verify ${command} has no option --${name}.`);
    }
  }
  const absent = needs.find((name) => values[name] === undefined);
  if (absent !== undefined) throw new Misuse(`verify ${command} needs --${absent}.`);
  if (command === 'cut') return cutReceiptCommand({ ...values, file }, voice);
  const policy = values.policy!;
  if (command === 'log') return verifyLogCommand({ ...values, log: file, policy }, voice);
  if (command === 'proof') return verifyProofCommand({ ...values, file, policy }, voice);
  return verifyReceiptCommand({ ...values, file, keys: values.keys! }, voice);
}

function isCommand(name: string): name is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, name);
}

function voiceFor({ json = false, quiet = false }: Values): Voice {
  const say = (stream: NodeJS.WriteStream) => (line: string) => void stream.write(`${line}\n`);
  const data = say(process.stdout);
  const fault = say(process.stderr);
  return {
    json,
    data,
    value: (value) => data(JSON.stringify(value, null, 2)),
    note: quiet ? () => undefined : fault,
    fault,
  };
}
