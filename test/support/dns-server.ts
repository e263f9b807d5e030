import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

/** What one name answers: text records, addresses, or a fault of the server. */
export interface DnsName {
  txt?: string[];
  /** One list an answer to A and AAAA, the last for ever after: so a name can change its mind. */
  addresses?: string[][];
  fault?: 'servfail' | 'silent';
}

const TYPE_A = 1;
const TYPE_TXT = 16;
const TYPE_AAAA = 28;

/**
 * A real name server on a loopback UDP port, as small as RFC 1035 allows: one question, answers
 * from a table, NXDOMAIN for all other names.
 */
export class DnsServer {
  private readonly names = new Map<string, DnsName>();
  private readonly asked = new Map<string, number>();
  private constructor(private readonly socket: Socket) {}

  static async start(): Promise<DnsServer> {
    const server = new DnsServer(createSocket('udp4'));
    server.socket.on('message', (query, peer) => {
      const answer = server.answer(query);
      if (answer) server.socket.send(answer, peer.port, peer.address);
    });
    server.socket.bind(0, '127.0.0.1');
    await once(server.socket, 'listening');
    return server;
  }

  /** As `Resolver.setServers` takes it. */
  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  set(name: string, answers: DnsName): void {
    this.names.set(name, answers);
  }

  /** How often a name was asked for, all types together. */
  questionsFor(name: string): number {
    return ['A', 'AAAA', 'TXT'].reduce((sum, t) => sum + (this.asked.get(`${name} ${t}`) ?? 0), 0);
  }

  async stop(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }

  private answer(query: Buffer): Buffer | null {
    const { name, type, end } = readQuestion(query);
    const key = `${name} ${type === TYPE_A ? 'A' : type === TYPE_AAAA ? 'AAAA' : 'TXT'}`;
    const round = this.asked.get(key) ?? 0;
    this.asked.set(key, round + 1);
    const entry = this.names.get(name);
    if (entry?.fault === 'silent') return null;
    const records = entry ? recordsOf(entry, type, round) : [];
    const code = entry === undefined ? 3 : entry.fault === 'servfail' ? 2 : 0;
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | code, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    return Buffer.concat([header, query.subarray(12, end), ...records.map((r) => record(type, r))]);
  }
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return {
    name: labels.join('.').toLowerCase(),
    type: query.readUInt16BE(at + 1),
    end: at + 5,
  };
}

function recordsOf(entry: DnsName, type: number, round: number): Buffer[] {
  if (type === TYPE_TXT) return (entry.txt ?? []).map(textData);
  const rounds = entry.addresses ?? [];
  const addresses = rounds[Math.min(round, rounds.length - 1)] ?? [];
  return addresses
    .filter((address) => isIPv6(address) === (type === TYPE_AAAA))
    .map((address) => (type === TYPE_A ? ipv4Data(address) : ipv6Data(address)));
}

/** Strings of at most 255 bytes, one after the other. */
function textData(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const piece = bytes.subarray(at, at + 255);
    pieces.push(Buffer.from([piece.length]), piece);
  }
  return Buffer.concat(pieces);
}

function ipv4Data(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

function ipv6Data(address: string): Buffer {
  const [head = '', tail] = address.split('::');
  const words = (part: string) => (part === '' ? [] : part.split(':').map((w) => parseInt(w, 16)));
  const [front, back] = [words(head), words(tail ?? '')];
  const all = [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back];
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 255]));
}

/** The name is a pointer to the question; the time to live is 0 seconds. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
