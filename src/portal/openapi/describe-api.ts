import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { ProblemRegistry } from '#platform';
import { finishDocument } from './finish-document.js';
import { listRoutes } from './list-routes.js';

/** Of the interface that addresses beginning with `/v1` make up, not of the program. */
const API_VERSION = '1.0.0';

const DESCRIPTION = `Fermata is an open registry in which artists say what may be done with their works, and in which
everyone who wants to keep, show or train on a work asks first.

- **Asking needs no account.** An API key raises the limits.
- **Every refusal** is an RFC 9457 problem; the kinds are explained at [/problems](/problems).
- **Lists** come in pages: send \`nextCursor\` as \`cursor\` for the next one.
- **Changes** need the ETag of what you read, in \`If-Match\`.
- **POSTs that make something** honour \`Idempotency-Key\`: sending the request again is safe.
- Times are ISO 8601 in UTC. Shares are parts per million. Members may be added to answers; ignore
  those that you do not know.`;

/** The OpenAPI 3.1 document of everything below `/v1` and of the health addresses. */
export function describeApi(app: INestApplication, problems: ProblemRegistry): OpenAPIObject {
  const frame = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Fermata')
    .setVersion(API_VERSION)
    .setDescription(DESCRIPTION)
    .addServer('/', 'This registry')
    .addBearerAuth(
      {
        type: 'http',
        description: 'The token of a session (`fses_…`) or an API key (`fmt_live_…`).',
      },
      'bearer',
    )
    .build();
  delete frame.info.contact;
  const document = SwaggerModule.createDocument(app, frame, {
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '').replace(/^./, (c) => c.toLowerCase())}_${method}`,
  });
  return finishDocument(document, listRoutes(app), problems);
}
