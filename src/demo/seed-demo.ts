import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { OperatorGrants } from '#accounts';
import { Config } from '#platform';
import {
  DEMO_PASSWORD,
  DEMO_PEOPLE,
  DEMO_SONGS,
  type DemoPerson,
  type DemoSong,
} from './demo-world.js';

interface Citizen {
  token: string;
  party: string;
}

/**
 * Adds a small believable world, through the same API that everybody uses. Does nothing where the
 * world is whole already, and completes one that an interrupted start left in parts. `check` is
 * called before every step and may throw to end it there. Returns a line that says what was done.
 */
export async function seedDemo(app: NestFastifyApplication, check: () => void): Promise<string> {
  if (app.get(Config).NODE_ENV === 'production') {
    throw new Error('The demo world is for trying things out; it is not put into production.');
  }
  const api = new DemoApi(app, check);
  const last = DEMO_PEOPLE.at(-1)!;
  if (await api.knows(last.email)) return 'The demo world is there already.';
  const citizens = new Map<string, Citizen>();
  for (const person of DEMO_PEOPLE) {
    if (person !== last) citizens.set(person.key, await api.settle(person));
  }
  const operator = await api.operator();
  for (const song of DEMO_SONGS) await addSong(api, song, { citizens, operator });
  for (const { key, wish } of DEMO_PEOPLE) {
    if (!wish) continue;
    const { token, party } = citizens.get(key)!;
    await api.post('/v1/declarations', token, { party, subject: { kind: 'party' }, ...wish });
  }
  // Whoever finds the last one finds the whole world.
  await api.settle(last);
  return introduction(app.get(Config).HOST);
}

async function addSong(
  api: DemoApi,
  song: DemoSong,
  { citizens, operator }: { citizens: ReadonlyMap<string, Citizen>; operator: string },
): Promise<void> {
  const { token, party } = citizens.get(song.by)!;
  const { recording, claims } = await api.post<Song>('/v1/songs', token, {
    party,
    title: song.title,
    releasedOn: song.releasedOn,
    identifiers: song.identifiers,
    contributors: [{ name: song.artist, role: 'performer', party }],
  });
  if (song.wish) {
    const subject = { kind: 'work', id: recording.id };
    await api.post('/v1/declarations', token, { party, subject, ...song.wish });
  }
  const [first, ...others] = claims.map((claim) => claim.id);
  const rival = song.alsoClaimedBy && citizens.get(song.alsoClaimedBy);
  if (!rival) {
    for (const { id } of claims) await api.verify(operator, id);
    return;
  }
  await api.withdraw(first!, token);
  for (const id of others) await api.verify(operator, id);
  for (const { token: as, party: holder } of [citizens.get(song.by)!, rival]) {
    const claim = await api.post<{ id: string }>('/v1/claims', as, {
      ...{ party: holder, work: recording.id, layer: 'recording', role: 'label' },
      exclusive: true,
    });
    await api.verify(operator, claim.id);
  }
}

function introduction(host: string): string {
  const people = DEMO_PEOPLE.map((person) => `    ${person.email.padEnd(28)} ${person.about}`);
  const loopback = /^(127\.|localhost$|::1$)/.test(host);
  return [
    '',
    `  The demo world is ready; everybody’s password is “${DEMO_PASSWORD}”:`,
    ...people,
    ...(loopback ? [] : ['', `  HOST=${host} lets others in, and they know that password too.`]),
  ].join('\n');
}

interface Song {
  recording: { id: string };
  claims: { id: string }[];
}

/** The registry’s own API, spoken to without a socket. */
class DemoApi {
  private steps = 0;

  constructor(
    private readonly app: NestFastifyApplication,
    private readonly check: () => void,
  ) {}

  async knows(email: string): Promise<boolean> {
    const body = { email, password: DEMO_PASSWORD };
    return (await this.send('POST', '/v1/sessions', null, body)).status === 201;
  }

  /** Signs somebody up and registers the party they speak for. */
  async settle(person: DemoPerson): Promise<Citizen> {
    const { email, displayName, role, kind } = person;
    const token = await this.signUp(email, displayName, role);
    const party = await this.post<{ id: string }>('/v1/parties', token, { kind, displayName });
    return { token, party: party.id };
  }

  async operator(): Promise<string> {
    const email = 'operator@demo.example';
    const body = { email, password: DEMO_PASSWORD, displayName: 'Demo operator', role: 'auditor' };
    await this.post('/v1/accounts', null, body);
    await this.app.get(OperatorGrants, { strict: false }).grant(email);
    return this.signIn(email);
  }

  async verify(operator: string, claimId: string): Promise<void> {
    const body = { level: 3, evidence: 'Seen for the demo world' };
    await this.post(`/v1/operator/claims/${claimId}/verification`, operator, body);
  }

  /** A claim that an interrupted start withdrew before is withdrawn. */
  async withdraw(claimId: string, token: string): Promise<void> {
    const { status, json } = await this.send('POST', `/v1/claims/${claimId}/withdraw`, token, {});
    if (status >= 300 && status !== 409) throw failed(`withdraw ${claimId}`, status, json);
  }

  /** The same steps in the same order carry the same keys, so that none is done a second time. */
  async post<T = unknown>(url: string, token: string | null, body: unknown): Promise<T> {
    const key = `demo-world-${++this.steps}`;
    const { status, json } = await this.send('POST', url, token, body, key);
    if (status >= 300) throw failed(`POST ${url}`, status, json);
    return json as T;
  }

  private async signUp(email: string, displayName: string, role: string): Promise<string> {
    await this.post('/v1/accounts', null, { email, password: DEMO_PASSWORD, displayName, role });
    return this.signIn(email);
  }

  private async signIn(email: string): Promise<string> {
    const body = { email, password: DEMO_PASSWORD };
    return (await this.post<{ token: string }>('/v1/sessions', null, body)).token;
  }

  private async send(
    method: 'POST',
    url: string,
    token: string | null,
    body: unknown,
    key?: string,
  ) {
    this.check();
    const response = await this.app.inject({
      method,
      url,
      payload: body as object,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
      },
    });
    return { status: response.statusCode, json: response.json<unknown>() };
  }
}

function failed(what: string, status: number, json: unknown): Error {
  return new Error(`demo: ${what} gave ${status}: ${JSON.stringify(json)}`);
}
