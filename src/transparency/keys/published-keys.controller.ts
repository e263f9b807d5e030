import { readFile } from 'node:fs/promises';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '#accounts';
import { Config } from '#platform';
import { verifierKey } from '../domain/index.js';
import { originOf } from '../origin.js';
import { SigningKeys } from './signing-keys.service.js';

/** The registry's public keys and whom to believe, at the addresses where programs look for them. */
@Controller('.well-known')
@ApiExcludeController()
export class PublishedKeysController {
  constructor(
    private readonly keys: SigningKeys,
    private readonly config: Config,
  ) {}

  /** Every key that ever signed receipts or checkpoints (RFC 7517); none is ever taken out. */
  @Get('jwks.json')
  @Public()
  @Header('Content-Type', 'application/jwk-set+json')
  @Header('Cache-Control', 'public, max-age=300')
  jwks(): string {
    return JSON.stringify(this.keys.jwks());
  }

  /** The log's keys, its witnesses and their quorum (c2sp.org/tlog-policy). Pin a copy of it. */
  @Get('tlog-policy')
  @Public()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=300')
  async policy(): Promise<string> {
    const { LOG_POLICY, PUBLIC_URL } = this.config;
    const url = PUBLIC_URL ? ` ${PUBLIC_URL.replace(/\/$/, '')}/log` : '';
    const logs = this.keys.all
      .filter(({ use, state }) => use === 'log' && state !== 'added')
      .map(({ publicKey }) => `log ${verifierKey(originOf(this.config), publicKey)}${url}\n`);
    const rest = LOG_POLICY ? await readFile(LOG_POLICY, 'utf8') : 'quorum none\n';
    const others = rest.split(/(?<=\n)/).filter((line) => !/^\s*log\s/.test(line));
    return [...logs, ...others].join('');
  }
}
