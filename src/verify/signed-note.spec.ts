import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  openCheckpoint,
  openNote,
  parseCheckpoint,
  parsePolicy,
  parseVerifierKey,
  type Policy,
  writeVerifierKey,
} from './index.js';

const { signedNote } = JSON.parse(readFileSync('test/vectors/merkle.json', 'utf8'));
const LOG_VKEY = 'registry.example/consent+30733048+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea';
const WITNESS_VKEY = 'witness.example/w1+04d2d833+BD1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM';
const TEXT = 'registry.example/consent\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n';
const LOG_LINE =
  '— registry.example/consent MHMwSOmbi5IaVOpQYWDX1VUPlRDl2I9I9Hl2BXnsyegihp+rNX5tK1TxV4XYzVmIa3JvyG1UwU3FjG8rcOQdkiPefwo=\n';
const WITNESS_LINE =
  '— witness.example/w1 BNLYMwAAAABpJIEAr2chS5fiN0eCc8EH40vkixPa2LNn2wJu5sP9AUMpevAYeultUWq688k/M7nWV6utDYt0or3fEcu8fMblnO57Dw==\n';

function key(vkey: string) {
  const parsed = parseVerifierKey(vkey);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

function policy(...lines: string[]): Policy {
  const parsed = parsePolicy(`${lines.join('\n')}\n`);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

describe('a verifier key', () => {
  it('is read, and written the same', () => {
    for (const vkey of [signedNote.vkey, LOG_VKEY, WITNESS_VKEY]) {
      expect(writeVerifierKey(key(vkey))).toBe(vkey);
    }
  });

  it.each([
    [LOG_VKEY.replace('30733048', '30733049'), 'has the id 30733048, not 30733049'],
    [LOG_VKEY.replace('registry', 'registri'), 'has the id'],
    [LOG_VKEY.slice(0, -1), 'no canonical base64'],
    ['+30733048+AddamAGC', 'is no name of a key'],
    ['a b+30733048+AddamAGC', 'is no name of a key'],
    ['a+3073304+AddamAGC', 'no id of eight hex digits'],
    [`a+30733048+${Buffer.alloc(33, 6).toString('base64')}`, 'is of type 6'],
    [`a+30733048+${Buffer.alloc(32, 1).toString('base64')}`, '31 bytes instead of 32'],
    ['', 'no name'],
  ])('is refused: %#', (vkey, reason) => {
    const parsed = parseVerifierKey(vkey);
    expect(parsed).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});

describe('openNote', () => {
  it('opens the published note', () => {
    expect(openNote(signedNote.note, [key(signedNote.vkey)])).toMatchObject({
      ok: true,
      value: { text: 'This is an example message.\n', signatures: [{ time: null }] },
    });
  });

  it('takes the text up to the last empty line', () => {
    const note = `a\n\nb\n\n${LOG_LINE}`;
    const opened = openNote(note, [key(signedNote.vkey)]);
    expect(opened).toEqual({
      ok: false,
      reason: expect.stringContaining('none of the known keys signed'),
    });
    expect(openNote(note, [key(LOG_VKEY)])).toEqual({
      ok: false,
      reason: 'the signature of “registry.example/consent” (30733048) does not fit the text',
    });
  });

  it('ignores keys that it does not know, even of the same name or of the same id', () => {
    const note = `${TEXT}\n${LOG_LINE}— registry.example/consent AAAAAAAA\n— other MHMwSAAA\n`;
    expect(openNote(note, [key(LOG_VKEY)]).ok).toBe(true);
  });

  it('rejects a good note for one false signature of a known key', () => {
    const wrong = LOG_LINE.replace('/consent MHMwSO', '/consent MHMwSA');
    expect(openNote(`${TEXT}\n${LOG_LINE}${wrong}`, [key(LOG_VKEY)]).ok).toBe(false);
  });

  it('takes sixteen signatures and more', () => {
    const strangers = Array.from({ length: 30 }, (_, at) => `— s${at}.example AAAAAAAA\n`);
    expect(openNote(`${TEXT}\n${strangers.join('')}${LOG_LINE}`, [key(LOG_VKEY)]).ok).toBe(true);
  });

  it.each([
    ['no empty line', TEXT + LOG_LINE],
    ['no signatures', `${TEXT}\n`],
    ['a newline', `${TEXT}\n${LOG_LINE.trimEnd()}`],
    ['control character', `${TEXT.replace('8', '8\t')}\n${LOG_LINE}`],
    ['control character', `${TEXT}\n${LOG_LINE.replace('\n', '\r\n')}`],
    ['no signature line', `${TEXT}\n${LOG_LINE.replace('—', '-')}`],
    ['no signature line', `${TEXT}\n${LOG_LINE.replace(' MHM', '  MHM')}`],
    ['no canonical base64', `${TEXT}\n${LOG_LINE.replace('fwo=', 'fwp=')}`],
    ['no canonical base64', `${TEXT}\n${LOG_LINE.replace('fwo=', 'fwo')}`],
    ['too short', `${TEXT}\n— a MHMwSA==\n`],
    ['more than 64 signatures', `${TEXT}\n${LOG_LINE.repeat(65)}`],
    ['longer than', `${TEXT}\n${'a'.repeat(300_000)}`],
    ['half of a surrogate pair', `${TEXT}\uD800\n\n${LOG_LINE}`],
    ['not UTF-8', Buffer.concat([Buffer.from([0xff]), Buffer.from(`${TEXT}\n${LOG_LINE}`)])],
  ])('refuses: %s', (reason, note) => {
    expect(openNote(note, [key(LOG_VKEY)])).toEqual({
      ok: false,
      reason: expect.stringContaining(reason),
    });
  });
});

describe('parseCheckpoint', () => {
  it('reads name, size and root', () => {
    expect(parseCheckpoint(TEXT)).toMatchObject({
      ok: true,
      value: { origin: 'registry.example/consent', size: 8n, extensions: [] },
    });
  });

  it.each([
    ['08', 'no decimal number'],
    ['+8', 'no decimal number'],
    ['8 ', 'no decimal number'],
    ['', 'no decimal number'],
    ['-1', 'no decimal number'],
    ['1e3', 'no decimal number'],
    ['9223372036854775808', 'larger than a log can be'],
    ['0', 'no leaves and yet the root of some'],
  ])('refuses the size “%s”', (size, reason) => {
    expect(parseCheckpoint(TEXT.replace('\n8\n', `\n${size}\n`))).toEqual({
      ok: false,
      reason: expect.stringContaining(reason),
    });
  });

  it.each([
    ['a\n8\n', 'fewer than three lines'],
    [TEXT.slice(TEXT.indexOf('\n')), 'names no origin'],
    [TEXT.replace('Qyg=', 'Qyh='), 'no canonical base64'],
    [TEXT.replace('Xcna', ''), '29 bytes instead of 32'],
    [`${TEXT}\n`, 'an empty extension line'],
    [TEXT.slice(0, -1), 'end in a newline'],
  ])('refuses %j', (text, reason) => {
    expect(parseCheckpoint(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});

describe('openCheckpoint', () => {
  const note = `${TEXT}\n${LOG_LINE}${WITNESS_LINE}`;
  const witnessed = policy(`log ${LOG_VKEY}`, `witness w1 ${WITNESS_VKEY}`, 'quorum w1');

  it('opens our own checkpoint with its cosignature', () => {
    expect(openCheckpoint(note, witnessed)).toMatchObject({
      ok: true,
      value: { size: 8n, cosignatures: [{ witness: 'w1', time: 1_764_000_000n }] },
    });
    expect(openCheckpoint(Buffer.from(note), witnessed).ok).toBe(true);
  });

  it('wants the quorum', () => {
    expect(openCheckpoint(`${TEXT}\n${LOG_LINE}`, witnessed)).toEqual({
      ok: false,
      reason: 'the quorum “w1” is not reached: of the witnesses nobody cosigned',
    });
    const nobody = policy(`log ${LOG_VKEY}`, 'quorum none');
    expect(openCheckpoint(`${TEXT}\n${LOG_LINE}`, nobody).ok).toBe(true);
  });

  it('wants the signature of the log itself, under the name of the origin', () => {
    expect(openCheckpoint(`${TEXT}\n${WITNESS_LINE}`, witnessed)).toEqual({
      ok: false,
      reason: expect.stringContaining('no key of the policy for the log'),
    });
    const other = policy(`log ${signedNote.vkey}`, `witness w1 ${WITNESS_VKEY}`, 'quorum w1');
    expect(openCheckpoint(note, other).ok).toBe(false);
  });

  it('signs the time of a cosignature with the text', () => {
    const later = WITNESS_LINE.replace('BpJIEA', 'BpJIEB');
    expect(openCheckpoint(`${TEXT}\n${LOG_LINE}${later}`, witnessed)).toEqual({
      ok: false,
      reason: expect.stringContaining('the signature of “witness.example/w1”'),
    });
  });

  it('opens the checkpoints of another log, at every published size', () => {
    const vkey = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';
    const published: [number, string, string][] = [
      [
        0,
        '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
        'M9e0lhxJACzE1KoUdqKuPa+9p6R7dSW8BlEvrg/noo8FkGg6PbJoRNOcdjqjOq89wVvTA60eubCc4oufo5BvIVEgtQc=',
      ],
      [
        1,
        '0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek=',
        'M9e0lhr9kuLxGdAtaUrhm84TQffVsLdcy808sN0a3WyniNlfcr9+bywoiIke1YYciCNjJGkCgIlQ8b16jhsmg/SChAM=',
      ],
      [
        8,
        'bC+VwvrJbalNVjfkdI8kUgs7mJoXrqiXCE7bgnD28pY=',
        'M9e0lq1EK37dHtgv9O3UzPxisw5vwIPcJsX9ab0xt4mvVfbdUR1fbMjN6sBFYpBoBEmD4+cWhj/AVgI5MitCO5+mews=',
      ],
      [
        15,
        'rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=',
        'M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=',
      ],
    ];
    for (const [size, root, signature] of published) {
      const name = 'example.com/log/testdata';
      const published = `${name}\n${size}\n${root}\n\n— ${name} ${signature}\n`;
      const opened = openCheckpoint(published, policy(`log ${vkey}`, 'quorum none'));
      expect(opened).toMatchObject({ ok: true, value: { size: BigInt(size) } });
    }
  });
});

describe('parsePolicy', () => {
  const other = 'witness.example/w1+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';

  it('reads groups, comments and addresses', () => {
    const parsed = policy(
      '# who is believed',
      `  log ${LOG_VKEY} https://registry.example/log`,
      `witness\tw1 ${WITNESS_VKEY}`,
      'group g any w1',
      'group all-of-them all g',
      '',
      'quorum all-of-them',
    );
    expect(parsed.logs[0]!.url).toBe('https://registry.example/log');
    expect(openCheckpoint(`${TEXT}\n${LOG_LINE}${WITNESS_LINE}`, parsed).ok).toBe(true);
    expect(openCheckpoint(`${TEXT}\n${LOG_LINE}`, parsed).ok).toBe(false);
  });

  it.each([
    [[], 'no quorum line'],
    [['quorum w1'], 'line 1 of the policy: “w1” is not defined above'],
    [['quorum none', 'quorum none'], 'there is a quorum already'],
    [['log x'], 'line 1'],
    [[`log ${WITNESS_VKEY}`], 'is no key of a log'],
    [[`witness w ${LOG_VKEY}`], 'has no key of a witness'],
    [[`log ${LOG_VKEY}`, `log ${LOG_VKEY}`], 'stands there twice'],
    [[`witness a ${WITNESS_VKEY}`, `witness b ${WITNESS_VKEY}`], 'stands there twice'],
    [[`witness none ${WITNESS_VKEY}`], 'the name “none” is taken'],
    [[`witness a ${WITNESS_VKEY}`, 'group a any a'], 'the name “a” is taken'],
    [[`witness a ${WITNESS_VKEY}`, 'group g 2 a'], '“2” is no number from 1 to 1'],
    [[`witness a ${WITNESS_VKEY}`, 'group g 0 a'], '“0” is no number from 1 to 1'],
    [[`witness a ${WITNESS_VKEY}`, 'group g 2 a a'], '“a” is a member already'],
    [[`witness a ${WITNESS_VKEY}`, 'group g any'], 'it must be: group'],
    [['group g any h', 'group h any g'], '“h” is not defined above'],
    [['witnes x'], 'is none of log, witness, group, quorum'],
    [['quorum none\u0000'], 'control character'],
    [[`log ${other}`], 'has the id'],
  ])('refuses %#', (lines, reason) => {
    expect(parsePolicy(lines.join('\n'))).toEqual({
      ok: false,
      reason: expect.stringContaining(reason),
    });
  });
});

describe('what reads notes', () => {
  it('throws on nothing at all', () => {
    const odd = fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.uint8Array());
    fc.assert(
      fc.property(odd, (value) => {
        const given = value as string;
        expect(openNote(given, [key(LOG_VKEY)]).ok).toBe(false);
        expect(parseVerifierKey(given).ok).toBe(false);
        expect(parseCheckpoint(given).ok).toBe(false);
        expect(parsePolicy(given).ok).toBe(false);
      }),
    );
  });
});
