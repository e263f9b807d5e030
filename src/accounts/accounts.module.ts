import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccessAudit } from './access/access-audit.service.js';
import { AccessGuard } from './access/access.guard.js';
import { AccountErasureRepository } from './account-erasure.repository.js';
import { AccountErasure } from './account-erasure.service.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsRepository } from './accounts.repository.js';
import { AccountsService } from './accounts.service.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeysService } from './api-keys.service.js';
import { CredentialsRepository } from './credentials.repository.js';
import { Credentials } from './credentials.service.js';
import { OperatorGrants } from './operator-grants.service.js';
import { Authentication } from './passport/authentication.js';
import { BearerStrategy } from './passport/bearer.strategy.js';
import { LocalStrategy } from './passport/local.strategy.js';
import { SessionCookieStrategy } from './passport/session-cookie.strategy.js';
import { PasswordHasher } from './password-hasher.service.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsQuery } from './sessions.query.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { SignInAttempts } from './sign-in-attempts.service.js';
import { SignInService } from './sign-in.service.js';

@Module({
  imports: [DiscoveryModule],
  controllers: [AccountsController, SessionsController, ApiKeysController],
  providers: [
    AccessAudit,
    AccessGuard,
    AccountErasure,
    AccountErasureRepository,
    AccountsRepository,
    AccountsService,
    ApiKeysRepository,
    ApiKeysService,
    Authentication,
    BearerStrategy,
    Credentials,
    CredentialsRepository,
    LocalStrategy,
    OperatorGrants,
    PasswordHasher,
    SessionCookieStrategy,
    SessionsQuery,
    SessionsRepository,
    SessionsService,
    SignInAttempts,
    SignInService,
  ],
  exports: [AccessGuard, AccountErasure, OperatorGrants],
})
export class AccountsModule {}
