import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-local';
import { AccountsRepository } from '../accounts.repository.js';
import { emailKey } from '../domain/email.js';
import type { AccountEntity } from '../entities/account.entity.js';
import { PasswordHasher } from '../password-hasher.service.js';

/** E-mail address and password. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy, 'local') {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly hasher: PasswordHasher,
  ) {
    super({ usernameField: 'email' });
  }

  /** One statement and one hash, whether or not the address has an account. */
  async validate(email: string, password: string): Promise<AccountEntity | false> {
    const account = await this.accounts.findByEmailKey(emailKey(email));
    const right = await this.hasher.verify(account?.passwordHash ?? null, password);
    return right && account ? account : false;
  }
}
