import { Injectable } from '@nestjs/common';
import { Config } from '#platform';

/** Who a browser thinks it speaks to: passkeys are bound to the host name, answers to the origin. */
@Injectable()
export class RelyingParty {
  readonly name = 'Fermata';
  readonly id: string;
  readonly origin: string;

  constructor(config: Config) {
    const url = new URL(config.PUBLIC_URL ?? `http://localhost:${config.PORT}`);
    this.id = url.hostname;
    this.origin = url.origin;
  }
}
