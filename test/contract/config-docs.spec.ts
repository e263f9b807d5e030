import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#platform';

describe('the page and the example of the settings', () => {
  it('say what the code reads', () => {
    const script = 'scripts/describe-settings.mjs';
    const run = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
  });

  // A setting that is described but never read would be the worst kind: set, and without effect.
  const example = readFileSync('.env.example', 'utf8');
  const settings = [...example.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => ({
    name: name!,
    fallback: value!,
  }));
  const OTHERS: Record<string, string> = {
    DATABASE_URL: 'postgres://localhost/fermata',
    PUBLIC_URL: 'https://fermata.example',
    SECURITY_CONTACT: 'mailto:security@fermata.example',
    HOST: '0.0.0.0',
    DATA_DIR: 'elsewhere',
    LOG_DIR: 'elsewhere/log',
    LOG_ORIGIN: 'fermata.example/log',
    LOG_POLICY: 'witnesses.txt',
    LOG_SIGNER: 'false',
    LOOKUP_DATABASE_URLS: 'postgres://localhost/one,postgres://localhost/two',
    LOG_LEVEL: 'debug',
    SNAPSHOT_LICENSE: 'https://licence.example/',
    NODE_ENV: 'test',
    SMTP_URL: 'smtps://fermata:secret@mail.example',
    MAIL_FROM: 'notices@fermata.example',
  };
  /** What a setting does not go without. */
  const WITH: Record<string, Record<string, string>> = {
    SMTP_URL: { MAIL_FROM: 'notices@fermata.example' },
  };

  it.each(settings)('$name changes the configuration', ({ name, fallback }) => {
    const wanted = OTHERS[name] ?? String(Number(fallback) + 1);
    const read = loadConfig({ ...WITH[name], [name]: wanted }) as unknown as Record<
      string,
      unknown
    >;
    expect(String(read[name])).toBe(wanted);
    expect(loadConfig({})).not.toEqual(read);
  });

  it.each(settings.filter(({ fallback }) => fallback !== ''))(
    'name the default of $name',
    ({ name, fallback }) => {
      const read = loadConfig({}) as unknown as Record<string, unknown>;
      expect(String(read[name])).toBe(fallback);
    },
  );
});
