import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { VerifierKey } from '#verify';
import type { StateFolder } from './state-folder.js';
import {
  isRejection,
  judge,
  readSubmission,
  type Rejection,
  type Submission,
} from './submission.js';
import type { WitnessKey } from './witness-key.js';

/** A proof of 63 hashes is 3 kB, and a checkpoint with sixteen signatures less than that. */
const BODY_BYTES_MAX = 64 * 1024;
const WAITING_MAX = 256;
const TEXT = 'text/plain; charset=utf-8';

export interface WitnessOptions {
  readonly key: WitnessKey;
  /** Keys of the logs that are cosigned, each under the name of its log. */
  readonly logs: readonly VerifierKey[];
  readonly state: StateFolder;
  readonly host: string;
  readonly port: number;
  /** Path in front of `/add-checkpoint` and `/<hash>/checkpoint`, without a slash at its end. */
  readonly prefix: string;
  /** Unix seconds. */
  readonly now: () => bigint;
  /** Told of each cosignature and each refusal, one line. */
  readonly onEvent: (line: string) => void;
}

export interface WitnessServer {
  readonly url: string;
  /** Takes no more requests and waits for those that came. */
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export async function startWitness(options: WitnessOptions): Promise<WitnessServer> {
  const witness = new Witness(options);
  const server = createServer((request, response) => void witness.serve(request, response));
  // Slow senders are not waited for.
  server.headersTimeout = 5_000;
  server.requestTimeout = 10_000;
  server.maxConnections = 512;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { address, family, port } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return {
    url: `http://${host}:${port}${options.prefix}`,
    close: () => closeServer(server, options),
  };
}

async function closeServer(server: Server, { state }: WitnessOptions): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await closed;
  await state.close();
}

class Witness {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(private readonly options: WitnessOptions) {}

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let answer: Answer;
    try {
      answer = await this.answer(request);
    } catch (error) {
      this.options.onEvent(`error: ${(error as Error).message}`);
      answer = plain(503, 'the witness can’t cosign at present\n');
    }
    const close = answer.status === 413 ? { connection: 'close' } : {};
    response.writeHead(answer.status, { 'content-type': answer.type, ...close }).end(answer.body);
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    const { method, url = '' } = request;
    const { prefix, state } = this.options;
    const path = url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : '';
    if (path === '/add-checkpoint') {
      if (method !== 'POST') return plain(405, 'send a checkpoint with POST\n');
      const body = await readBody(request);
      return body === null ? plain(413, 'the body is too large\n') : this.addCheckpoint(body);
    }
    const [, id] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path) ?? [];
    if (id === undefined) return plain(404, 'there is nothing here\n');
    if (method !== 'GET' && method !== 'HEAD') return plain(405, 'read it with GET\n');
    const note = state.findNote(id);
    return note === null
      ? plain(404, 'no checkpoint of this log was cosigned\n')
      : plain(200, note);
  }

  private async addCheckpoint(body: Buffer): Promise<Answer> {
    // Signatures are checked before anybody waits in the line.
    const submission = readSubmission(body, this.options.logs);
    if (isRejection(submission)) return this.refuse(submission, null);
    if (this.waiting >= WAITING_MAX) return plain(503, 'too many checkpoints at once\n');
    this.waiting += 1;
    const turn = this.last.then(() => this.cosign(submission));
    this.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.waiting -= 1;
    }
  }

  /** One at a time: between the look at the last size and the new one on disk nothing else happens. */
  private async cosign(submission: Submission): Promise<Answer> {
    const { key, state, now, onEvent } = this.options;
    const { origin, size, root, text, note } = submission;
    const seen = state.find(origin);
    const rejection = judge(submission, seen);
    if (rejection !== null) return this.refuse(rejection, seen?.size ?? 0n);
    const line = key.cosign(text, now());
    await state.keep(origin, { size, root }, note + line);
    onEvent(`cosigned ${origin} at size ${size}`);
    return plain(200, line);
  }

  private refuse({ status, sentence }: Rejection, lastSize: bigint | null): Answer {
    this.options.onEvent(`refused (${status}): ${sentence}`);
    if (status === 409) return { status, type: 'text/x.tlog.size', body: `${lastSize}\n` };
    return plain(status, `${sentence}\n`);
  }
}

function plain(status: number, body: string): Answer {
  return { status, type: TEXT, body };
}

/** Null where it is larger than any checkpoint. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX) return null;
  const pieces: Buffer[] = [];
  let length = 0;
  // The connection stays, so that the refusal reaches who sent too much.
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    length += (piece as Buffer).length;
    if (length > BODY_BYTES_MAX) return null;
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces);
}
