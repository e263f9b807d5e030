import { describe, expect, it } from '@jest/globals';
import type { LookupItem } from './lookup-answer.js';
import { isPermitted, type PermissionOptions } from './permission.js';

const AT = Date.parse('2026-11-28T00:00:00Z');
const told = (outcome: unknown, validUntil?: string) =>
  ({ result: 'found', purposes: { 'ai.input': { outcome, validUntil } } }) as unknown as LookupItem;

describe('isPermitted', () => {
  it.each<[string, LookupItem, PermissionOptions]>([
    ['a permission', told('permitted'), {}],
    ['one that still holds', told('permitted', '2026-11-28T00:00:01Z'), {}],
    ['one with duties that are kept', told('permitted_with_duties'), { keepsDuties: true }],
  ])('is true for %s', (_, item, options) => {
    expect(isPermitted(item, 'ai.input', { at: AT, ...options })).toBe(true);
  });

  it.each<[string, LookupItem]>([
    ...['denied', 'disputed', 'licence_required', 'unknown', 'permitted_with_duties'].map(
      (outcome) => [outcome, told(outcome)] as [string, LookupItem],
    ),
    ['an outcome that is new', told('encouraged')],
    ['no outcome', told(undefined)],
    ['one that has ended', told('permitted', '2026-11-28T00:00:00Z')],
    ['one that ends nobody knows when', told('permitted', 'soon')],
    ['what nobody registered', { ...told('permitted'), result: 'not_found' }],
    ['several works', { ...told('permitted'), result: 'ambiguous_match' }],
    ['an invalid identifier', { result: 'invalid_identifier' }],
  ])('is false for %s', (_, item) => {
    expect(isPermitted(item, 'ai.input', { at: AT })).toBe(false);
  });

  it('is false for a purpose that was not asked about', () => {
    expect(isPermitted(told('permitted'), 'ai.train', { at: AT })).toBe(false);
    expect(isPermitted(told('permitted'), 'toString', { at: AT })).toBe(false);
  });
});
