import { describe, expect, it } from '@jest/globals';
import { contentFault } from './content-check.js';

const ID = 'pty_01kay5b1z0e8v9q7f3s2m6n4c8';

describe('the data map', () => {
  it.each([
    ['a name', 'claim', { party: 'Zephyrine Quill' }, 'party is no id'],
    ['a title', 'work', { title: 'Marmalade Sky' }, 'there is no field title'],
    [
      'an identifier in clear',
      'work',
      { identifiers: ['isrc:GBAYE0600011'] },
      'identifiers[] is no hash',
    ],
    [
      'terms in clear',
      'declaration',
      { terms: { attribution: 'Quill' } },
      'there is no object terms',
    ],
    ['a text among words', 'claim', { role: 'the one who Sang it' }, 'role is no word'],
    ['a list where there is none', 'claim', { party: [ID] }, 'there is no list party'],
    [
      'a member that is new',
      'work',
      { links: [{ kind: 'samples', note: 'x' }] },
      'there is no field links[].note',
    ],
    ['a field of the prototype', 'work', { constructor: 'x' }, 'there is no field constructor'],
    ['null where something must be said', 'claim', { party: null }, 'party is no id'],
    ['a place as a word', 'claim', { territory: 'Germany' }, 'territory is no nothing'],
    ['a name of a snapshot', 'snapshot', { snapshot: 'All of Quill' }, 'snapshot is no uuid'],
  ] as const)('refuses %s', (_, type, content, fault) => {
    expect(contentFault(type, content)).toBe(fault);
  });

  it('lets through what the registry writes', () => {
    const territory = { include: ['DE', 'WORLD'], exclude: ['FR'] };
    expect(contentFault('claim', { party: ID, territory, madeAt: null, sharePpm: 1 })).toBeNull();
    expect(contentFault('work', { kind: 'text', identifiers: [], links: [] })).toBeNull();
    expect(contentFault('mandate', { purposes: null, territory: null, society: true })).toBeNull();
    expect(contentFault('mandate', { purposes: ['ai.train'] })).toBeNull();
  });
});
