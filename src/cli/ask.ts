import { createInterface } from 'node:readline';
import { UsageError } from './exit.js';

/**
 * A password: typed without being shown where a person sits at the terminal, else the first line
 * of standard input. Never from the command line, which every process on the machine can read.
 */
export async function askPassword(
  question: string,
  input: NodeJS.ReadStream = process.stdin,
  messages: NodeJS.WriteStream = process.stderr,
): Promise<string> {
  const password = input.isTTY
    ? await typedUnseen(question, input, messages)
    : await firstLine(input);
  if (password === '') throw new UsageError('No password was given.');
  return password;
}

async function firstLine(input: NodeJS.ReadStream): Promise<string> {
  const lines = createInterface({ input, crlfDelay: Infinity });
  for await (const line of lines) {
    lines.close();
    return line;
  }
  return '';
}

function typedUnseen(
  question: string,
  input: NodeJS.ReadStream,
  messages: NodeJS.WriteStream,
): Promise<string> {
  messages.write(question);
  return new Promise((resolve, reject) => {
    let typed = '';
    input.setRawMode(true);
    input.setEncoding('utf8');
    input.resume();
    const finish = (done: () => void) => {
      input.setRawMode(false);
      input.pause();
      input.removeListener('data', onData);
      messages.write('\n');
      done();
    };
    const onData = (keys: string) => {
      for (const key of keys) {
        if (key === '\r' || key === '\n') return finish(() => resolve(typed));
        // Ctrl-C reaches us as a character while the terminal is raw.
        if (key === '\u0003') return finish(() => process.kill(process.pid, 'SIGINT'));
        if (key === '\u0004') return finish(() => reject(new UsageError('No password was given.')));
        if (key === '\u007f' || key === '\b') typed = [...typed].slice(0, -1).join('');
        else if (key >= ' ') typed += key;
      }
    };
    input.on('data', onData);
  });
}
