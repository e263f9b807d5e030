import { spawn } from 'node:child_process';
import { describe, expect, it, jest } from '@jest/globals';
import { WAYS } from '../../bench/crash/plan.js';

// Eight crashes take 15 seconds on a machine that has nothing else to do.
jest.setTimeout(180_000);

const SEED = process.env['FERMATA_SEED'] ?? '11';

describe('npm run crash, a short one', () => {
  it('loses nothing and signs no second history, whatever befalls it', async () => {
    const { code, out } = await crash(['--crashes', String(WAYS.length), '--seed', SEED]);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('0 gaps') });
    expect(out).toMatch(/^0 acknowledged lost$/m);
    expect(out).toMatch(/^0 forks$/m);
    expect(out).toMatch(/^acknowledged [1-9]\d*, leaves [1-9]/m);
    // Each way once; what the machine does not allow is named.
    for (const way of WAYS)
      expect(out).toMatch(new RegExp(`\\b${way} 1\\b|^NOT TRIED: ${way}$`, 'm'));
  });

  it('refuses a number that is none', async () => {
    expect(await crash(['--crashes', 'many'])).toEqual({
      code: 2,
      out: '--crashes takes a whole number from 1\n',
    });
  });
});

/** Runs the built command; what it says, on whichever stream. */
function crash(args: readonly string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['dist/bench/crash/run.js', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (out += piece.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out })));
}
