import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** As it came, headers first. */
  data: string;
}

/** A real mail server on a loopback port that keeps what it is given (RFC 5321, as far as needed). */
export class SmtpSink {
  readonly mails: ReceivedMail[] = [];
  /** Refuses every recipient from now on, with this answer. */
  refusal: string | null = null;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<SmtpSink> {
    const server = createServer();
    const sink = new SmtpSink(server);
    server.on('connection', (socket) => sink.serve(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return sink;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    const say = (line: string) => socket.write(`${line}\r\n`);
    let mail: ReceivedMail = { from: '', to: [], data: '' };
    let waiting = '';
    let inData = false;
    const command = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase();
      const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
      if (verb === 'MAIL') mail = { from: address, to: [], data: '' };
      if (verb === 'RCPT' && this.refusal) return say(this.refusal);
      if (verb === 'RCPT') mail.to.push(address);
      inData = verb === 'DATA';
      if (verb === 'QUIT') return socket.end('221 bye\r\n');
      return say(inData ? '354 go on' : '250 fine');
    };
    socket.setEncoding('utf8').on('data', (text: string) => {
      waiting += text;
      for (;;) {
        const end = waiting.indexOf(inData ? '\r\n.\r\n' : '\r\n');
        if (end === -1) return;
        const line = waiting.slice(0, end);
        waiting = waiting.slice(end + (inData ? 5 : 2));
        if (inData) {
          inData = false;
          this.mails.push({ ...mail, data: line });
          say('250 kept');
        } else command(line);
      }
    });
    say('220 sink');
  }
}
