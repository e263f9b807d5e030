import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

const YEAR_MS = 365 * 24 * 3_600_000;
const ASSETS = fileURLToPath(new URL('./assets/', import.meta.url));

/** Swagger UI comes with @nestjs/swagger; ours is only the page around it. */
const require = createRequire(import.meta.url);
const SWAGGER_UI = dirname(
  createRequire(require.resolve('@nestjs/swagger')).resolve('swagger-ui-dist/package.json'),
);
const SWAGGER_UI_FILES = /^\/swagger-ui(?:\.css|-bundle\.js)$/;

/**
 * Serves styles and pictures. Their addresses carry a digest of what they hold, so browsers may
 * keep them for ever and a new version is never mixed with an old one.
 */
@Injectable()
export class StaticFiles implements OnModuleInit {
  /** Where our own files are, with a slash at the end. */
  readonly assets: string;
  readonly swaggerUi: string;

  constructor(private readonly host: HttpAdapterHost) {
    this.assets = `/assets/${digestOf(
      readdirSync(ASSETS)
        .sort()
        .map((name) => join(ASSETS, name)),
    )}/`;
    this.swaggerUi = `/docs/ui/${digestOf([join(SWAGGER_UI, 'package.json')])}/`;
  }

  async onModuleInit(): Promise<void> {
    // A command line tool has no HTTP adapter.
    if (!this.host.httpAdapter) return;
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const forEver = { maxAge: YEAR_MS, immutable: true, index: false as const };
    await fastify.register(fastifyStatic, { root: ASSETS, prefix: this.assets, ...forEver });
    await fastify.register(fastifyStatic, {
      root: SWAGGER_UI,
      prefix: this.swaggerUi,
      decorateReply: false,
      allowedPath: (path) => SWAGGER_UI_FILES.test(path),
      ...forEver,
    });
  }
}

function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest('hex').slice(0, 12);
}
