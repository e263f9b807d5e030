import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from './self-signed-certificate.js';

/** A real HTTPS server on a loopback port, with a certificate of its own for some names. */
export class HttpsServer {
  /** How many TCP connections were made to it. */
  connections = 0;
  private listener: RequestListener = (_request, response) => response.writeHead(404).end();

  private constructor(
    private readonly server: Server,
    /** PEM of the authority to trust. */
    readonly authority: string,
  ) {}

  static async start(names: readonly string[]): Promise<HttpsServer> {
    const { key, cert } = selfSignedCertificate(names);
    const server = new HttpsServer(createServer({ key, cert }), cert);
    server.server.on('request', (request, response) => server.listener(request, response));
    server.server.on('connection', () => server.connections++);
    server.server.on('tlsClientError', () => undefined);
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Answers every request from now on with this. */
  answer(listener: RequestListener): void {
    this.listener = listener;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
