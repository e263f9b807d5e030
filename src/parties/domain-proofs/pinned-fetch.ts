import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { isIPv6, type LookupFunction } from 'node:net';
import type { NothingFound } from '../domain/verification.js';
import type { ProofNetwork } from './proof-network.js';

const BODY_BYTES_MAX = 64 * 1024;

export type Fetched =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: NothingFound; readonly status?: number };

/** What is asked of a stranger's server, at an address that was checked before. */
export interface PinnedRequest {
  readonly domain: string;
  readonly path: string;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent by POST; absent: a GET. */
  readonly body?: string;
}

/** GET of one HTTPS path as text; anything but a plain 200 is a failure. */
export function fetchPinned(
  network: ProofNetwork,
  target: Pick<PinnedRequest, 'domain' | 'path' | 'address'>,
  signal: AbortSignal,
): Promise<Fetched> {
  const headers = { Accept: 'text/plain', 'User-Agent': 'Fermata-Verification/1' };
  return requestPinned(network, { ...target, headers }, readBody, signal);
}

/**
 * One HTTPS request to one address that was checked before.
 *
 * The connection goes to `address`, whatever the name means by now: a second look-up is the gap
 * that DNS rebinding uses (public when checked, 127.0.0.1 when connected). The name is still what
 * the certificate must be for. No redirect is followed, no cookie or credential is sent, nothing
 * compressed is unpacked, and `read` decides how much of the answer is taken in.
 */
export function requestPinned(
  network: ProofNetwork,
  target: PinnedRequest,
  read: (response: IncomingMessage) => Promise<Fetched>,
  signal: AbortSignal,
): Promise<Fetched> {
  // An agent of its own: no pooled connection to an earlier address, no proxy of the environment.
  const agent = new Agent({ keepAlive: false, maxSockets: 1 });
  return new Promise<Fetched>((settle) => {
    const outgoing = request(
      {
        agent,
        host: target.domain,
        servername: target.domain,
        port: network.httpsPort,
        path: target.path,
        method: target.body === undefined ? 'GET' : 'POST',
        headers: { ...target.headers, Host: target.domain, 'Accept-Encoding': 'identity' },
        lookup: pinnedTo(target.address),
        maxHeaderSize: 8 * 1024,
        signal,
        ...(network.authorities === null ? {} : { ca: network.authorities }),
      },
      (response) => {
        read(response).then(settle, (error) => settle(failure(error, signal)));
      },
    );
    outgoing.on('error', (error) => settle(failure(error, signal)));
    outgoing.end(target.body);
  }).finally(() => agent.destroy());
}

/** Answers every question for an address with the one that was checked. */
function pinnedTo(address: string): LookupFunction {
  const family = isIPv6(address) ? 6 : 4;
  return (_name, options, callback) => {
    if (options.all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

async function readBody(response: IncomingMessage): Promise<Fetched> {
  const status = response.statusCode ?? 0;
  const refused = refusalOf(response, status);
  if (refused) {
    response.destroy();
    return { ok: false, reason: refused, status };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the response, and with it the connection.
    if (size > BODY_BYTES_MAX) return { ok: false, reason: 'too_large' };
    chunks.push(chunk);
  }
  return { ok: true, text: Buffer.concat(chunks).toString('utf8') };
}

function refusalOf(response: IncomingMessage, status: number): NothingFound | null {
  if (status >= 300 && status < 400) return 'redirected';
  if (status !== 200) return 'bad_status';
  const encoding = response.headers['content-encoding'];
  return encoding === undefined || encoding === 'identity' ? null : 'not_plain';
}

/** OpenSSL's and Node's words for a certificate that does not hold for this name. */
const CERTIFICATE_CODE = /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO)/;

function failure(error: unknown, signal: AbortSignal): Fetched {
  if (signal.aborted) return { ok: false, reason: 'timed_out' };
  const { code = '' } = error as { code?: string };
  return { ok: false, reason: CERTIFICATE_CODE.test(code) ? 'bad_certificate' : 'unreachable' };
}
