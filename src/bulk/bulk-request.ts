import type { FastifyRequest } from 'fastify';
import { type StreamedBody, streamedBodyOf } from '#platform';
import { BULK_TYPES, type BulkFormat } from './rows.js';

/** The body of a bulk request and how it is written. Throws `request/unsupported-media-type`. */
export function bulkBodyOf(request: FastifyRequest): { body: StreamedBody; format: BulkFormat } {
  const body = streamedBodyOf(request);
  return { body, format: BULK_TYPES[body.type]! };
}

/** The Content-Type of what is written in a format. */
export function typeOf(format: BulkFormat): string {
  const [type] = Object.entries(BULK_TYPES).find(([, one]) => one === format)!;
  return format === 'ndjson' ? type : `${type}; charset=utf-8`;
}
