import { Injectable } from '@nestjs/common';
import { DomainProblem } from '#kernel';
import { Database } from '#platform';
import { AccountsRepository } from './accounts.repository.js';
import { Credentials } from './credentials.service.js';
import { emailKey } from './domain/email.js';

/**
 * Makes operators. Nobody becomes one over HTTP: only who runs the server may say so, on its
 * command line.
 */
@Injectable()
export class OperatorGrants {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly credentials: Credentials,
  ) {}

  /** Adds the role operator to the account with this address. Throws `accounts/not-found`. */
  async grant(email: string): Promise<void> {
    const accountId = await this.database.transaction((tx) =>
      this.accounts.addRole(tx, emailKey(email), 'operator'),
    );
    if (!accountId) {
      throw new DomainProblem('accounts/not-found', `There is no account of ${email.trim()}.`);
    }
    this.credentials.forgetAccount(accountId);
  }
}
