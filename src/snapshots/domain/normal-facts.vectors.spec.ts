import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Match } from '#consent/domain';
import { factsText, normalFacts } from './normal-facts.js';
import type { Span } from './span.js';

describe('the published vectors of facts', () => {
  const { facts } = JSON.parse(readFileSync('test/vectors/snapshot.json', 'utf8')) as {
    facts: { matches: Match[]; span: Span; text: string }[];
  };

  it('come down to the text beside them, whoever holds the work', () => {
    for (const { matches, span, text } of facts) {
      expect(factsText(normalFacts(matches, span))).toBe(text);
    }
    expect(new Set(facts.map(({ text }) => text)).size).toBe(1);
  });
});
