import { styleText } from 'node:util';

/** How the person wants to be spoken to. */
export interface TerminalOptions {
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly color?: boolean;
}

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** Where commands write: data to standard output, everything else to standard error. */
export class Terminal {
  readonly json: boolean;
  readonly quiet: boolean;
  private readonly colour: boolean;

  constructor(
    options: TerminalOptions,
    private readonly out: NodeJS.WritableStream = process.stdout,
    private readonly err: NodeJS.WritableStream & { isTTY?: boolean } = process.stderr,
    env: NodeJS.ProcessEnv = process.env,
  ) {
    this.json = options.json ?? false;
    this.quiet = options.quiet ?? false;
    this.colour =
      options.color !== false &&
      !env['NO_COLOR'] &&
      env['TERM'] !== 'dumb' &&
      (out as { isTTY?: boolean }).isTTY === true;
  }

  /** Whether a person watches, so that a progress bar may be drawn. */
  get isWatched(): boolean {
    return this.err.isTTY === true && !this.quiet;
  }

  /** One line of data. */
  data(line: string): void {
    this.out.write(`${line}\n`);
  }

  /** A value as JSON, as data. */
  value(value: unknown): void {
    this.data(JSON.stringify(value, null, 2));
  }

  /** A message for the person; silenced by --quiet. */
  note(line: string): void {
    if (!this.quiet) this.err.write(`${line}\n`);
  }

  /** What went wrong; never silenced. */
  fault(line: string): void {
    this.err.write(`${line}\n`);
  }

  style(style: Style, text: string): string {
    // The stream is judged above; NO_COLOR and pipes give plain text.
    return this.colour ? styleText(style, text) : text;
  }
}

/** A file's or a server's words, safe to print: control characters could steer the terminal. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g, '·');
}
