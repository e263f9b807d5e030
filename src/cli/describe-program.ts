import { Command, InvalidArgumentError, Option } from 'commander';
import type { CommandBody, OpenRegistry } from './command-context.js';
import { SNAPSHOTS_FOLDER } from './settings.js';
import { Terminal, type TerminalOptions } from './terminal.js';
import { version } from './version.js';

const EXAMPLES = `
Examples:
  fermata lookup US-UG1-19-04206            may this recording be used, and for what?
  fermata sign-up mara@example.org --name "Mara Lind" --role artist
  fermata import catalogue.csv --dry-run    what would an import do?
  fermata import catalogue.csv --template preserve_never_train --report refused.csv
  fermata verify receipt answer.json --keys jwks.json

Environment:
  FERMATA_URL       address of the registry (http://127.0.0.1:3000)
  FERMATA_API_KEY   API key; else the session that sign-in saved
  NO_COLOR          no colours

Exit codes: 0 done, 1 findings (denied, unknown, rows refused, not verified), 2 wrong use, 3 could not complete.`;

/** What the groups of commands below are made with. */
interface Making {
  readonly program: Command;
  /** A command that refuses what it doesn't know instead of ending the process. */
  readonly command: (usage: string, summary: string) => Command;
  /** An action whose body is loaded only when its command runs, so that help comes at once. */
  readonly does: (load: () => Promise<unknown>) => (this: Command) => Promise<void>;
}

/** Every command with its arguments and options; `done` is told the exit code of the one that ran. */
export function describeProgram(
  openRegistry: OpenRegistry,
  done: (exitCode: number) => void,
): Command {
  const program = new Command('fermata')
    .description('Ask and answer what may be done with a work.')
    .version(version(), '-V, --version')
    .option('--json', 'data as JSON')
    .option('-q, --quiet', 'no messages, only data and faults')
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError(true)
    .exitOverride();
  const making: Making = {
    program,
    command: (usage, summary) => program.command(usage).description(summary).exitOverride(),
    does: (load) =>
      async function (this: Command): Promise<void> {
        const { json, quiet, color, ...options } = this.optsWithGlobals<TerminalOptions>();
        const terminal = new Terminal({ json, quiet, color });
        const body = (await load()) as CommandBody;
        const args = this.processedArgs.flat() as string[];
        done(await body({ terminal, args, options, openRegistry }));
      },
  };
  addLookup(making);
  addImport(making);
  addReplay(making);
  addCheck(making);
  addAccounts(making);
  addWorks(making);
  addReceipt(making);
  addVerify(making);
  addSnapshot(making);
  addWitness(making);
  addServer(making);
  return program;
}

function addLookup({ command, does }: Making): void {
  command('lookup', 'ask what may be done with a work')
    .argument('<scheme-or-value>', 'a scheme and a value, or a value whose scheme is plain')
    .argument('[value]', 'for example: lookup isrc US-UG1-19-04206')
    .option('--purpose <id>', 'purpose to ask about; may be repeated', collect)
    .option('--territory <code>', 'where, for example DE')
    .option('--actor-class <class>', 'who: commercial, research, heritage_institution …')
    .option('--actor-mode <mode>', 'autonomous or user_supplied')
    .option('--lawful-source', 'state that the copy comes from a lawful source')
    .option('--as-of <instant>', 'answer as of a past moment, for example 2026-11-21T12:00:00Z')
    .option('--private', 'do not tell the registry which work you ask about')
    .option('--keys <file>', 'with --private: public keys that must have signed the answer')
    .addOption(
      new Option('--unknown-policy <policy>', 'how you treat unknown').choices([
        'deny',
        'refer',
        'allow_at_own_risk',
      ]),
    )
    .action(does(async () => (await import('./commands/lookup.command.js')).lookup));
}

function addCheck({ command, does }: Making): void {
  command('check', 'check a whole manifest against a snapshot, offline, or a registry')
    .argument('<files...>', 'CSV, TSV, NDJSON or Parquet, also .gz and .zst; - for standard input')
    .option(
      '--snapshot <folder>',
      `the snapshot to check against, or where several are kept; ${SNAPSHOTS_FOLDER} if unsaid`,
    )
    .option('--policy <file>', 'whom to believe about the log: the snapshot must be in it')
    .option('--online', 'ask the registry instead, in batches; going on where an earlier run ended')
    .option('--receipts <folder>', 'with --online: where signed answers are kept')
    .requiredOption('--keys <file>', 'the registry’s public keys, a JSON Web Key Set')
    .option('--column <scheme=name>', 'a column of identifiers; found if unsaid', collect)
    .addOption(
      new Option('--format <format>', 'what the files are').choices([
        'csv',
        'tsv',
        'ndjson',
        'parquet',
      ]),
    )
    .option('--purpose <id>', 'purpose to ask about; may be repeated', collect)
    .option('--territory <code>', 'where, for example DE')
    .option('--actor-class <class>', 'who: commercial, research, heritage_institution …')
    .option('--actor-mode <mode>', 'autonomous or user_supplied')
    .option('--model-openness <openness>', 'what becomes of a model')
    .option('--model-release <version>', 'which model')
    .option('--inquirer <party>', 'party id of whoever asks')
    .option('--accepts <condition>', 'a limit that you undertake to keep; may be repeated', collect)
    .option('--lawful-source', 'state that the copies come from a lawful source')
    .option('--unknown-policy <policy>', 'how you treat unknown: deny, refer, allow_at_own_risk')
    .option('--out <folder>', 'write allowed, refused, unknown and invalid rows there')
    .option('--write-allowed <file>', 'write the allowed rows alone')
    .option('--report <file>', 'write a report for machines')
    .option('--memory <megabytes>', 'how much memory the join may take')
    .action(does(async () => (await import('./commands/check.command.js')).check));
}

function addReplay({ command, does }: Making): void {
  command('replay', 'recompute answers from the log alone, without asking the registry')
    .argument(
      '[source-and-identifiers...]',
      'address or folder of the log, then isrc:USUG11904206 …',
    )
    .option('--policy <file>', 'whose signatures count: the registry’s policy, kept by you')
    .option('--size <leaves>', 'replay so many leaves of the log; all if unsaid')
    .option('--purpose <id>', 'purpose to ask about; may be repeated', collect)
    .option('--territory <code>', 'where, for example DE')
    .option('--actor-class <class>', 'who: commercial, research, heritage_institution …')
    .option('--actor-mode <mode>', 'autonomous or user_supplied')
    .option('--lawful-source', 'state that the copy comes from a lawful source')
    .option('--as-of <instant>', 'answer as of a past moment, for example 2026-11-21T12:00:00Z')
    .option('--unknown-policy <policy>', 'how you treat unknown')
    .option('--receipt <file>', 'recompute the answer in a receipt and compare')
    .option('--save <folder>', 'keep the log in a folder that replay takes again, offline')
    .action(does(async () => (await import('./commands/replay.command.js')).replay));
  command('monitor', 'follow a log, and compare what its registry answers with it')
    .argument('<source>', 'address of the registry; or folder of a log, without lookups')
    .option('--policy <file>', 'whose signatures count: the registry’s policy, kept by you')
    .option('--every <seconds>', 'how often to look', '60')
    .option('--once', 'look once and end: 1 when something is wrong, 3 when nobody answers')
    .option('--sample <lookups>', 'live lookups to compare each time', '20')
    .option('--state <file>', 'where to keep the largest tree seen, between runs')
    .option('--alert <command>', 'run this with each alert as JSON on its standard input')
    .action(does(async () => (await import('./commands/monitor.command.js')).monitor));
}

function addImport({ command, does }: Making): void {
  command('import', 'register the works of a catalogue file')
    .argument('<file>', 'a CSV file, or - for standard input')
    .option('--party <id>', 'for whom; needed only where you act for several parties')
    .option('--map <fields>', 'which column is what: isrc=ISRC,title=Track', collect)
    .option('--dry-run', 'say what would happen, store nothing')
    .option('--layers <layers>', 'layers to claim: recording, or recording,composition')
    .option('--template <name>', 'declare this template on the imported works')
    .option('--encoding <name>', 'for example windows-1252; found out where left unsaid')
    .addOption(new Option('--dates <order>', 'order of day and month').choices(['dmy', 'mdy']))
    .option('--report <file>', 'write the refused rows with their errors, to be mended')
    .action(does(async () => (await import('./commands/import.command.js')).importFile));
}

function addAccounts({ command, does }: Making): void {
  const account = () => import('./commands/account.command.js');
  command('sign-up', 'open an account; the password is asked for, or read from standard input')
    .argument('<email>')
    .requiredOption('--name <name>', 'how the registry addresses you')
    .option('--role <role>', 'artist, representative, archive, dataset_builder, auditor', 'artist')
    .action(does(async () => (await account()).signUp));
  command('sign-in', 'sign in; the password is asked for, or read from standard input')
    .argument('<email>')
    .action(does(async () => (await account()).signIn));
  command('sign-out', 'end the saved session').action(does(async () => (await account()).signOut));
  command('whoami', 'show the account and its parties').action(
    does(async () => (await account()).whoAmI),
  );
}

function addWorks({ command, does }: Making): void {
  const works = () => import('./commands/works.command.js');
  command('party', 'register an artist, group, label or other party that you act for')
    .argument('<name>')
    .option('--kind <kind>', 'person, group, label, publisher, estate …', 'person')
    .option('--country <code>', 'for example DE')
    .action(does(async () => (await works()).createParty));
  command('register', 'register a song that you wrote and recorded')
    .argument('<title>')
    .option('--isrc <isrc>', 'ISRC of the recording')
    .option('--iswc <iswc>', 'ISWC of the composition')
    .option('--released <date>', 'day of first release, for example 2024-05-17')
    .option('--party <id>', 'for whom; needed only where you act for several parties')
    .action(does(async () => (await works()).registerSong));
  command('declare', 'declare a template for a work, a catalogue, or all that a party holds')
    .argument('<template>', 'for example preserve_never_train; GET /v1/templates lists them')
    .option('--work <id>')
    .option('--catalogue <id>')
    .option('--party <id>', 'for whom; needed only where you act for several parties')
    .option('--layer <layer>', 'may be repeated; every layer that is held if unsaid', collect)
    .action(does(async () => (await works()).declare));
}

function addReceipt({ program, does }: Making): void {
  program
    .command('receipt')
    .description('work with receipts of saved answers')
    .exitOverride()
    .command('cut')
    .description('cut the receipt of one item out of a saved answer')
    .exitOverride()
    .argument('<file>', 'a saved answer to a lookup; - for standard input')
    .option('--index <index>', 'which item, from 0; needed where there are several')
    .option('-o, --output <file>', 'where to; standard output if unsaid')
    .action(does(async () => (await import('./commands/receipt.command.js')).cutReceipt));
}

function addVerify({ program, does }: Making): void {
  const bodies = () => import('./commands/verify.command.js');
  const verify = program
    .command('verify')
    .description('check a receipt, a proof or the whole log, without believing the registry')
    .exitOverride();
  const command = (usage: string, summary: string) =>
    verify.command(usage).description(summary).exitOverride();
  command('receipt', 'check the receipts of a saved answer, or one receipt')
    .argument('<file>', 'a receipt, or a saved answer to a lookup; - for standard input')
    .requiredOption('--keys <file>', 'the registry’s public keys, a JSON Web Key Set')
    .option('--item <index>', 'one item of the answer, from 0; every item if unsaid')
    .option('--log <url|folder>', 'the log to hold the receipt against')
    .option('--policy <file>', 'whom to believe about the log, a tlog-policy')
    .action(does(async () => (await bodies()).verifyReceipt));
  command('proof', 'check offline that a leaf is in the log')
    .argument('<file>', 'a .tlog-proof file; - for standard input')
    .requiredOption('--policy <file>', 'whom to believe about the log, a tlog-policy')
    .option('--leaf <file>', 'the leaf, where the proof does not carry it')
    .action(does(async () => (await bodies()).verifyProof));
  command('log', 'check the log from its first leaf: signatures, tiles, entries, streams')
    .argument('<url|folder>', 'for example https://registry.example/log')
    .requiredOption('--policy <file>', 'whom to believe about the log, a tlog-policy')
    .option('--from <size>', 'only what came since this size, with --root')
    .option('--root <root>', 'the root at that size, base64')
    .action(does(async () => (await bodies()).verifyLog));
}

function addSnapshot({ program, does }: Making): void {
  const bodies = () => import('./commands/snapshot.command.js');
  const snapshot = program
    .command('snapshot')
    .description('all public answers as signed Parquet files, to ask offline')
    .exitOverride();
  const command = (usage: string, summary: string) =>
    snapshot.command(usage).description(summary).exitOverride();
  command('pull', 'fetch the newest snapshot, or what changed since the one that is here')
    .argument('[url]', 'address of the registry; FERMATA_URL if unsaid')
    .requiredOption('--keys <file>', 'the registry’s public keys, a JSON Web Key Set')
    .option('--into <folder>', 'where snapshots are kept', SNAPSHOTS_FOLDER)
    .action(does(async () => (await bodies()).pull));
  command('verify', 'check offline that a snapshot is whole, signed, and still holds')
    .argument('<folder>', `for example ${SNAPSHOTS_FOLDER}/48212`)
    .requiredOption('--keys <file>', 'the registry’s public keys, a JSON Web Key Set')
    .option('--policy <file>', 'whom to believe about the log: checks that the snapshot is in it')
    .action(does(async () => (await bodies()).verify));
  command('show', 'print what a snapshot says of itself, unverified')
    .argument('<folder>')
    .action(does(async () => (await bodies()).show));
}

function addWitness({ program, does }: Making): void {
  const bodies = () => import('./commands/witness.command.js');
  const witness = program
    .command('witness')
    .description('cosign the checkpoints of a log that never goes back')
    .exitOverride();
  witness
    .command('init')
    .description('make the key of a witness and print its public half')
    .exitOverride()
    .requiredOption('--name <name>', 'name of the witness, for example archive.example/witness')
    .option('--key <file>', 'where to keep the private key', 'witness.key')
    .action(does(async () => (await bodies()).initWitness));
  witness
    .command('serve', { isDefault: true })
    .description('serve the witness protocol until it is interrupted')
    .exitOverride()
    .requiredOption('--policy <file>', 'the logs to cosign, a tlog-policy')
    .option('--key <file>', 'the key that init made', 'witness.key')
    .option('--state <folder>', 'where the last sizes are kept', 'witness-state')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on', '8098')
    .option('--prefix <path>', 'path in front of add-checkpoint', '')
    .action(does(async () => (await bodies()).serveWitness));
}

function addServer({ program, command, does }: Making): void {
  const server = () => import('./commands/server.command.js');
  program
    .command('operator')
    .description('on the server: make operators')
    .exitOverride()
    .command('grant')
    .description('make the account with this address an operator')
    .argument('<email>')
    .exitOverride()
    .action(does(async () => (await server()).grantOperator));
  command('rebuild-lookup', 'on the server: build the lookup tables anew').action(
    does(async () => (await server()).rebuildLookup),
  );
}

function collect(value: string, before: string[] = []): string[] {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return [...before, value];
}
