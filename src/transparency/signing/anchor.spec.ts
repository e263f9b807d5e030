import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Anchor } from './anchor.js';

const folder = mkdtempSync(join(tmpdir(), 'fermata-anchor-'));
const path = join(folder, 'checkpoint');
afterAll(() => rmSync(folder, { recursive: true }));

describe('the anchor', () => {
  it('is replaced by whoever wrote it last, and by nobody else', async () => {
    const anchor = new Anchor(folder);
    expect(await anchor.read()).toBeNull();
    await anchor.write('one');
    await anchor.write('two');
    writeFileSync(path, 'another');
    await expect(anchor.write('three')).rejects.toThrow('two signers are at work');
    expect(readFileSync(path, 'utf8')).toBe('another');
  });

  it('is not made anew where it was deleted in the meantime', async () => {
    const anchor = new Anchor(folder);
    await anchor.read();
    rmSync(path);
    await expect(anchor.write('four')).rejects.toThrow('was deleted while the log was signed');
    expect(await anchor.read()).toBeNull();
  });
});
