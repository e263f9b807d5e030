import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '#accounts';
import { Clock, DomainProblem } from '#kernel';
import { Config } from '#platform';

/** Well inside the year that RFC 9116 §2.5.5 recommends as the outer limit. */
const VALID_DAYS = 180;
const DAY_MS = 86_400_000;

/** Documents at the addresses where programs look for them. */
@Controller('.well-known')
@ApiExcludeController()
export class WellKnownPage {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Where the API is described and watched (RFC 9727, a linkset of RFC 9264). */
  @Get('api-catalog')
  @Public()
  @Header(
    'Content-Type',
    'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"',
  )
  @Header('Cache-Control', 'public, max-age=3600')
  catalog(): string {
    return JSON.stringify({
      linkset: [
        {
          anchor: '/v1',
          'service-desc': [{ href: '/openapi.json', type: 'application/json' }],
          'service-doc': [{ href: '/docs', type: 'text/html' }],
          status: [{ href: '/health/ready', type: 'application/json' }],
        },
      ],
    });
  }

  /** Whom to tell of a weakness (RFC 9116); nothing where the operator named nobody. */
  @Get('security.txt')
  @Public()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=86400')
  security(): string {
    const { SECURITY_CONTACT, PUBLIC_URL } = this.config;
    if (!SECURITY_CONTACT) {
      throw new DomainProblem('request/not-found', 'This registry names no contact for security.');
    }
    // Whole days, so that the text is the same for everyone who asks on the same day.
    const today = Math.floor(this.clock.now() / DAY_MS);
    const expires = new Date((today + VALID_DAYS) * DAY_MS).toISOString();
    const lines = [
      `Contact: ${SECURITY_CONTACT}`,
      `Expires: ${expires}`,
      'Preferred-Languages: en',
    ];
    if (PUBLIC_URL) {
      lines.push(`Canonical: ${PUBLIC_URL.replace(/\/$/, '')}/.well-known/security.txt`);
    }
    return `${lines.join('\n')}\n`;
  }
}
