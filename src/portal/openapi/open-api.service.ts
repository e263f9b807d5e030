import { createHash } from 'node:crypto';
import { type INestApplication, Injectable } from '@nestjs/common';
import { invariant } from '#kernel';
import { ProblemRegistry } from '#platform';
import { describeApi } from './describe-api.js';

/** The description of the running application, made when it is first asked for and then kept. */
@Injectable()
export class OpenApi {
  private app: INestApplication | null = null;
  private text: string | null = null;
  private tag: string | null = null;

  constructor(private readonly problems: ProblemRegistry) {}

  /** Says which application to describe; it does not exist yet while this service is made. */
  describe(app: INestApplication): void {
    this.app = app;
  }

  /** The document as JSON text. */
  json(): string {
    if (this.text === null) {
      invariant(this.app, 'createApp() tells which application to describe');
      this.text = JSON.stringify(describeApi(this.app, this.problems));
    }
    return this.text;
  }

  /** A strong ETag of the document (RFC 9110 §8.8.3). */
  etag(): string {
    this.tag ??= `"${createHash('sha256').update(this.json()).digest('base64url').slice(0, 22)}"`;
    return this.tag;
  }
}
