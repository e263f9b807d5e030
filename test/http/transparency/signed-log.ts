import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { LogSigner, SigningStatus } from '#transparency';
import { LogReader, parsePolicy, type Policy } from '#verify';
import { createTestApp, type FixedClock, type TestApp } from '../../support/test-app.js';

/** A registry seen from outside: what it signed and published, checked with the offline verifier. */
export class SignedRegistry {
  private constructor(readonly app: TestApp) {}

  static async open(options: Parameters<typeof createTestApp>[0] = {}): Promise<SignedRegistry> {
    const config = { LOG_SIGNER: true, ...options.config };
    return new SignedRegistry(await createTestApp({ ...options, config }));
  }

  get status(): SigningStatus {
    return this.app.app.get(SigningStatus, { strict: false });
  }

  get signer(): LogSigner {
    return this.app.app.get(LogSigner, { strict: false });
  }

  /** Waits until signing is in this state; fails by saying what it is in. */
  async reaches(state: SigningStatus['state']): Promise<string | null> {
    for (let left = 200; left > 0; left -= 1) {
      if (this.status.state === state) return this.status.reason;
      await sleep(25);
    }
    throw new Error(`signing is ${this.status.state}: ${this.status.reason}`);
  }

  async text(url: string): Promise<string> {
    const { statusCode, body } = await this.app.request('GET', url);
    if (statusCode !== 200) throw new Error(`${url}: ${statusCode} ${body}`);
    return body;
  }

  /** A file of the log over HTTP; null where there is none. */
  readonly file = async (path: string): Promise<Uint8Array | null> => {
    const answer = await this.app.request('GET', `/log/${path}`);
    return answer.statusCode === 200 ? answer.rawPayload : null;
  };

  /** The same from the public folder, as any web server would give it. */
  readonly fileOnDisk = (path: string): Promise<Uint8Array | null> =>
    readFile(`${this.app.logFolder}/public/${path}`).catch(() => null);

  async policy(): Promise<Policy> {
    const policy = parsePolicy(await this.text('/.well-known/tlog-policy'));
    if (!policy.ok) throw new Error(policy.reason);
    return policy.value;
  }

  /** Verifies the whole log from its first leaf; returns its entries. Throws on the first fault. */
  async verified(policy?: Policy): Promise<{ size: bigint; root: Buffer; entries: Entry[] }> {
    const reader = new LogReader(this.file);
    const opened = await reader.checkpoint(policy ?? (await this.policy()));
    if (!opened.ok) throw new Error(opened.reason);
    const entries: Entry[] = [];
    for await (const entry of reader.entries(opened.value)) {
      if (!entry.ok) throw new Error(entry.reason);
      entries.push(JSON.parse(entry.value.bytes.toString('utf8')) as Entry);
    }
    return { size: opened.value.size, root: opened.value.root, entries };
  }

  /** Registers a text in the name of a new party; returns the answer. */
  async write(who: { token: string; party: string }, title = 'A text') {
    return this.app.request('POST', '/v1/works', {
      as: who.token,
      body: { party: who.party, kind: 'text', title },
    });
  }

  async somebody(): Promise<{ token: string; party: string }> {
    const token = await this.app.signUp('artist');
    const made = await this.app.request('POST', '/v1/parties', {
      as: token,
      body: { kind: 'person', displayName: 'Somebody' },
    });
    return { token, party: made.json<{ id: string }>().id };
  }
}

export interface Entry {
  readonly type: string;
  readonly stream: string;
  readonly n: number;
  readonly prev: number | null;
  readonly t: number;
  readonly [member: string]: unknown;
}

export type { FixedClock };
