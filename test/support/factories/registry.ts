import type { Response } from 'light-my-request';
import { OperatorGrants } from '#accounts';
import { type Config, Database } from '#platform';
import { createTestApp, FixedClock, type TestApp, type TestRequest } from '../test-app.js';
import type { Json } from './lookup.js';

/** An account with its bearer token and one party of its own. */
export interface Somebody {
  token: string;
  party: string;
}

/** What a refusal comes to, for comparing. */
export interface Refused {
  status: number;
  code: string;
  pointers: string[];
  details: string[];
  problem: Json;
}

/** The whole registry, used as its clients use it: over HTTP, with the ids that it gave. */
export class Registry {
  private count = 0;
  private operatorToken: string | null = null;

  private constructor(
    readonly app: TestApp,
    readonly clock: FixedClock,
  ) {}

  static async open(
    start = '2026-03-01T00:00:00Z',
    config: Partial<Config> = {},
  ): Promise<Registry> {
    const clock = new FixedClock(Date.parse(start));
    return new Registry(await createTestApp({ clock, config }), clock);
  }

  /** The same registry after a restart, with other settings. */
  async restarted(config: Partial<Config>): Promise<Registry> {
    const { app, clock } = this;
    await app.stop();
    return new Registry(await createTestApp({ clock, config, after: app }), clock);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  call(method: string, url: string, options: TestRequest = {}): Promise<Response> {
    return this.app.request(method as 'GET', url, options);
  }

  /** The body of an answer that must be a success. */
  async done(method: string, url: string, options: TestRequest = {}): Promise<Json> {
    const response = await this.call(method, url, options);
    if (response.statusCode >= 300) {
      throw new Error(`${method} ${url}: ${response.statusCode} ${response.body}`);
    }
    return response.body === '' ? {} : response.json();
  }

  get(url: string, as?: string): Promise<Json> {
    return this.done('GET', url, as === undefined ? {} : { as });
  }

  post(url: string, as: string, body?: unknown): Promise<Json> {
    return this.done('POST', url, { as, body });
  }

  /** What an answer that must be a refusal says. */
  async refused(method: string, url: string, options: TestRequest = {}): Promise<Refused> {
    const response = await this.call(method, url, options);
    const problem = response.json<Json>();
    if (response.statusCode < 400) throw new Error(`${method} ${url}: not refused`);
    const errors = (problem['errors'] ?? []) as { pointer: string; detail: string }[];
    return {
      status: response.statusCode,
      code: String(problem['type']).replace('/problems/', ''),
      pointers: errors.map((error) => error.pointer),
      details: errors.map((error) => error.detail),
      problem,
    };
  }

  async somebody(role = 'artist', kind = 'person', displayName?: string): Promise<Somebody> {
    const token = await this.app.signUp(role);
    return { token, party: await this.makeParty(token, kind, displayName) };
  }

  async makeParty(token: string, kind = 'person', displayName?: string): Promise<string> {
    const body = { kind, displayName: displayName ?? `Somebody ${++this.count}` };
    return (await this.post('/v1/parties', token, body))['id'];
  }

  async operator(): Promise<string> {
    if (this.operatorToken) return this.operatorToken;
    const token = await this.app.signUp('auditor');
    const { email } = await this.get('/v1/account', token);
    await this.app.app.get(OperatorGrants, { strict: false }).grant(email);
    return (this.operatorToken = token);
  }

  /** Another operator, after the clock has outlived the session of the one before. */
  operatorAnew(): Promise<string> {
    this.operatorToken = null;
    return this.operator();
  }

  /** Raises a party to a level by an operator's decision; returns the verification's id. */
  async prove(party: string, level = 3): Promise<string> {
    const body = { level, evidence: 'a passport was seen', reason: 'it was valid' };
    const url = `/v1/operator/parties/${party}/verifications`;
    return (await this.post(url, await this.operator(), body))['id'];
  }

  async unprove(verificationId: string): Promise<void> {
    const url = `/v1/operator/verifications/${verificationId}/revoke`;
    await this.post(url, await this.operator(), { reason: 'the passport was not theirs' });
  }

  /** A mandate of the principal that both sides agreed on. */
  async mandate(
    principal: Somebody,
    representative: Somebody,
    body: { rights: string[]; purposes?: string[]; territory?: object; validUntil?: string },
  ): Promise<string> {
    const { id } = await this.post('/v1/mandates', representative.token, {
      principal: principal.party,
      representative: representative.party,
      ...body,
    });
    await this.post(`/v1/mandates/${id}/confirm`, principal.token);
    return id;
  }

  work(by: Somebody, body: object = {}): Promise<Json> {
    const title = `Work ${++this.count}`;
    return this.post('/v1/works', by.token, {
      party: by.party,
      kind: 'recording',
      title,
      ...body,
    });
  }

  /** A recording with its composition and both claims; `isrc` leads to the recording. */
  async song(by: Somebody): Promise<Song> {
    const isrc = this.isrc();
    const { recording, composition, claims } = await this.post('/v1/songs', by.token, {
      party: by.party,
      title: `Song ${++this.count}`,
      identifiers: [{ scheme: 'isrc', value: isrc }],
    });
    return {
      isrc,
      recording: recording.id,
      composition: composition.id,
      claims: claims.map((claim: Json) => claim['id']),
    };
  }

  claim(by: Somebody, body: object): Promise<Json> {
    const claim = { party: by.party, layer: 'recording', role: 'owner', ...body };
    return this.post('/v1/claims', by.token, claim);
  }

  /** The declarations made: everything the party holds unless `body` says otherwise. */
  async declare(by: Somebody, body: object): Promise<Json[]> {
    const wish = { party: by.party, subject: { kind: 'party' }, ...body };
    return (await this.post('/v1/declarations', by.token, wish))['declarations'];
  }

  /** An ISRC that nothing else in this registry has. */
  isrc(): string {
    return `QZFER26${String(++this.count).padStart(5, '0')}`;
  }

  /** The outcome for one purpose, asked by a company in Germany with a lawful copy. */
  async outcome(isrc: string, purpose: string, query = ''): Promise<string> {
    return (await this.answer(isrc, purpose, query))['purposes'][purpose]?.outcome;
  }

  answer(isrc: string, purpose: string, query = '', as?: string): Promise<Json> {
    const ask = `purposes=${purpose}&territory=DE&actorClass=commercial&lawfulSource=true${query}`;
    return this.get(`/v1/lookup/isrc/${isrc}?${ask}`, as);
  }

  /**
   * Moves the clock a minute on and returns a moment in between. The log runs a little ahead of a clock
   * that stands still, because its times strictly increase.
   */
  tick(): string {
    this.clock.advance(30_000);
    const between = new Date(this.clock.now()).toISOString();
    this.clock.advance(30_000);
    return between;
  }

  sql<Row = Json>(text: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.app.app.get(Database).dataSource.query(text, parameters);
  }
}

export interface Song {
  isrc: string;
  recording: string;
  composition: string;
  claims: [recording: string, composition: string];
}
