import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { invalid } from '#platform';
import { Acknowledgements } from '#transparency';

const SIZE = /^(?:0|[1-9]\d{0,14})$/;

/** The header of {@link SeenLogs}, for the API's document. */
export const SEEN_LOG = {
  name: 'Fermata-Log-Size',
  required: false,
  schema: { type: 'string' as const, pattern: '^(0|[1-9][0-9]{0,14})$' },
  description:
    'The size of the log as an earlier answer named it: the answer is from a log at least as large',
};

/** Which log a client has seen already: none of its answers may be from an older one. */
@Injectable()
export class SeenLogs {
  constructor(private readonly acknowledgements: Acknowledgements) {}

  /**
   * The log size that an answer to this request must have at least: what its header names, and what this
   * process told the same client after a change. Throws `request/invalid` where the header is no size.
   */
  by({ headers, clientId }: FastifyRequest & { clientId?: string }): number {
    const named = headers['fermata-log-size'];
    if (named !== undefined && !(typeof named === 'string' && SIZE.test(named))) {
      const detail = 'must be the size of a log: a whole number of at most 15 digits';
      throw invalid([{ pointer: '/Fermata-Log-Size', detail }]);
    }
    const told = clientId === undefined ? 0 : this.acknowledgements.toldTo(clientId);
    return Math.max(Number(named ?? 0), told);
  }
}
