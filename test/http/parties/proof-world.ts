import cookie from '@fastify/cookie';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { InjectOptions, Response } from 'light-my-request';
import {
  AccessGuard,
  ACCOUNTS_ENTITIES,
  ACCOUNTS_PROBLEMS,
  AccountsModule,
  OperatorGrants,
} from '#accounts';
import { PARTIES_ENTITIES, PARTIES_PROBLEMS, PartiesModule } from '#parties';
import {
  Config,
  fastifyAdapter,
  PlatformModule,
  ProblemFilter,
  registerJsonBody,
  validationPipe,
} from '#platform';
import { TRANSPARENCY_ENTITIES, TransparencyModule } from '#transparency';
import { DomainProofs } from '../../../src/parties/domain-proofs/domain-proofs.js';
import { NetworkDomainProofs } from '../../../src/parties/domain-proofs/network-domain-proofs.js';
import { PUBLIC_INTERNET } from '../../../src/parties/domain-proofs/proof-network.js';
import { DnsServer } from '../../support/dns-server.js';
import { HttpsServer } from '../../support/https-server.js';
import { FixedClock } from '../../support/test-app.js';
import { createTestDatabase } from '../../support/test-database.js';

/**
 * Parties and what stands below them, in a world with a name server and a web server of its own.
 * Only here does 127.0.0.1 count as public: the real wiring has no setting for it.
 */
export interface ProofWorld {
  app: NestFastifyApplication;
  clock: FixedClock;
  dns: DnsServer;
  web: HttpsServer;
  request(
    method: InjectOptions['method'],
    url: string,
    as: string,
    body?: object,
  ): Promise<Response>;
  signUp(role: string): Promise<string>;
  /** A key of the account with this token; unlike a session it doesn't end by itself. */
  apiKey(token: string, scopes: string[]): Promise<string>;
  /** The bearer token of an operator. */
  operator(): Promise<string>;
  close(): Promise<void>;
}

const password = 'correct horse battery staple';

export async function createProofWorld(domain: string): Promise<ProofWorld> {
  const clock = new FixedClock(Date.parse('2026-11-22T10:00:00Z'));
  const [database, dns, web] = await Promise.all([
    createTestDatabase(),
    DnsServer.start(),
    HttpsServer.start([domain]),
  ]);
  const proofs = new NetworkDomainProofs({
    ...PUBLIC_INTERNET,
    dnsServers: [dns.address],
    httpsPort: web.port,
    authorities: web.authority,
    mayConnectTo: (address) => address === '127.0.0.1' || PUBLIC_INTERNET.mayConnectTo(address),
  });
  const app = await boot(database.url, clock, proofs);

  const request: ProofWorld['request'] = (method, url, as, body) =>
    app.inject({
      method,
      url,
      headers: as === '' ? {} : { authorization: `Bearer ${as}` },
      ...(body === undefined ? {} : { payload: body }),
    }) as unknown as Promise<Response>;

  let people = 0;
  const signUp = async (role: string, grant?: (email: string) => Promise<void>) => {
    const email = `someone.${++people}@example.org`;
    const account = { email, password, displayName: 'Someone', role };
    const up = await request('POST', '/v1/accounts', '', account);
    if (up.statusCode !== 201) throw new Error(`sign-up failed: ${up.body}`);
    await grant?.(email);
    const session = await request('POST', '/v1/sessions', '', { email, password });
    if (session.statusCode !== 201) throw new Error(`sign-in failed: ${session.body}`);
    return session.json<{ token: string }>().token;
  };

  return {
    app,
    clock,
    dns,
    web,
    request,
    signUp,
    apiKey: async (token, scopes) => {
      const made = await request('POST', '/v1/api-keys', token, { name: 'test', scopes });
      return made.json<{ secret: string }>().secret;
    },
    operator: () =>
      signUp('auditor', (email) => app.get(OperatorGrants, { strict: false }).grant(email)),
    close: async () => {
      await app.close();
      await Promise.all([database.drop(), dns.stop(), web.stop()]);
    },
  };
}

async function boot(
  databaseUrl: string,
  clock: FixedClock,
  proofs: DomainProofs,
): Promise<NestFastifyApplication> {
  const config = Object.assign(new Config(), {
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_MAX: 6,
    LOOKUP_POOL_MAX: 4,
    REQUESTS_PER_MINUTE: 100_000,
  });
  const entities = [...ACCOUNTS_ENTITIES, ...TRANSPARENCY_ENTITIES, ...PARTIES_ENTITIES];
  const problems = [ACCOUNTS_PROBLEMS, PARTIES_PROBLEMS];

  @Module({
    imports: [
      PlatformModule.with({ config, clock, entities, problems }),
      TransparencyModule,
      AccountsModule,
      PartiesModule,
    ],
    providers: [
      { provide: APP_GUARD, useExisting: AccessGuard },
      { provide: APP_FILTER, useExisting: ProblemFilter },
    ],
  })
  class ProofWorldModule {}

  const testing = await Test.createTestingModule({ imports: [ProofWorldModule] })
    .overrideProvider(DomainProofs)
    .useValue(proofs)
    .compile();
  const app = testing.createNestApplication<NestFastifyApplication>(fastifyAdapter(config), {
    logger: false,
    bodyParser: false,
  });
  await app.register(cookie);
  registerJsonBody(app.getHttpAdapter().getInstance());
  app.useGlobalPipes(validationPipe());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
