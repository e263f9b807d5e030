import { describe, expect, it } from '@jest/globals';
import { ROLE_SCOPES, ROLES, SCOPES, scopesOf } from './scopes.js';

describe('scopesOf', () => {
  it('is empty without a role', () => {
    expect(scopesOf([])).toEqual(new Set());
  });

  it('is what the roles allow together', () => {
    const both = scopesOf(['archive', 'operator']);
    expect(both).toEqual(new Set([...ROLE_SCOPES.archive, ...ROLE_SCOPES.operator]));
  });

  it('lets operators alone decide', () => {
    const deciders = ROLES.filter((role) => ROLE_SCOPES[role].includes('operator:decide'));
    expect(deciders).toEqual(['operator']);
  });

  it('lets neither inquirers nor operators speak for an artist', () => {
    for (const role of ['archive', 'dataset_builder', 'auditor', 'operator'] as const) {
      expect(ROLE_SCOPES[role]).not.toContain('consent:declare');
      expect(ROLE_SCOPES[role]).not.toContain('claims:write');
    }
  });

  it('gives every scope to some role', () => {
    expect(scopesOf(ROLES)).toEqual(new Set(Object.keys(SCOPES)));
  });
});
