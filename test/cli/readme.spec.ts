import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { seedDemo } from '#demo';
import { createTestApp } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';
import { newScratch, removeAll, startServer } from './server-process.js';

jest.setTimeout(90_000);

const WRITTEN_ADDRESS = 'http://127.0.0.1:3000';
const MARK = '=== block ';

/** A block that readers paste, and what the page says that it prints. */
interface Block {
  line: number;
  commands: string;
  prints: string[];
}

/** A registry with the demo world, of its own for each page. */
interface Demo {
  url: string;
  stop(): Promise<void>;
}

const FIRST_PAGE = 'README.md';
const PAGES = [FIRST_PAGE, ...guides()];
afterAll(removeAll);

describe('the pages that people paste from', () => {
  it('hold blocks that run', () => {
    expect(blocksOf(FIRST_PAGE).length).toBeGreaterThan(3);
  });

  it.each(PAGES.filter((page) => blocksOf(page).length > 0))(
    'prints what %s says when its blocks are pasted one after another',
    async (page) => {
      const blocks = blocksOf(page);
      const server = await (page === FIRST_PAGE ? startDemo() : openDemo());
      try {
        const { code, outputs } = await paste(blocks, server.url);
        const last = blocks[outputs.length - 1];
        const failure = code === 0 ? null : `the block at ${page}:${last?.line}`;
        expect({ failure, output: failure && outputs.at(-1) }).toEqual({
          failure: null,
          output: null,
        });
        for (const [index, { line, prints }] of blocks.entries()) {
          const missing = firstMissing(prints, outputs[index]!);
          const output = missing && outputs[index];
          expect({ at: `${page}:${line}`, missing, output }).toEqual({
            ...{ at: `${page}:${line}`, missing: null, output: null },
          });
        }
      } finally {
        await server.stop();
      }
    },
  );
});

/** What `npm run demo` starts. */
async function startDemo(): Promise<Demo> {
  const database = await createTestDatabase();
  const server = await startServer({ DATABASE_URL: database.url }, ['--demo']);
  const stop = async () => {
    await server.stop();
    await database.drop();
  };
  return { url: server.url, stop };
}

/** The same in this process: the start of one costs five times as much as what a page does with it. */
async function openDemo(): Promise<Demo> {
  const t = await createTestApp({ config: { LOG_SIGNER: true } });
  await seedDemo(t.app, () => undefined);
  await t.app.listen(0, '127.0.0.1');
  const { port } = t.app.getHttpServer().address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => t.close() };
}

function guides(): string[] {
  return readdirSync('docs/guides')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/guides/${name}`);
}

/** The `sh` blocks after `<!-- runs -->`, each with the `text` block after `<!-- prints -->`. */
function blocksOf(page: string): Block[] {
  const text = readFileSync(page, 'utf8');
  const pattern =
    /^<!-- runs -->\n+```sh\n([^]*?)^```\n(?:\n*<!-- prints -->\n+```text\n([^]*?)^```\n)?/gm;
  const blocks = [...text.matchAll(pattern)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    commands: match[1]!,
    prints: (match[2] ?? '').split('\n').filter((line) => line.trim() !== ''),
  }));
  // A mark that stands before nothing that runs would go unnoticed.
  const marks = text.match(/^<!-- (runs|prints) -->/gm)?.length ?? 0;
  const read = blocks.length + blocks.filter(({ prints }) => prints.length > 0).length;
  if (marks !== read) throw new Error(`${page} has ${marks} marks, and ${read} blocks follow them`);
  return blocks;
}

/** Runs the blocks in one shell, in a folder of its own; the last output is that of the failure. */
async function paste(
  blocks: readonly Block[],
  url: string,
): Promise<{ code: number; outputs: string[] }> {
  const scratch = newScratch();
  // What `npx fermata` runs in a checkout, without npm's second of start.
  const npx = `#!/bin/sh\n[ "$1" = fermata ] || { echo "npx $1 is not known here" >&2; exit 127; }\nshift\nexec '${process.execPath}' '${resolve('bin/fermata.mjs')}' "$@"\n`;
  writeFileSync(join(scratch, 'npx'), npx);
  chmodSync(join(scratch, 'npx'), 0o755);
  const script = blocks
    .map(({ commands }, index) => `printf '\\n${MARK}${index}\\n'\n${commands}`)
    .join('\n')
    .replaceAll(WRITTEN_ADDRESS, url);
  const shell = spawn('bash', ['-c', `set -euo pipefail\nexec 2>&1\n${script}`], {
    cwd: scratch,
    env: {
      PATH: `${scratch}:${process.env['PATH']}`,
      HOME: scratch,
      XDG_CONFIG_HOME: join(scratch, 'config'),
      FERMATA_URL: url,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  shell.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
  const [code] = (await once(shell, 'close')) as [number];
  return { code, outputs: output.split(new RegExp(`\n${MARK}\\d+\n`)).slice(1) };
}

/** The first of these lines that does not follow the others in the output; `…` stands for anything. */
function firstMissing(lines: readonly string[], output: string): string | null {
  const said = output.split('\n').map((line) => line.trim());
  let at = 0;
  for (const line of lines) {
    const words = line.trim().split('…').map(escape).join('.*');
    const found = said.slice(at).findIndex((one) => new RegExp(words).test(one));
    if (found < 0) return line;
    at += found + 1;
  }
  return null;
}

const escape = (text: string) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
