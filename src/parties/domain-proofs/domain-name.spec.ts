import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDomain } from './domain-name.js';

describe('readDomain', () => {
  it.each([
    ['label.example', 'label.example'],
    ['  Label.EXAMPLE ', 'label.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['bücher。example', 'xn--bcher-kva.example'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['ｌａｂｅｌ.example', 'label.example'],
    ['a-1.b2.example', 'a-1.b2.example'],
  ])('reads %s as %s', (typed, domain) => {
    expect(readDomain(typed)).toEqual({ ok: true, domain });
  });

  it.each([
    ['https://label.example', 'https'],
    ['label.example/path', 'path'],
    ['user@label.example', 'user name'],
    ['label.example:8443', 'port'],
    ['label.example.', 'dot at the end'],
    ['label.example。', 'dot at the end'],
    ['127.0.0.1', 'IP address'],
    ['127.1', 'IP address'],
    ['0x7f.1', 'IP address'],
    ['0x7f000001', 'IP address'],
    ['0177.0.0.1', 'IP address'],
    ['2130706433', 'IP address'],
    ['１２７.０.０.１', 'IP address'],
    ['①②⑦.0.0.1', 'IP address'],
    ['label.0x7f', ''],
    ['label.1', ''],
    ['[::1]', 'IP address'],
    ['::1', 'IP address'],
    ['[::ffff:127.0.0.1]', 'IP address'],
    ['127%2e0.0.1', 'character'],
    ['label%00.example', 'character'],
    ['la bel.example', 'character'],
    ['label.example\\@evil.example', 'user name'],
    ['label.example#x', 'character'],
    ['label.example?x', 'character'],
    ['label', 'whole domain'],
    ['localhost', 'whole domain'],
    ['app.localhost', 'public DNS'],
    ['printer.local', 'public DNS'],
    ['metadata.google.internal', 'public DNS'],
    ['1.0.0.127.in-addr.arpa', 'public DNS'],
    ['_dmarc.label.example', ''],
    ['-label.example', ''],
    ['a..example', ''],
    ['.example', ''],
    ['', ''],
    [`${'a'.repeat(64)}.example`, ''],
    [`${'a.'.repeat(120)}example`, ''],
  ])('refuses %s', (typed, why) => {
    const reading = readDomain(typed);
    expect(reading).toMatchObject({ ok: false });
    if (!reading.ok) expect(reading.why).toContain(why);
  });

  it('gives only names that mean the same host to a URL parser', () => {
    const parts = fc.constantFrom(
      'a',
      '0x7f',
      '127',
      '1',
      '.',
      '。',
      '%2e',
      '@',
      'ß',
      'İ',
      '１',
      '-',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 10 }), (pieces) => {
        const reading = readDomain(pieces.join(''));
        if (reading.ok) expect(new URL(`https://${reading.domain}/`).host).toBe(reading.domain);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads what it gave as itself', () => {
    fc.assert(
      fc.property(fc.domain(), (typed) => {
        const reading = readDomain(typed);
        if (reading.ok) expect(readDomain(reading.domain)).toEqual(reading);
      }),
    );
  });
});
