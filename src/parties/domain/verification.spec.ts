import { describe, expect, it } from '@jest/globals';
import { challengeOf, judgeReading, type NothingFound } from './verification.js';

const challenge = challengeOf({
  partyId: 'pty_1',
  token: '00112233445566778899aabbccddeeff',
  domain: 'label.example',
});
const line = 'fermata-verification=pty_1.00112233445566778899aabbccddeeff';

describe('challengeOf', () => {
  it('says the line and where to publish it', () => {
    expect(challenge).toEqual({
      line,
      dnsName: '_fermata-challenge.label.example',
      url: 'https://label.example/.well-known/fermata-verification.txt',
    });
  });
});

describe('judgeReading', () => {
  it.each([
    ['the line alone', [line], true],
    ['the line among others', ['v=spf1 -all', line], true],
    ['the line with blanks and a byte order mark around it', [`\uFEFF${line} \r`], true],
    ['nothing', [], false],
    ['the line of another party', [line.replace('pty_1', 'pty_2')], false],
    ['the line with another token', [`${line}0`], false],
    ['the line inside other text', [`see ${line}`], false],
    ['the line in capitals', [line.toUpperCase()], false],
  ])('judges %s', (_, lines, proven) => {
    expect(judgeReading('dns', challenge, { found: 'lines', lines }).proven).toBe(proven);
  });

  it('says when the line is one of Fermata but not the expected one', () => {
    const lines = [line.replace('pty_1', 'pty_2')];
    const { inWords } = judgeReading('well_known', challenge, { found: 'lines', lines });
    expect(inWords).toContain('another party or with another token');
  });

  it('never repeats what the domain sent', () => {
    const lines = ['secret-of-an-internal-page', 'fermata-verification=secret-too'];
    const { inWords } = judgeReading('well_known', challenge, { found: 'lines', lines });
    expect(inWords).not.toContain('secret');
  });

  it.each<[NothingFound, string]>([
    ['no_such_name', 'no such name'],
    ['no_record', 'no record'],
    ['dns_failed', 'no usable answer'],
    ['not_public', 'not on the public internet'],
    ['unreachable', 'no connection'],
    ['bad_certificate', 'certificate'],
    ['redirected', 'redirect'],
    ['bad_status', 'status 503'],
    ['too_large', '64 KiB'],
    ['not_plain', 'compressed'],
    ['timed_out', '5 seconds'],
  ])('explains %s', (reason, words) => {
    const outcome = judgeReading('dns', challenge, { found: 'nothing', reason, status: 503 });
    expect(outcome.proven).toBe(false);
    expect(outcome.inWords).toContain(words);
  });
});
