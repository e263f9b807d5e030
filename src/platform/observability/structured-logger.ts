import type { LoggerService } from '@nestjs/common';
import type { FastifyBaseLogger } from 'fastify';

/** Nest's own messages as lines of the one structured log. */
export class StructuredLogger implements LoggerService {
  constructor(private readonly pino: FastifyBaseLogger) {}

  log(message: unknown, context?: string): void {
    // Nest tells of every module and route at start; that is for developers.
    this.pino.debug(fields(message, context), text(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.pino.error(fields(message, rest.at(-1)), text(message));
  }

  warn(message: unknown, context?: string): void {
    this.pino.warn(fields(message, context), text(message));
  }

  debug(message: unknown, context?: string): void {
    this.pino.debug(fields(message, context), text(message));
  }

  verbose(message: unknown, context?: string): void {
    this.pino.trace(fields(message, context), text(message));
  }
}

function fields(message: unknown, context: unknown): Record<string, unknown> {
  const own = typeof message === 'object' && message !== null ? { ...message } : {};
  return { ...own, context: typeof context === 'string' ? context.split('\n')[0] : undefined };
}

function text(message: unknown): string {
  return typeof message === 'string' ? message : '';
}
