import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { DomainProblem, sha256 } from '#kernel';
import { invalid } from '#platform';

export const CATALOGUE_TYPES = [
  'text/csv',
  'text/tab-separated-values',
  'application/octet-stream',
];

const SIZE_MAX = 64 * 1024 * 1024;

/**
 * A file on its way in. It is taken in only after the guard has let the caller pass, so that nobody
 * without an account can fill the memory with 64 MiB at a time.
 */
export class CatalogueBody {
  constructor(
    private readonly stream: IncomingMessage,
    private readonly contentDigest: string | undefined,
    private readonly size: number | undefined,
  ) {}

  /** Reads all of it. Refuses more than 64 MiB, and a file that Content-Digest does not name. */
  async take(): Promise<Buffer> {
    if ((this.size ?? 0) > SIZE_MAX) throw tooLarge();
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of this.stream) {
      size += (piece as Buffer).length;
      if (size > SIZE_MAX) throw tooLarge();
      pieces.push(piece as Buffer);
    }
    const bytes = Buffer.concat(pieces);
    this.refuseOtherDigest(bytes);
    return bytes;
  }

  /**
   * What stands for the body in the digest of an Idempotency-Key (RFC 9530 Content-Digest): the
   * bytes are not there yet, so a client that wants a key has to say which file it belongs to.
   */
  toJSON(): { contentDigest: string } {
    if (this.sha256() !== null) return { contentDigest: this.sha256()! };
    throw invalid([
      {
        pointer: '/headers/content-digest',
        detail:
          'with Idempotency-Key send Content-Digest: sha-256=:…:, or no key: the same file imported again changes nothing',
      },
    ]);
  }

  private refuseOtherDigest(bytes: Buffer): void {
    const said = this.sha256();
    if (said === null || said === sha256(bytes).toString('base64')) return;
    throw new DomainProblem('imports/digest-mismatch', 'The file is not what Content-Digest says.');
  }

  private sha256(): string | null {
    return /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(this.contentDigest ?? '')?.[1] ?? null;
  }
}

/** Lets catalogue files through to the imports' own route, and to no other. */
export function registerCatalogueBody(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(CATALOGUE_TYPES, (request, payload, done) => {
    if (request.routeOptions.url !== '/v1/imports') {
      const refusal = Object.assign(new Error('not taken here'), { statusCode: 415 });
      done(refusal, undefined);
      return;
    }
    const length = Number(request.headers['content-length']);
    const digest = request.headers['content-digest'];
    const said = Array.isArray(digest) ? digest.join(',') : digest;
    done(null, new CatalogueBody(payload, said, Number.isFinite(length) ? length : undefined));
  });
}

function tooLarge(): DomainProblem {
  return new DomainProblem('request/too-large', 'A catalogue file may have 64 MiB at most.');
}
