import type { Json } from './lookup.js';
import type { Registry, Somebody } from './registry.js';

/** The same random numbers for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WISHES: object[] = [
  { template: 'no_ai_at_all' },
  { template: 'preserve_never_train' },
  { template: 'open_with_attribution', parameters: { attribution: 'Zephyrine Quill' } },
  {
    template: 'train_only_with_licence',
    parameters: { price: { amount: '12.50', currency: 'EUR' } },
  },
  { template: 'preservation_open_after_delisting', parameters: { months: 6 } },
  { terms: [{ purpose: 'ai', decision: 'deny' }], territory: { include: ['EU'] } },
  {
    terms: [
      { purpose: 'access', decision: 'allow' },
      {
        purpose: 'ai.train',
        decision: 'conditional',
        conditions: [
          { kind: 'actorClass', in: ['research', 'commercial'] },
          { kind: 'volumeCap', max: 3, unit: 'tracks' },
        ],
      },
    ],
  },
  {
    terms: [
      {
        purpose: 'preservation',
        decision: 'conditional',
        conditions: [{ kind: 'trigger', trigger: 'release_anniversary', years: 2 }],
      },
    ],
    preservationTerms: { accessMode: 'dark', retention: 'indefinite', copiesMax: 2 },
  },
];

/**
 * People who do a bit of everything that an answer can depend on, in an order that the seed decides.
 * What is refused is refused, as in life; nothing may break.
 */
export class BusyWorld {
  readonly identifiers: { scheme: string; value: string }[] = [];
  /** Moments between the acts, ISO. */
  readonly moments: string[] = [];
  private readonly people: Somebody[] = [];
  private readonly works: { id: string; kind: string; by: Somebody }[] = [];
  private readonly catalogues: { id: string; by: Somebody }[] = [];
  private readonly claims: { id: string; by: Somebody }[] = [];
  private readonly declarations: { id: string; by: Somebody }[] = [];
  private readonly mandates: { id: string; by: Somebody }[] = [];
  private readonly proofs: string[] = [];
  private readonly random: () => number;

  constructor(
    private readonly registry: Registry,
    seed: number,
  ) {
    this.random = randomFrom(seed);
  }

  /** A catalogue of more works than the leaves of a bundle, which one person imports. */
  async import(): Promise<this> {
    const by = await this.registry.somebody('artist', 'label');
    this.people.push(by);
    await this.importCatalogue(by);
    return this;
  }

  async live(acts: number): Promise<this> {
    for (const kind of ['person', 'person', 'label', 'cmo']) {
      this.people.push(await this.registry.somebody('artist', kind));
    }
    for (const by of this.people) await this.makeSong(by);
    for (let act = 0; act < acts; act += 1) {
      await this.act();
      if (this.random() < 0.3) this.moments.push(this.registry.tick());
    }
    return this;
  }

  /** One person is erased; nobody acts after that. */
  async erase(): Promise<void> {
    const by = this.people[1]!;
    const body = { password: 'correct horse battery staple' };
    await this.registry.done('DELETE', '/v1/accounts/me', { as: by.token, body });
    this.moments.push(this.registry.tick());
  }

  private async act(): Promise<void> {
    const acts = [
      ...[this.makeSong, this.makeRelease, this.makeWork, this.changeIdentifiers, this.changeLinks],
      ...[this.changeCatalogues, this.claim, this.claimForOthers, this.declare, this.declare],
      ...[this.declare, this.withdraw, this.prove, this.unclaim],
    ];
    await this.pick(acts).call(this, this.pick(this.people));
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)]!;
  }

  private async call(
    method: string,
    url: string,
    by: Somebody,
    body?: object,
  ): Promise<Json | null> {
    const answer = await this.registry.call(method, url, { as: by.token, body });
    if (answer.statusCode >= 500) throw new Error(`${method} ${url}: ${answer.body}`);
    return answer.statusCode < 300 && answer.body !== '' ? answer.json<Json>() : null;
  }

  /** A new ISRC, or one that another work has too. */
  private isrc(): { scheme: string; value: string } {
    if (this.identifiers.length > 3 && this.random() < 0.15) return this.pick(this.identifiers);
    const made = { scheme: 'isrc', value: this.registry.isrc() };
    this.identifiers.push(made);
    return made;
  }

  private async makeSong(by: Somebody): Promise<void> {
    const released = this.random() < 0.5 ? { releasedOn: '2024-03-01' } : {};
    const identifiers = [this.isrc()];
    const body = { party: by.party, title: 'Marmalade Sky', identifiers, ...released };
    const song = await this.call('POST', '/v1/songs', by, body);
    if (!song) return;
    this.works.push({ id: song['recording'].id, kind: 'recording', by });
    this.works.push({ id: song['composition'].id, kind: 'composition', by });
    for (const { id } of song['claims'] as Json[]) this.claims.push({ id, by });
  }

  private async makeWork(by: Somebody): Promise<void> {
    const kind = this.pick(['recording', 'text', 'image']);
    const body = { party: by.party, kind, title: 'A thing', identifiers: [this.isrc()] };
    const work = await this.call('POST', '/v1/works', by, body);
    if (work) this.works.push({ id: work['id'], kind, by });
  }

  private async makeRelease(by: Somebody): Promise<void> {
    const links = [this.pick(this.works), this.pick(this.works)].map(({ id }) => {
      return { kind: 'contains', work: id };
    });
    const body = {
      party: by.party,
      kind: 'release',
      title: 'All of it',
      identifiers: [this.isrc()],
    };
    const work = await this.call('POST', '/v1/works', by, { ...body, links });
    if (work) this.works.push({ id: work['id'], kind: 'release', by });
  }

  private async importCatalogue(by: Somebody): Promise<void> {
    const rows = Array.from({ length: 90 }, () => `Song,${this.registry.isrc()}`);
    const named = [`Song,${this.isrc().value}`, `Song,${this.isrc().value}`];
    const body = ['title,isrc', ...named, ...rows].join('\n');
    const url = `/v1/imports?party=${by.party}&template=no_ai_at_all&fileName=all.csv&layers=recording,composition`;
    const headers = { 'content-type': 'text/csv' };
    const answer = await this.registry.call('POST', url, { as: by.token, body, headers });
    if (answer.statusCode >= 300) throw new Error(answer.body);
  }

  private async changeIdentifiers(): Promise<void> {
    const { id, by } = this.pick(this.works);
    const isrc = this.isrc();
    if (this.random() < 0.6) await this.call('POST', `/v1/works/${id}/identifiers`, by, isrc);
    const { identifiers } = await this.registry.get(`/v1/works/${id}`, by.token);
    const one = identifiers[0] as Json | undefined;
    if (!one || this.random() < 0.5) return;
    await this.call('DELETE', `/v1/works/${id}/identifiers/${one['scheme']}/${one['value']}`, by);
  }

  private async changeLinks(): Promise<void> {
    const [from, to] = [this.pick(this.works), this.pick(this.works)];
    const kind = this.pick(['samples', 'embodies', 'contains', 'illustrated_by']);
    await this.call('POST', `/v1/works/${from.id}/links`, from.by, { kind, work: to.id });
    const { links } = await this.registry.get(`/v1/works/${from.id}`, from.by.token);
    const link = links[0] as Json | undefined;
    if (!link || this.random() < 0.6) return;
    const url = `/v1/works/${from.id}/links/${link['kind']}/${link['work']}`;
    await this.call('DELETE', url, from.by);
  }

  private async changeCatalogues(by: Somebody): Promise<void> {
    if (this.catalogues.length === 0 || this.random() < 0.3) {
      const body = { party: by.party, name: `Catalogue ${this.catalogues.length}` };
      const made = await this.call('POST', '/v1/catalogues', by, body);
      if (made) this.catalogues.push({ id: made['id'], by });
    }
    const { id, by: keeper } = this.pick(this.catalogues);
    const work = this.pick(this.works).id;
    await this.call('POST', `/v1/catalogues/${id}/works`, keeper, { works: [work] });
    if (this.random() < 0.3)
      await this.call('DELETE', `/v1/catalogues/${id}/works/${work}`, keeper);
  }

  private async claim(by: Somebody): Promise<void> {
    const { id: work, kind } = this.pick(this.works);
    const more =
      this.random() < 0.4 ? { territory: { include: ['FR', 'DE'] }, sharePpm: 250_000 } : {};
    const body = { party: by.party, work, layer: kind, role: 'owner', ...more };
    const claim = await this.call('POST', '/v1/claims', by, body);
    if (claim) this.claims.push({ id: claim['id'], by });
  }

  /** A mandate, and a claim under it in the representative's own name; later perhaps its end. */
  private async claimForOthers(principal: Somebody): Promise<void> {
    const society = this.people.at(this.random() < 0.7 ? -1 : -2)!;
    if (principal === society) return;
    const limits = this.random() < 0.5 ? { purposes: ['ai.train', 'access'] } : {};
    const soon = new Date(this.registry.clock.now() + 900_000).toISOString();
    const until = this.random() < 0.5 ? { validUntil: soon } : {};
    const rights = ['claim', 'consent'];
    const id = await this.registry.mandate(principal, society, { rights, ...limits, ...until });
    this.mandates.push({ id, by: principal });
    const own = this.works.filter((work) => work.by === principal && work.kind !== 'release');
    const { id: work, kind: layer } = this.pick(own);
    const claim = { party: society.party, work, layer, role: 'collecting_society', mandate: id };
    await this.call('POST', '/v1/claims', society, claim);
    if (this.random() > 0.4) return;
    const ended = this.pick(this.mandates);
    await this.call('POST', `/v1/mandates/${ended.id}/revoke`, ended.by);
  }

  private async declare(by: Somebody): Promise<void> {
    const kind = this.pick(['party', 'party', 'work', 'release', 'catalogue']);
    const own = this.works.filter((one) => (one.kind === 'release') === (kind === 'release'));
    const ids = kind === 'catalogue' ? this.catalogues : own;
    if (kind !== 'party' && ids.length === 0) return;
    const named =
      kind === 'party' ? null : this.pick(ids as readonly { id: string; by: Somebody }[]);
    const speaker = named?.by ?? by;
    const now = this.registry.clock.now();
    const from = this.random() < 0.2 ? { effectiveFrom: new Date(now + 90_000).toISOString() } : {};
    const until =
      this.random() < 0.2 ? { effectiveUntil: new Date(now + 400_000).toISOString() } : {};
    const body = {
      ...{ party: speaker.party, subject: named ? { kind, id: named.id } : { kind } },
      ...this.pick(WISHES),
      ...from,
      ...until,
    };
    const made = await this.call('POST', '/v1/declarations', speaker, body);
    for (const { id } of (made?.['declarations'] ?? []) as Json[]) {
      this.declarations.push({ id, by: speaker });
    }
  }

  private async withdraw(): Promise<void> {
    if (this.declarations.length === 0) return;
    const { id, by } =
      this.declarations.at(-1 - Math.floor(this.random() * 3)) ?? this.declarations[0]!;
    const afterWithdrawal = { existingCopies: 'delete_within_days', days: 30 };
    await this.call('POST', `/v1/declarations/${id}/withdrawal`, by, { afterWithdrawal });
  }

  private async prove(by: Somebody): Promise<void> {
    const last = this.proofs.at(-1);
    if (last && this.random() < 0.3) {
      this.proofs.pop();
      await this.registry.unprove(last);
    } else this.proofs.push(await this.registry.prove(by.party, 2 + Math.floor(this.random() * 2)));
  }

  private async unclaim(): Promise<void> {
    const { id, by } = this.pick(this.claims);
    if (this.random() < 0.4) await this.call('POST', `/v1/claims/${id}/withdraw`, by);
  }
}
