import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-http-bearer';
import { Credentials } from '../credentials.service.js';
import type { Actor } from '../domain/actor.js';

/** `Authorization: Bearer …` with a session token or an API key; the prefix tells which. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy, 'bearer') {
  constructor(private readonly credentials: Credentials) {
    super();
  }

  async validate(token: string): Promise<Actor | false> {
    return (await this.credentials.findActor(token)) ?? false;
  }
}
