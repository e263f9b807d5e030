import { OperatorGrants } from '#accounts';
import { newId } from '#kernel';
import { Database } from '#platform';
import { Checkpoints } from '#transparency';
import { createTestApp, type TestApp } from '../../support/test-app.js';

/** One address of the application, as its router names it. */
export interface RouterEntry {
  method: string;
  path: string;
}

/** A registry with one of everything, and an actor who may do all there is to do. */
export interface HostileWorld {
  t: TestApp;
  actor: string;
  routes: RouterEntry[];
  /** The path with things that exist, or with well-formed ids of things that do not. */
  fill(path: string, ids: 'real' | 'absent'): string;
  /** A body that the operation takes, by `METHOD /path`. */
  bodies: Record<string, Record<string, unknown>>;
  countRows(): Promise<Record<string, number>>;
}

const PASSWORD = 'correct horse battery staple';

export async function createHostileWorld(): Promise<HostileWorld> {
  const t = await createTestApp({
    config: { REQUESTS_PER_MINUTE: 10_000_000, SIGN_IN_ATTEMPTS: 1_000_000 },
  });
  const note = 'localhost/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n';
  const empty = { origin: 'localhost/log', size: 0, root: Buffer.alloc(32), note };
  t.app.get(Checkpoints, { strict: false }).publish(empty);
  const actor = await t.signUp('artist', 'hostile');
  const { email } = (await t.request('GET', '/v1/account', { as: actor })).json<{
    email: string;
  }>();
  await t.app.get(OperatorGrants).grant(email);
  await t.app
    .get(Database)
    .dataSource.query(`UPDATE accounts SET roles = roles || '{archive}' WHERE email = $1`, [email]);

  const post = async (url: string, body: unknown) => {
    const answer = await t.request('POST', url, { as: actor, body });
    if (answer.statusCode >= 300) throw new Error(`POST ${url}: ${answer.body}`);
    return answer.json();
  };
  const party = await post('/v1/parties', { kind: 'person', displayName: 'Mara Lind' });
  const other = await post('/v1/parties', { kind: 'label', displayName: 'Low Tide' });
  const isrc = { scheme: 'isrc', value: 'US-UG1-19-04206' };
  const song = await post('/v1/songs', { party: party.id, title: 'T', identifiers: [isrc] });
  const work = song.recording.id as string;
  const claims = await post('/v1/claims', {
    ...{ party: other.id, work, layer: 'performance', role: 'performer' },
  });
  const wish = { party: party.id, subject: { kind: 'work', id: work }, template: 'never_train' };
  const templates = (await t.request('GET', '/v1/templates')).json();
  wish.template = templates.items?.[0]?.id ?? templates.templates[0].id;
  const { declarations } = await post('/v1/declarations', wish);
  const catalogue = await post('/v1/catalogues', { party: party.id, name: 'Live' });
  const mandate = await post('/v1/mandates', {
    ...{ principal: party.id, representative: other.id, rights: ['consent'] },
  });
  const verification = await post(`/v1/parties/${party.id}/verifications`, {
    ...{ method: 'dns', domain: 'maralind.example' },
  });

  const real: Record<string, string> = {
    parties: party.id,
    works: work,
    claims: claims.id,
    declarations: declarations[0].id,
    catalogues: catalogue.id,
    mandates: mandate.id,
    verifications: verification.id,
    lookup: 'isrc/USUG11904206',
    identifiers: 'isrc/USUG11904206',
  };
  const kinds: Record<string, Parameters<typeof newId>[0]> = {
    ...{ parties: 'party', works: 'work', claims: 'claim', declarations: 'declaration' },
    ...{ catalogues: 'catalogue', mandates: 'mandate', verifications: 'verification' },
    ...{ licences: 'licence', sessions: 'session', 'api-keys': 'apiKey', imports: 'import' },
    ...{ passkeys: 'passkey', webhooks: 'webhook' },
    ...{ 'lookup-jobs': 'lookupJob', holdings: 'holding' },
    ...{ disputes: 'dispute', custodies: 'party' },
  };
  const absentOf = (noun: string) => (kinds[noun] ? newId(kinds[noun]) : 'absent');

  const term = { purpose: 'ai.train.generative', decision: 'deny' };
  const inquiry = { territory: 'DE', actorClass: 'commercial', lawfulSource: true };
  const instants = { validFrom: '2026-01-01T00:00:00Z', validUntil: '2027-01-01T00:00:00Z' };
  const territory = { include: ['WORLD'], exclude: ['US'] };
  const wishInFull = { terms: [{ ...term }], territory };
  return {
    ...{ t, actor },
    routes: routesOf(t.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false })),
    fill: (path, ids) =>
      path.replaceAll(/([\w-]+)\/:\w+(?:\/:(\w+))?/g, (_, noun: string, second?: string) => {
        const both = second === undefined ? absentOf(noun) : `isrc/${absentOf('works')}`;
        return `${noun}/${(ids === 'real' ? real[noun] : undefined) ?? both}`;
      }),
    bodies: {
      'POST /v1/accounts': {
        ...{ email: 'new@example.org', password: PASSWORD, displayName: 'New', role: 'artist' },
      },
      'PUT /v1/account/password': { currentPassword: 'not this one', newPassword: PASSWORD },
      'POST /v1/api-keys': {
        ...{ name: 'crawl', scopes: ['lookup:read'], expiresAt: '2031-01-01T00:00:00Z' },
      },
      'POST /v1/sessions': { email: 'nobody@example.org', password: PASSWORD },
      'POST /v1/songs': {
        ...{ party: party.id, title: 'Song', releasedOn: '2024-05-17' },
        identifiers: [{ scheme: 'isrc', value: 'QZFER2600001' }],
        compositionIdentifiers: [{ scheme: 'iswc', value: 'T-034.524.680-1' }],
        contributors: [{ name: 'Mara', role: 'singer', party: party.id }],
      },
      'POST /v1/parties': {
        ...{ kind: 'person', displayName: 'Ada', country: 'SE' },
        identifiers: [{ scheme: 'isni', value: '0000 0001 2103 2683' }],
      },
      'PATCH /v1/parties/:id': { displayName: 'Mara L.', country: 'SE' },
      'POST /v1/parties/:id/identifiers': { scheme: 'isni', value: '0000 0001 2103 2683' },
      'POST /v1/parties/:id/verifications': { method: 'dns', domain: 'other.example' },
      'POST /v1/mandates': {
        ...{ principal: party.id, representative: other.id, rights: ['consent'] },
        ...{ purposes: ['ai'], territory, ...instants },
      },
      // Of these two none may succeed: the actor has to be there for all others.
      'DELETE /v1/accounts/me': { password: 'not this one' },
      'POST /v1/operator/erasures': { party: newId('party'), reason: 'letter' },
      'POST /v1/operator/parties/:id/verifications': {
        ...{ level: 3, evidence: 'passport seen', reason: 'they asked' },
      },
      'POST /v1/operator/verifications/:id/revoke': { reason: 'a forgery' },
      'POST /v1/operator/claims/:claim/verification': { level: 3, evidence: 'contract seen' },
      'POST /v1/works': {
        ...{ party: party.id, kind: 'recording', title: 'W', language: 'sv' },
        releasedOn: '2024-05-17',
        contributors: [{ name: 'Mara', role: 'singer' }],
        identifiers: [{ scheme: 'isrc', value: 'QZFER2600002' }],
        links: [{ kind: 'embodies', work: song.composition.id }],
      },
      'PATCH /v1/works/:work': {
        ...{ title: 'Other', language: 'en', contributors: [{ name: 'A', role: 'b' }] },
      },
      'POST /v1/works/:work/identifiers': { scheme: 'isrc', value: 'QZFER2600003' },
      'POST /v1/works/:work/links': { kind: 'embodies', work: song.composition.id },
      'POST /v1/catalogues': { party: party.id, name: 'Studio' },
      'POST /v1/catalogues/:catalogue/works': { works: [work] },
      'POST /v1/claims': {
        ...{ party: party.id, work, layer: 'performance', role: 'performer' },
        ...{ sharePpm: 500_000, exclusive: false, territory },
      },
      'POST /v1/disputes': {
        ...{ party: party.id, work, layer: 'performance', claims: [claims.id] },
        reason: 'it ended in 2019',
      },
      'POST /v1/operator/disputes/:dispute/resolution': {
        ...{ decision: 'dismissed', reason: 'the contract was seen' },
      },
      'POST /v1/works/:work/custodies': { party: other.id },
      'POST /v1/works/:work/triggers': {
        ...{ party: other.id, kind: 'label_ceased', months: 12 },
        ...{ evidenceUrl: 'https://archive.example/1', evidenceDigest: 'ab'.repeat(32) },
      },
      'POST /v1/works/:work/triggers/dissent': {
        ...{ party: other.id, kind: 'label_ceased', evidenceDigest: 'ab'.repeat(32) },
        evidenceUrl: 'https://archive.example/1',
      },
      'POST /v1/works/:work/triggers/objection': { party: party.id, kind: 'label_ceased' },
      'POST /v1/operator/parties/:id/passkeys/recovery': { reason: 'the telephone was lost' },
      'POST /v1/declarations': {
        ...{ party: party.id, subject: { kind: 'work', id: work }, ...wishInFull },
        ...{ layers: ['recording'], effectiveFrom: '2027-01-01T00:00:00Z' },
        effectiveUntil: '2028-01-01T00:00:00Z',
        terms: [
          { ...term },
          {
            ...{ purpose: 'ai', decision: 'conditional' },
            conditions: [
              { kind: 'embargoUntil', date: '2030-01-01' },
              { kind: 'actors', allow: ['pty_a'] },
              { kind: 'volumeCap', max: 10, unit: 'works' },
            ],
            duties: [{ kind: 'compensate', model: 'per_work', amount: '1.00', currency: 'EUR' }],
          },
        ],
        preservationTerms: {
          ...{ accessMode: 'dark', copiesMax: 3, retention: { until: '2040-01-01' } },
          triggers: [
            {
              ...{ trigger: 'release_anniversary', years: 5 },
              effect: { accessMode: 'open', audience: ['research'], delayDays: 3 },
            },
          ],
        },
        afterWithdrawal: { trainedModels: 'compensate' },
      },
      'POST /v1/declarations/signing-options': {
        ...{ party: party.id, subject: { kind: 'work', id: work }, ...wishInFull },
        ...{ layers: ['recording'], effectiveFrom: '2027-01-01T00:00:00Z' },
      },
      'POST /v1/declarations/:declaration/withdrawal/signing-options': {
        effectiveFrom: '2030-01-01T00:00:00Z',
      },
      // Its members count for a party that asks for its passkey; this one does not.
      'POST /v1/parties/:id/passkeys/options': {},
      'POST /v1/parties/:id/passkeys': {
        label: 'Phone',
        credential: {
          ...{ id: 'aaaa', rawId: 'aaaa', type: 'public-key' },
          response: { clientDataJSON: 'aaaa', attestationObject: 'aaaa' },
        },
      },
      'POST /v1/parties/:id/passkeys/signing-options': { act: 'bind' },
      'PUT /v1/parties/:id/passkey-policy': {
        ...{ requirePasskey: true, assertion: { id: 'a' }, nonce: 'a' },
      },
      'PUT /v1/parties/:id/feed/read-mark': { upTo: 3 },
      'PUT /v1/parties/:id/notice-settings': { mail: 'daily' },
      'POST /v1/parties/:id/webhooks': { url: 'https://hooks.example/fermata' },
      'POST /v1/parties/:id/webhooks/:webhook/secret': {},
      'POST /v1/parties/:id/webhooks/:webhook/resume': {},
      'POST /v1/parties/:id/webhooks/:webhook/ping': {},
      'POST /v1/holdings': {
        ...{ identifiers: [{ scheme: 'isrc', value: 'US-UG1-19-04206' }], since: 0 },
      },
      'POST /v1/holdings/:holding/resume': {},
      'POST /v1/operator/keys': { use: 'receipt' },
      'POST /v1/operator/keys/:kid/state': { state: 'active' },
      'POST /v1/declarations/preview': wishInFull,
      'POST /v1/declarations/:declaration/withdrawal': {
        ...{
          effectiveFrom: '2030-01-01T00:00:00Z',
          afterWithdrawal: { trainedModels: 'compensate' },
        },
      },
      'POST /v1/licences': {
        ...{ grantor: party.id, grantee: other.id, works: [work], purposes: ['ai'] },
        ...{ layers: ['recording'], territory, ...instants },
      },
      'POST /v1/lookups': {
        items: [{ ref: '1', scheme: 'isrc', value: 'US-UG1-19-04206' }],
        ...{ purposes: ['ai.train.generative'], inquiry, asOf: '2026-01-01T00:00:00Z' },
        unknownPolicy: 'deny',
      },
    },
    countRows: () => countRows(t),
  };
}

/** Reads the drawing of Fastify's router: what is served, whoever has registered it. */
function routesOf(drawing: string): RouterEntry[] {
  const parts: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const node = /^((?:[│ ] {3})*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (!node) return [];
    const depth = node[1]!.length / 4;
    parts.splice(depth, Infinity, node[2]!);
    const path = parts.join('');
    return (node[3] ?? '').split(', ').flatMap((method) => (method ? [{ method, path }] : []));
  });
}

async function countRows(t: TestApp): Promise<Record<string, number>> {
  const { Database } = await import('#platform');
  const source = t.app.get(Database).dataSource;
  const tables: { name: string }[] = await source.query(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
  );
  const counts = tables.map(({ name }) => `(SELECT count(*)::int FROM ${name}) AS ${name}`);
  const [row] = await source.query(`SELECT ${counts.join(', ')}`);
  return row;
}
