import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions, Response } from 'light-my-request';
import { createApp } from '../../src/create-app.js';
import { PasswordHasher } from '../../src/accounts/password-hasher.service.js';
import { Clock } from '#kernel';
import { Config } from '#platform';
import { Acknowledgements } from '#transparency';
import { createTestDatabase, dropTestDatabase } from './test-database.js';

/** A clock that stands still until the test moves it. */
export class FixedClock extends Clock {
  constructor(private ms: number = Date.now()) {
    super();
  }

  now(): number {
    return this.ms;
  }

  set(instant: number | string): void {
    this.ms = typeof instant === 'string' ? Date.parse(instant) : instant;
  }

  advance(ms: number): void {
    this.ms += ms;
  }
}

export interface TestRequest {
  body?: unknown;
  headers?: Record<string, string>;
  /** Bearer token of the one who asks. */
  as?: string;
}

export interface TestApp {
  app: NestFastifyApplication;
  databaseUrl: string;
  /** Where the log's keys, anchor and public files are. */
  logFolder: string;
  request(method: InjectOptions['method'], url: string, options?: TestRequest): Promise<Response>;
  /** Signs up a new account and returns its bearer token. */
  signUp(role: string, name?: string): Promise<string>;
  /** Ends the application and leaves its database and log as they are. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** What an application left behind, for the next one. */
export type LeftBehind = Pick<TestApp, 'databaseUrl' | 'logFolder'>;

let people = 0;

/** Lets an application without a signer answer changes at once; it would wait for a checkpoint. */
export function acknowledgeUnsigned(app: NestFastifyApplication): void {
  Object.assign(app.get(Acknowledgements, { strict: false }), {
    refuseWhereHopeless: () => Promise.resolve(),
    settle: () => Promise.resolve(null),
  });
}

/** The whole application over a database of its own, spoken to without a socket. */
export async function createTestApp(
  options: {
    clock?: Clock;
    config?: Partial<Config>;
    after?: LeftBehind;
  } = {},
): Promise<TestApp> {
  const { after } = options;
  const database = after
    ? { url: after.databaseUrl, drop: () => dropTestDatabase(after.databaseUrl) }
    : await createTestDatabase();
  const logFolder = after?.logFolder ?? (await mkdtemp(join(tmpdir(), 'fermata-log-')));
  const config = Object.assign(new Config(), {
    NODE_ENV: 'test',
    LOG_LEVEL: process.env['TEST_LOG'] ?? 'error',
    DATABASE_URL: database.url,
    DATABASE_POOL_MAX: 6,
    LOOKUP_POOL_MAX: 4,
    REQUESTS_PER_MINUTE: 100_000,
    SIGN_IN_ATTEMPTS: 10_000,
    LOG_DIR: logFolder,
    // Signing costs four times a write; those whose rules it is turn it on.
    LOG_SIGNER: false,
    // A machine that is busy with other tests must not make this one fail: without any limit, because
    // a loop that was not measured at all in an interval counts as one that is late for ever.
    LAG_MAX_MS: 0,
    ...options.config,
  });
  const app = await createApp(config, options.clock);
  const hasher = app.get(PasswordHasher, { strict: false });
  hasher.cost = { memoryCost: 64, timeCost: 1, parallelism: 1 };
  // What no account has is hashed like the others, so that it takes as long.
  await hasher.onModuleInit();
  if (!config.LOG_SIGNER) acknowledgeUnsigned(app);

  const request: TestApp['request'] = (method, url, { body, headers, as } = {}) =>
    app.inject({
      method,
      url,
      headers: { ...(as ? { authorization: `Bearer ${as}` } : {}), ...headers },
      ...(body === undefined ? {} : { payload: body as InjectOptions['payload'] }),
    }) as unknown as Promise<Response>;

  return {
    app,
    databaseUrl: database.url,
    logFolder,
    request,
    signUp: async (role, name = `${role} ${++people}`) => {
      const email = `${name.replaceAll(/\W+/g, '.').toLowerCase()}.${++people}@example.org`;
      const password = 'correct horse battery staple';
      const up = await request('POST', '/v1/accounts', {
        body: { email, password, displayName: name, role },
      });
      if (up.statusCode !== 201) throw new Error(`sign-up failed: ${up.body}`);
      const session = await request('POST', '/v1/sessions', { body: { email, password } });
      if (session.statusCode !== 201) throw new Error(`sign-in failed: ${session.body}`);
      return session.json<{ token: string }>().token;
    },
    stop: () => app.close(),
    close: async () => {
      await app.close();
      await database.drop();
      await rm(logFolder, { recursive: true, force: true });
    },
  };
}
