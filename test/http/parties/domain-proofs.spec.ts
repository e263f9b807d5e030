import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NetworkDomainProofs } from '../../../src/parties/domain-proofs/network-domain-proofs.js';
import {
  type ProofNetwork,
  PUBLIC_INTERNET,
} from '../../../src/parties/domain-proofs/proof-network.js';
import { DnsServer } from '../../support/dns-server.js';
import { HttpsServer } from '../../support/https-server.js';

const line = 'fermata-verification=pty_1.00112233445566778899aabbccddeeff';
const domain = 'label.example';
const challenge = `_fermata-challenge.${domain}`;

let dns: DnsServer;
let web: HttpsServer;

beforeAll(async () => {
  dns = await DnsServer.start();
  web = await HttpsServer.start([domain]);
});

afterAll(async () => {
  await web.stop();
  await dns.stop();
});

beforeEach(() => {
  web.connections = 0;
  web.answer((_request, response) => response.end(`${line}\n`));
  dns.set(domain, { addresses: [['127.0.0.1']] });
});

/** The rules of the real wiring; only the test's own loopback server counts as public. */
function proofs(changes: Partial<ProofNetwork> = {}): NetworkDomainProofs {
  return new NetworkDomainProofs({
    ...PUBLIC_INTERNET,
    dnsServers: [dns.address],
    httpsPort: web.port,
    authorities: web.authority,
    mayConnectTo: (address) => address === '127.0.0.1' || PUBLIC_INTERNET.mayConnectTo(address),
    ...changes,
  });
}

const nothing = (reason: string) => expect.objectContaining({ found: 'nothing', reason });

describe('readTxt', () => {
  it('gives each record as one line, also one of several strings', async () => {
    const long = `${line}${'x'.repeat(300)}`;
    dns.set(challenge, { txt: ['v=spf1 -all', line, long] });
    expect(await proofs().readTxt(domain)).toEqual({
      found: 'lines',
      lines: ['v=spf1 -all', line, long],
    });
  });

  it('tells a missing name from a name without text', async () => {
    expect(await proofs().readTxt('nobody.example')).toEqual(nothing('no_such_name'));
    dns.set(challenge, { addresses: [['1.1.1.1']] });
    expect(await proofs().readTxt(domain)).toEqual(nothing('no_record'));
  });

  it('says when the name servers fail', async () => {
    dns.set(challenge, { fault: 'servfail' });
    expect(await proofs().readTxt(domain)).toEqual(nothing('dns_failed'));
  });

  it('gives up at the deadline when the name servers are silent', async () => {
    dns.set(challenge, { fault: 'silent' });
    const began = performance.now();
    expect(await proofs({ deadlineMs: 300 }).readTxt(domain)).toEqual(nothing('timed_out'));
    expect(performance.now() - began).toBeLessThan(1_500);
  });
});

describe('readWellKnown', () => {
  it('fetches the file from the address of the domain, and asks for nothing else', async () => {
    const seen: unknown[] = [];
    web.answer((request, response) => {
      seen.push([request.method, request.url, request.headers.host, request.headers.cookie]);
      response.end(`# proof\r\n${line}\r\n`);
    });
    const reading = await proofs().readWellKnown(domain);
    expect(reading).toEqual({ found: 'lines', lines: ['# proof', line] });
    expect(seen).toEqual([['GET', '/.well-known/fermata-verification.txt', domain, undefined]]);
  });

  it.each([
    '127.0.0.2',
    '10.0.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '192.0.2.1',
    '::1',
    'fe80::1',
    'fc00::1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ])('does not connect to %s', async (address) => {
    dns.set(domain, { addresses: [[address]] });
    expect(await proofs().readWellKnown(domain)).toEqual(nothing('not_public'));
    expect(web.connections).toBe(0);
  });

  it('does not connect at all when one of several addresses is not public', async () => {
    dns.set(domain, { addresses: [['127.0.0.1', '10.0.0.1']] });
    expect(await proofs().readWellKnown(domain)).toEqual(nothing('not_public'));
    dns.set(domain, { addresses: [['127.0.0.1', 'fd00::1']] });
    expect(await proofs().readWellKnown(domain)).toEqual(nothing('not_public'));
    expect(web.connections).toBe(0);
  });

  it('connects to the address it has checked, whatever the name says afterwards', async () => {
    // DNS rebinding: the first answer is admissible, every later one is the victim on 127.0.0.2.
    const victim = await listenOn('127.0.0.2', web.port);
    try {
      dns.set('rebind.example', { addresses: [['127.0.0.1'], ['127.0.0.2']] });
      await proofs().readWellKnown('rebind.example');
      expect(web.connections).toBe(1);
      expect(victim.hits).toBe(0);
      expect(dns.questionsFor('rebind.example')).toBe(2);
    } finally {
      victim.server.close();
    }
  });

  it('refuses a name that leads to loopback with the address check of the real wiring', async () => {
    const { mayConnectTo } = PUBLIC_INTERNET;
    expect(await proofs({ mayConnectTo }).readWellKnown(domain)).toEqual(nothing('not_public'));
    expect(web.connections).toBe(0);
  });

  it('never asks the hosts file', async () => {
    expect(await proofs().readWellKnown('localhost')).toEqual(nothing('no_such_name'));
    expect(web.connections).toBe(0);
  });

  it.each([301, 302, 303, 307, 308])('does not follow a %i to loopback', async (status) => {
    let requests = 0;
    web.answer((_request, response) => {
      requests++;
      response.writeHead(status, { Location: `https://127.0.0.1:${web.port}/admin` }).end(line);
    });
    expect(await proofs().readWellKnown(domain)).toEqual(nothing('redirected'));
    expect(requests).toBe(1);
  });

  it.each([204, 401, 404, 500])('takes no file from an answer with status %i', async (status) => {
    web.answer((_request, response) => response.writeHead(status).end(line));
    expect(await proofs().readWellKnown(domain)).toEqual({
      found: 'nothing',
      reason: 'bad_status',
      status,
    });
  });

  it('takes a file of 64 KiB and none that is one byte longer', async () => {
    const full = `${line}\n${'x'.repeat(64 * 1024 - line.length - 1)}`;
    web.answer((_request, response) => response.end(full));
    expect(await proofs().readWellKnown(domain)).toMatchObject({ found: 'lines' });
    web.answer((_request, response) => response.end(`${full}x`));
    expect(await proofs().readWellKnown(domain)).toEqual(nothing('too_large'));
  });

  it('stops reading a body that never ends', async () => {
    let sent = 0;
    web.answer((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384, 120))) sent += 16_384;
      };
      response.on('drain', more);
      more();
    });
    expect(await proofs().readWellKnown(domain)).toEqual(nothing('too_large'));
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  it('cuts a body that drips past the deadline', async () => {
    let closed = false;
    web.answer((_request, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => {
        closed = true;
        clearInterval(drip);
      });
    });
    const began = performance.now();
    const reading = await proofs({ deadlineMs: 300 }).readWellKnown(domain);
    expect(reading).toEqual(nothing('timed_out'));
    expect(performance.now() - began).toBeLessThan(1_500);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(closed).toBe(true);
  });

  it('cuts a server that accepts and says nothing', async () => {
    const mute = await listenOn('127.0.0.1', 0);
    try {
      const changes = { deadlineMs: 300, httpsPort: mute.port };
      expect(await proofs(changes).readWellKnown(domain)).toEqual(nothing('timed_out'));
    } finally {
      mute.server.close();
    }
  });

  it('does not unpack a compressed answer', async () => {
    web.answer((_request, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(Buffer.from([0x1f, 0x8b])),
    );
    expect(await proofs().readWellKnown(domain)).toEqual(nothing('not_plain'));
  });

  it('wants a certificate that is trusted', async () => {
    expect(await proofs({ authorities: null }).readWellKnown(domain)).toEqual(
      nothing('bad_certificate'),
    );
  });

  it('wants a certificate for this very domain', async () => {
    dns.set('other.example', { addresses: [['127.0.0.1']] });
    expect(await proofs().readWellKnown('other.example')).toEqual(nothing('bad_certificate'));
  });

  it('says when nobody listens', async () => {
    const gone = await listenOn('127.0.0.1', 0);
    gone.server.close();
    expect(await proofs({ httpsPort: gone.port }).readWellKnown(domain)).toEqual(
      nothing('unreachable'),
    );
  });

  it('says when the name does not exist or has no address', async () => {
    expect(await proofs().readWellKnown('nobody.example')).toEqual(nothing('no_such_name'));
    dns.set('text-only.example', { txt: ['x'] });
    expect(await proofs().readWellKnown('text-only.example')).toEqual(nothing('no_record'));
  });
});

describe('PUBLIC_INTERNET', () => {
  it('is HTTPS on 443 within 5 seconds, with the names and authorities of the system', () => {
    const { httpsPort, deadlineMs, dnsServers, authorities } = PUBLIC_INTERNET;
    expect({ httpsPort, deadlineMs, dnsServers, authorities }).toEqual({
      httpsPort: 443,
      deadlineMs: 5_000,
      dnsServers: null,
      authorities: null,
    });
  });
});

interface Listener {
  server: Server;
  port: number;
  hits: number;
}

/** A TCP server that counts who connects and never says a word. */
async function listenOn(host: string, port: number): Promise<Listener> {
  const server = createServer((socket) => {
    listener.hits++;
    socket.on('error', () => undefined);
    socket.unref();
  });
  const listener: Listener = { server, port, hits: 0 };
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  listener.port = (server.address() as AddressInfo).port;
  return listener;
}
