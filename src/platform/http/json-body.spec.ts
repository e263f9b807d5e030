import { describe, expect, it } from '@jest/globals';
import type { DomainProblem } from '#kernel';
import { parseJson } from './json-body.js';

const many = (count: number, one: string) => Array.from({ length: count }, () => one).join();
const TOO_MANY = 'the body has more than 12000 objects and elements of lists';

function refusalOf(text: string): string | undefined {
  try {
    parseJson(text);
    return undefined;
  } catch (error) {
    return (error as DomainProblem).detail;
  }
}

describe('a JSON body', () => {
  it.each([
    [
      '10,000 objects in a list, as the largest operation takes',
      `{"items":[${many(10_000, '{"a":1}')}]}`,
    ],
    ['as many numbers as it may hold', `{"items":[${many(11_999, '1')}]}`],
  ])('is read with %s', (_, text) => {
    expect(refusalOf(text)).toBeUndefined();
  });

  it.each([
    ['objects in a list', `{"items":[${many(12_001, '{}')}]}`],
    ['texts in a list', `{"items":[${many(12_001, '"a"')}]}`],
    ['lists in lists', `{"items":[${many(200, `[${many(60, '[]')}]`)}]}`],
    ['objects in objects', `{"items":[${many(6_001, '{"a":{}}')}]}`],
  ])('is refused with more than 12,000 %s, before each is looked into', (_, text) => {
    expect(refusalOf(text)).toBe(`/: ${TOO_MANY}`);
  });
});
