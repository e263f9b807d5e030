import type { INestApplicationContext } from '@nestjs/common';
import type { Terminal } from './terminal.js';

/** What a command is given to work with; `options` are its own, as commander read them. */
export interface CommandContext<Options = Record<string, unknown>> {
  readonly terminal: Terminal;
  readonly args: readonly string[];
  readonly options: Options;
  /** The registry's services over its database, for commands that whoever runs the server runs. */
  readonly openRegistry: OpenRegistry;
}

export type OpenRegistry = () => Promise<INestApplicationContext>;

/** A command returns its exit code. */
export type CommandBody<Options = Record<string, unknown>> = (
  context: CommandContext<Options>,
) => Promise<number>;
