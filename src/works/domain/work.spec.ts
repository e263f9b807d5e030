import { describe, expect, it } from '@jest/globals';
import { linkFault } from './work.js';

describe('linkFault', () => {
  it.each([
    ['embodies', 'recording', 'composition'],
    ['embodies', 'video', 'recording'],
    ['contains', 'release', 'recording'],
    ['samples', 'recording', 'recording'],
    ['illustrated_by', 'release', 'artwork'],
  ] as const)('lets %s lead from a %s to a %s', (kind, from, to) => {
    expect(linkFault(kind, from, to)).toBeNull();
  });

  it.each([
    ['embodies', 'recording', 'recording'],
    ['embodies', 'composition', 'recording'],
    ['contains', 'recording', 'recording'],
    ['contains', 'release', 'composition'],
    ['samples', 'recording', 'composition'],
  ] as const)('refuses %s from a %s to a %s and says so', (kind, from, to) => {
    expect(linkFault(kind, from, to)).toContain(`a ${from} can't be linked to a ${to}`);
  });
});
