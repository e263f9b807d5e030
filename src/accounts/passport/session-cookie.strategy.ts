import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import custom from 'passport-custom';
import { Credentials } from '../credentials.service.js';
import type { Actor } from '../domain/actor.js';
import { isSessionToken } from '../domain/session-lifetime.js';

/** The session cookie. An API key in it is refused: browsers send cookies without being asked. */
@Injectable()
export class SessionCookieStrategy extends PassportStrategy(custom.Strategy, 'session-cookie') {
  constructor(private readonly credentials: Credentials) {
    super();
  }

  async validate(request: { sessionCookie: string }): Promise<Actor | false> {
    const token = request.sessionCookie;
    if (!isSessionToken(token)) return false;
    return (await this.credentials.findActor(token)) ?? false;
  }
}
