import { beforeAll, describe, expect, it } from '@jest/globals';
import { DomainProblem } from '#kernel';
import { PasswordHasher } from './password-hasher.service.js';

const PASSWORD = 'tin roof, cold tea, loud harbour';

describe('PasswordHasher', () => {
  const hasher = new PasswordHasher();
  beforeAll(() => hasher.onModuleInit());

  it('knows a password however it was composed, and no other', async () => {
    const hash = await hasher.hash('café on the rusty crane'.normalize('NFC'));
    expect(await hasher.verify(hash, 'café on the rusty crane'.normalize('NFD'))).toBe(true);
    expect(await hasher.verify(hash, 'cafe on the rusty crane')).toBe(false);
  });

  it('finds no password right for an account that does not exist', async () => {
    expect(await hasher.verify(null, PASSWORD)).toBe(false);
  });

  it('turns away the 35th at once and serves the others', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 36 }, () => hasher.hash(PASSWORD)),
    );
    const refused = outcomes.flatMap((o) => (o.status === 'rejected' ? [o.reason] : []));
    expect(refused).toHaveLength(2);
    expect((refused[0] as DomainProblem).code).toBe('server/overloaded');
    await expect(hasher.hash(PASSWORD)).resolves.toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});
