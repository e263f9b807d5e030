import { CommanderError } from 'commander';
import type { OpenRegistry } from './command-context.js';
import { describeProgram } from './describe-program.js';
import { EXIT, IncompleteError, UsageError } from './exit.js';
import { Terminal } from './terminal.js';

/** Runs one command line (without `node fermata`) and returns its exit code. Never throws. */
export async function run(argv: readonly string[], openRegistry: OpenRegistry): Promise<number> {
  // `fermata … | head` closes our output early, which is nobody's mistake.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.incomplete);
  });
  process.on('SIGINT', () => process.exit(EXIT.interrupted));
  let exitCode: number = EXIT.done;
  const program = describeProgram(openRegistry, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, new Terminal(program.opts()));
  }
}

function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UsageError) {
    terminal.fault(`fermata: ${error.message}`);
    return EXIT.usage;
  }
  const fault = error as {
    name?: string;
    message?: string;
    status?: number;
    code?: string | null;
    detail?: string;
    stack?: string;
  };
  if (fault.name === 'RegistryProblem') {
    const help = fault.status === 401 ? ' Run `fermata sign-in` or set FERMATA_API_KEY.' : '';
    terminal.fault(`fermata: ${fault.message}${help}`);
    return [400, 409, 413, 415, 422].includes(fault.status ?? 0) ? EXIT.usage : EXIT.incomplete;
  }
  if (fault.name === 'NoAnswer') {
    const help = fault.code === 'TIMEOUT' ? '' : ' Start one with npm start, or set FERMATA_URL.';
    terminal.fault(`fermata: ${fault.message}${help}`);
    return EXIT.incomplete;
  }
  if (fault.name === 'UnusableAnswer') {
    terminal.fault(`fermata: ${fault.message}`);
    return EXIT.incomplete;
  }
  // A refusal by the registry's own services says it in `detail`; `message` has the code as well.
  const sentence = fault.detail ?? (error instanceof IncompleteError ? error.message : fault.stack);
  terminal.fault(`fermata: ${sentence ?? String(error)}`);
  return EXIT.incomplete;
}
