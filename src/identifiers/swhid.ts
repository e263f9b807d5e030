import { defineScheme } from './identifier.js';
import { refuse } from './refusal.js';
import { lowerAscii } from './typed-text.js';

const ADDRESS = /^(?:https?:\/\/)?archive\.softwareheritage\.org\/(?=swh:)/i;
const SWHID = /^swh:1:(?:cnt|dir|rev|rel|snp):[0-9a-f]{40}$/;

/**
 * Software Hash Identifier (ISO/IEC 18670). Qualifiers after a semicolon tell where the object was
 * seen, not what it is, and are dropped.
 */
export const swhid = defineScheme({
  scheme: 'swhid',
  title: 'SWHID, Software Hash Identifier (ISO/IEC 18670)',
  subject: ['work'],
  example: 'swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2',
  read(text) {
    const [core = ''] = text.replace(ADDRESS, '').split(';', 1);
    const value = lowerAscii(core.endsWith('/') ? core.slice(0, -1) : core);
    return SWHID.test(value)
      ? value
      : refuse(
          'wrong_form',
          'A SWHID is swh:1:, one of cnt, dir, rev, rel or snp, a colon and 40 hexadecimal digits.',
        );
  },
});
