import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { Config } from '#platform';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same for the same news, so that a mailbox can tell a repetition. */
  readonly messageId: string;
}

const CONNECT_MS = 5_000;
const SILENCE_MS = 10_000;

/** Sends mail through the server that SMTP_URL names, in plain text and to one person at a time. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private transport: Transporter | null = null;

  constructor(private readonly config: Config) {}

  /** Whether mail is sent at all. */
  get isSetUp(): boolean {
    return this.config.SMTP_URL !== undefined;
  }

  async send(mail: Mail): Promise<void> {
    const transport = (this.transport ??= await this.open());
    const sent = transport.sendMail({
      ...mail,
      from: { name: 'Fermata', address: this.config.MAIL_FROM! },
      headers: { 'Auto-Submitted': 'auto-generated' },
      // Nothing that somebody wrote may make us read a file or fetch an address.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    await sent.catch((error: { code?: string; responseCode?: number }) => {
      // Its own words may repeat the address, which no log may hold.
      throw new Error(`The mail was not taken: ${error.responseCode ?? error.code ?? 'no reason'}`);
    });
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }

  private async open(): Promise<Transporter> {
    const { createTransport } = await import('nodemailer');
    const url = new URL(this.config.SMTP_URL!);
    const secure = url.protocol === 'smtps:';
    const user = decodeURIComponent(url.username);
    return createTransport({
      host: url.hostname,
      port: url.port ? Number(url.port) : secure ? 465 : 587,
      secure,
      // A password in the clear only travels within this machine.
      requireTLS: !secure && user !== '' && url.hostname !== 'localhost',
      ...(user && { auth: { user, pass: decodeURIComponent(url.password) } }),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
    });
  }
}
