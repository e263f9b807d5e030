import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { OperatorGrants } from '#accounts';
import { Config } from '#platform';
import { DEMO_PASSWORD, DEMO_PEOPLE, DEMO_SONGS, type DemoPerson } from './demo-world.js';

interface Citizen {
  token: string;
  party: string;
}

/**
 * Fills an empty registry with a small believable world, through the same API that everybody uses.
 * Does nothing where the world exists already, and refuses in production. Returns a line that says so.
 */
export async function seedDemo(app: NestFastifyApplication): Promise<string> {
  if (app.get(Config).NODE_ENV === 'production') {
    throw new Error('The demo world is for trying things out; it is not put into production.');
  }
  const api = new DemoApi(app);
  if (await api.isSeeded()) return 'The demo world is there already.';
  const citizens = new Map<string, Citizen>();
  for (const person of DEMO_PEOPLE) citizens.set(person.key, await api.settle(person));
  const operator = await api.operator();
  for (const song of DEMO_SONGS) {
    const { token, party } = citizens.get(song.by)!;
    const { recording, claims } = await api.post<Song>('/v1/songs', token, {
      party,
      title: song.title,
      releasedOn: song.releasedOn,
      identifiers: song.identifiers,
      contributors: [{ name: song.artist, role: 'performer', party }],
    });
    for (const claim of claims) await api.verify(operator, claim.id);
    if (song.wish) {
      const subject = { kind: 'work', id: recording.id };
      await api.post('/v1/declarations', token, { party, subject, ...song.wish });
    }
    if (song.alsoClaimedBy) {
      const rival = citizens.get(song.alsoClaimedBy)!;
      await api.post(`/v1/claims/${claims[0]!.id}/withdraw`, token, {});
      for (const { token: as, party: holder } of [citizens.get(song.by)!, rival]) {
        const claim = await api.post<{ id: string }>('/v1/claims', as, {
          ...{ party: holder, work: recording.id, layer: 'recording', role: 'label' },
          exclusive: true,
        });
        await api.verify(operator, claim.id);
      }
    }
  }
  for (const { key, wish } of DEMO_PEOPLE) {
    if (!wish) continue;
    const { token, party } = citizens.get(key)!;
    await api.post('/v1/declarations', token, { party, subject: { kind: 'party' }, ...wish });
  }
  const people = DEMO_PEOPLE.map((person) => `    ${person.email.padEnd(28)} ${person.about}`);
  return [
    '',
    `  The demo world is ready; everybody’s password is “${DEMO_PASSWORD}”:`,
    ...people,
  ].join('\n');
}

interface Song {
  recording: { id: string };
  claims: { id: string }[];
}

/** The registry’s own API, spoken to without a socket. */
class DemoApi {
  constructor(private readonly app: NestFastifyApplication) {}

  async isSeeded(): Promise<boolean> {
    const { email } = DEMO_PEOPLE[0]!;
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

  async post<T = unknown>(url: string, token: string | null, body: unknown): Promise<T> {
    const { status, json } = await this.send('POST', url, token, body);
    if (status >= 300) throw new Error(`demo: POST ${url} gave ${status}: ${JSON.stringify(json)}`);
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

  private async send(method: 'POST', url: string, token: string | null, body: unknown) {
    const response = await this.app.inject({
      method,
      url,
      payload: body as object,
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });
    return { status: response.statusCode, json: response.json<unknown>() };
  }
}
