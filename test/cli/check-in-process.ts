import { Writable } from 'node:stream';
import { check } from '../../src/cli/commands/check.command.js';
import { Terminal } from '../../src/cli/terminal.js';

/** `fermata check` in this process, which is many times faster: its exit code and what it says. */
export async function checkInProcess(files: string[], options: Record<string, unknown>) {
  const told = { out: '', err: '' };
  const stream = (to: 'out' | 'err') =>
    new Writable({
      write(piece, _encoding, done) {
        told[to] += String(piece);
        done();
      },
    });
  const terminal = new Terminal({ json: options['json'] === 'yes' }, stream('out'), stream('err'));
  const context = { terminal, args: files, options, openRegistry: () => Promise.reject() };
  const code = await check(context as never).catch((error: Error) => {
    told.err += error.message;
    return error.name === 'UsageError' ? 2 : error.name === 'IncompleteError' ? 3 : error.name;
  });
  return { code, ...told };
}
