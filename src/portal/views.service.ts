import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { Eta } from 'eta';
import type { FastifyReply } from 'fastify';
import { StaticFiles } from './static-files.service.js';

const VIEWS = fileURLToPath(new URL('./views/', import.meta.url));

/** Our pages need no script at all; only the interactive documentation brings one. */
const CSP = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const CSP_WITH_SCRIPT = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface PageData {
  title: string;
  withScript?: boolean;
  [name: string]: unknown;
}

/** The templates in `views/`; everything that they print is escaped. */
@Injectable()
export class Views {
  private readonly eta = new Eta({ views: VIEWS, cache: true, autoEscape: true });

  constructor(private readonly files: StaticFiles) {}

  /** The page as HTML; `reply` gets the headers that belong to it. */
  page(reply: FastifyReply, view: string, data: PageData): string {
    void reply.headers({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': data.withScript ? CSP_WITH_SCRIPT : CSP,
      'Cache-Control': 'no-cache',
    });
    const { assets, swaggerUi } = this.files;
    return this.eta.render(`./${view}`, { ...data, assets, swaggerUi });
  }
}
