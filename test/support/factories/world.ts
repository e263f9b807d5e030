import type { Layer, Purpose, Territory } from '#vocabulary';
import { randomBytes } from 'node:crypto';
import type { Statement, Term } from '#consent/domain';
import { canonicalJson, newId, sha256 } from '#kernel';
import type { Database, Transaction } from '#platform';
import { Acknowledgements, Checkpoints, LogAppender, SigningStatus } from '#transparency';
import { LogRepository } from '../../../src/transparency/log.repository.js';
import type { FixedClock } from '../test-app.js';

type WorkKind = 'recording' | 'composition' | 'release' | 'artwork' | 'text' | 'image' | 'video';

export interface WorkWish {
  kind?: WorkKind;
  title?: string;
  registrant?: string;
  releasedOn?: string;
  /** `scheme:value`, canonical, or with the confidence of an inferred identifier in ppm. */
  identifiers?: (string | { id: string; confidencePpm: number })[];
  embodies?: string[];
  contains?: string[];
  samples?: string[];
  /** Sample links are verified unless this says otherwise. */
  verifiedLinks?: boolean;
  catalogues?: string[];
}

export interface ClaimWish {
  work: string;
  party: string;
  layer?: Layer;
  level?: number;
  sharePpm?: number;
  exclusive?: boolean;
  territory?: Territory;
  state?: 'active' | 'disputed' | 'withdrawn';
  madeAt?: number;
  mandate?: string;
}

export interface DeclarationWish {
  party: string;
  layer?: Layer;
  /** Everything the party holds in the layer unless named. */
  subject?: { kind: 'work' | 'release' | 'catalogue'; id: string };
  terms?: Term[];
  territory?: Territory;
  preservationTerms?: Statement['preservationTerms'];
  afterWithdrawal?: Statement['afterWithdrawal'];
  effectiveFrom?: number;
  effectiveUntil?: number;
  withdraws?: string;
}

interface ClaimRow extends Required<Pick<ClaimWish, 'work' | 'party' | 'layer'>> {
  claimId: string;
  version: number;
  wish: ClaimWish;
  madeAt: number;
}

/**
 * Makes valid things with SQL alone: rows, log leaves and events as the modules write them, each at
 * the moment that the clock shows. A test names only what matters to it.
 */
export class World {
  private readonly log: LogAppender;
  private readonly claims = new Map<string, ClaimRow>();
  private account: string | null = null;
  private count = 0;

  constructor(
    private readonly database: Database,
    readonly clock: FixedClock,
  ) {
    const checkpoints = new Checkpoints();
    // Nobody signs what is written past the server, so nothing waits for a signature either.
    checkpoints.publish({ origin: '', size: Infinity, root: Buffer.alloc(32), note: '' });
    const unsigned = new Acknowledgements(checkpoints, new SigningStatus(), null as never);
    this.log = new LogAppender(new LogRepository(), unsigned, clock);
  }

  /** Moves the clock; the log refuses to go back, so tell a story in order. */
  at(instant: number | string): this {
    this.clock.set(instant);
    return this;
  }

  async makeAccount(role = 'artist'): Promise<string> {
    const accountId = newId('account');
    const email = `${accountId}@example.org`;
    await this.sql(
      `INSERT INTO accounts (account_id, email, email_key, password_hash, display_name, roles,
         created_at) VALUES ($1, $2, $2, 'none', $3, ARRAY[$4], $5)`,
      [accountId, email, `${role} ${++this.count}`, role, this.now()],
    );
    return accountId;
  }

  async makeParty(
    wish: { kind?: string; name?: string; members?: string[] } = {},
  ): Promise<string> {
    const partyId = newId('party');
    this.account ??= await this.makeAccount();
    await this.sql(
      `INSERT INTO parties (party_id, kind, display_name, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [
        partyId,
        wish.kind ?? 'person',
        wish.name ?? `Party ${++this.count}`,
        this.account,
        this.now(),
      ],
    );
    for (const member of wish.members ?? []) {
      await this.sql(
        `INSERT INTO party_members (party_id, account_id, added_at) VALUES ($1, $2, $3)`,
        [partyId, member, this.now()],
      );
    }
    return partyId;
  }

  async makeCatalogue(party: string, works: string[] = []): Promise<string> {
    const catalogueId = newId('catalogue');
    await this.sql(
      `INSERT INTO catalogues (catalogue_id, party_id, name, created_at) VALUES ($1, $2, $3, $4)`,
      [catalogueId, party, `Catalogue ${++this.count}`, this.now()],
    );
    for (const work of works) await this.addToCatalogue(catalogueId, work);
    return catalogueId;
  }

  async addToCatalogue(catalogueId: string, workId: string): Promise<void> {
    await this.change(workId, { addCatalogues: [catalogueId] }, (tx, place) =>
      tx.manager.query(
        `INSERT INTO catalogue_works (catalogue_id, work_id, recorded_at, leaf_index)
         VALUES ($1, $2, $3, $4)`,
        [catalogueId, workId, ...place],
      ),
    );
  }

  async removeFromCatalogue(catalogueId: string, workId: string): Promise<void> {
    await this.change(workId, { removeCatalogues: [catalogueId] }, (tx, [recordedAt]) =>
      tx.manager.query(
        `UPDATE catalogue_works SET removed_at = $1
         WHERE catalogue_id = $2 AND work_id = $3 AND removed_at IS NULL`,
        [recordedAt, catalogueId, workId],
      ),
    );
  }

  async makeWork(wish: WorkWish = {}): Promise<string> {
    const workId = newId('work');
    const registrant = wish.registrant ?? (await this.makeParty());
    const kind = wish.kind ?? 'recording';
    await this.database.transaction(async (tx) => {
      const place = await this.append(tx, 'work', workId, { kind });
      await tx.manager.query(
        `INSERT INTO works (work_id, kind, title, released_on, registrant_party_id, recorded_at,
           leaf_index) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [
          workId,
          kind,
          wish.title ?? `Work ${++this.count}`,
          wish.releasedOn ?? null,
          registrant,
          ...place,
        ],
      );
      for (const identifier of wish.identifiers ?? []) {
        await this.insertIdentifier(tx, workId, identifier, place);
      }
      for (const link of ['embodies', 'contains', 'samples'] as const) {
        for (const to of wish[link] ?? []) {
          await this.insertLink(tx, workId, link, to, wish.verifiedLinks ?? true, place);
        }
      }
      for (const catalogueId of wish.catalogues ?? []) {
        await tx.manager.query(
          `INSERT INTO catalogue_works (catalogue_id, work_id, recorded_at, leaf_index)
           VALUES ($1, $2, $3, $4)`,
          [catalogueId, workId, ...place],
        );
      }
      tx.emit('works:work:changed', { workId });
    });
    return workId;
  }

  async addIdentifier(workId: string, id: string): Promise<void> {
    await this.change(workId, { addIdentifiers: [id] }, (tx, place) =>
      this.insertIdentifier(tx, workId, id, place),
    );
  }

  async removeIdentifier(workId: string, id: string): Promise<void> {
    const { scheme, value } = split(id);
    await this.change(workId, { removeIdentifiers: [id] }, (tx, [recordedAt]) =>
      tx.manager.query(
        `UPDATE work_identifiers SET removed_at = $1
         WHERE work_id = $2 AND scheme = $3 AND value = $4 AND removed_at IS NULL`,
        [recordedAt, workId, scheme, value],
      ),
    );
  }

  async addLink(from: string, kind: string, to: string, verified = true): Promise<void> {
    await this.change(from, { addLinks: [{ kind, to }] }, (tx, place) =>
      this.insertLink(tx, from, kind, to, verified, place),
    );
  }

  async removeLink(from: string, kind: string, to: string): Promise<void> {
    await this.change(from, { removeLinks: [{ kind, to }] }, (tx, [recordedAt]) =>
      tx.manager.query(
        `UPDATE work_links SET removed_at = $1
         WHERE from_work_id = $2 AND kind = $3 AND to_work_id = $4 AND removed_at IS NULL`,
        [recordedAt, from, kind, to],
      ),
    );
  }

  /** A verified claim (level 3) of the whole recording unless the wish says otherwise. */
  async makeClaim(wish: ClaimWish): Promise<string> {
    const claimId = newId('claim');
    const madeAt = wish.madeAt ?? this.clock.now();
    const { work, party, layer = 'recording' } = wish;
    const row: ClaimRow = { claimId, version: 1, work, party, layer, wish, madeAt };
    this.claims.set(claimId, row);
    await this.storeClaim(row);
    return claimId;
  }

  /** A new version of a claim: another level, share or state. */
  async reviseClaim(claimId: string, change: Partial<ClaimWish>): Promise<void> {
    const last = this.claims.get(claimId)!;
    const row = { ...last, version: last.version + 1, wish: { ...last.wish, ...change } };
    this.claims.set(claimId, row);
    await this.storeClaim(row);
  }

  /** A recording with its composition, both held and claimed by one party. */
  async makeSong(
    wish: { party?: string; level?: number } & Pick<WorkWish, 'identifiers' | 'catalogues'> = {},
  ): Promise<{ party: string; recording: string; composition: string }> {
    const party = wish.party ?? (await this.makeParty());
    const composition = await this.makeWork({ kind: 'composition', registrant: party });
    const recording = await this.makeWork({
      registrant: party,
      embodies: [composition],
      identifiers: wish.identifiers ?? [`isrc:${this.isrc()}`],
      catalogues: wish.catalogues,
    });
    const level = wish.level ?? 3;
    await this.makeClaim({ work: recording, party, layer: 'recording', level });
    await this.makeClaim({ work: composition, party, layer: 'composition', level });
    return { party, recording, composition };
  }

  async makeDeclaration(wish: DeclarationWish): Promise<string> {
    const declarationId = newId('declaration');
    const { party, layer = 'recording', subject } = wish;
    const kind = subject?.kind ?? 'party';
    const subjectId = subject?.id ?? party;
    const content = {
      terms: wish.terms ?? [],
      ...(wish.territory ? { territory: wish.territory } : {}),
      ...(wish.preservationTerms ? { preservationTerms: wish.preservationTerms } : {}),
      ...(wish.afterWithdrawal ? { afterWithdrawal: wish.afterWithdrawal } : {}),
    };
    const account = (this.account ??= await this.makeAccount());
    await this.database.transaction(async (tx) => {
      const stream = `${party}/${layer}/${kind}/${subjectId}`;
      const place = await this.append(tx, 'declaration', stream, { declarationId });
      const digest = sha256(canonicalJson(content));
      await tx.manager.query(
        `INSERT INTO term_sets (digest, content) VALUES ($1, $2)
         ON CONFLICT (digest) WHERE content IS NOT NULL DO NOTHING`,
        [digest, JSON.stringify(content)],
      );
      await tx.manager.query(
        `INSERT INTO declarations (declaration_id, party_id, layer, subject_kind, subject_id,
           version, term_set_id, effective_from, effective_until, withdraws, declared_by,
           recorded_at, leaf_index)
         SELECT $1, $2, $3, $4, $5,
           (SELECT coalesce(max(version), 0) + 1 FROM declarations
            WHERE party_id = $2 AND layer = $3 AND subject_kind = $4 AND subject_id = $5),
           (SELECT term_set_id FROM term_sets WHERE digest = $6 AND content IS NOT NULL), $7, $8, $9, $10, $11, $12`,
        [
          declarationId,
          party,
          layer,
          kind,
          subjectId,
          digest,
          instant(wish.effectiveFrom),
          instant(wish.effectiveUntil),
          wish.withdraws ?? null,
          account,
          ...place,
        ],
      );
      tx.emit('consent:declaration:appended', { subjectKind: kind, subjectId });
    });
    return declarationId;
  }

  /** The same terms for recording and composition, of everything the party holds. */
  async declareDefault(party: string, terms: Term[]): Promise<void> {
    for (const layer of ['recording', 'composition'] as const) {
      await this.makeDeclaration({ party, layer, terms });
    }
  }

  /** Blanks the words of a party's declarations, as its erasure does. */
  async eraseWords(party: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.manager.query(`SELECT set_config('fermata.erasing', 'on', true)`);
      const content = { subjectKind: 'party', subject: party, state: 'withdrawn' };
      await this.append(tx, 'erasure', party, content);
      await tx.manager.query(
        `UPDATE term_sets SET content = NULL
         WHERE term_set_id IN (SELECT term_set_id FROM declarations WHERE party_id = $1)`,
        [party],
      );
    });
  }

  async makeLicence(wish: {
    grantor: string;
    grantee: string;
    works: string[];
    purposes: Purpose[];
    layers?: Layer[];
    territory?: Territory;
    from?: number;
    until?: number;
    revokedAt?: number;
  }): Promise<string> {
    const licenceId = newId('licence');
    const account = (this.account ??= await this.makeAccount());
    await this.sql(
      `INSERT INTO licences (licence_id, grantor_party_id, grantee_party_id, purposes, layers,
         territory, valid_from, valid_until, granted_by, granted_at, revoked_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        licenceId,
        wish.grantor,
        wish.grantee,
        wish.purposes,
        wish.layers ?? [],
        wish.territory ? JSON.stringify(wish.territory) : null,
        instant(wish.from) ?? this.now(),
        instant(wish.until),
        account,
        this.now(),
        instant(wish.revokedAt),
      ],
    );
    for (const work of wish.works) {
      await this.sql(
        `INSERT INTO licence_works (grantee_party_id, work_id, licence_id) VALUES ($1, $2, $3)`,
        [wish.grantee, work, licenceId],
      );
    }
    return licenceId;
  }

  /** An ISRC that no other work of this world has. */
  isrc(): string {
    return `QZFER26${String(++this.count).padStart(5, '0')}`;
  }

  private now(): Date {
    return new Date(this.clock.now());
  }

  private async sql(text: string, parameters: unknown[]): Promise<void> {
    await this.database.dataSource.query(text, parameters);
  }

  private async append(
    tx: Transaction,
    type: 'work' | 'claim' | 'declaration' | 'erasure',
    stream: string,
    content: Record<string, unknown>,
  ): Promise<[recordedAt: Date, leafIndex: number]> {
    const { leafIndexes, recordedAt } = await this.log.append(tx, [{ type, stream, content }]);
    return [new Date(recordedAt), leafIndexes[0]!];
  }

  private async change(
    workId: string,
    content: Record<string, unknown>,
    store: (tx: Transaction, place: [Date, number]) => Promise<unknown>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await store(tx, await this.append(tx, 'work', workId, content));
      tx.emit('works:work:changed', { workId });
    });
  }

  private async insertIdentifier(
    tx: Transaction,
    workId: string,
    wish: string | { id: string; confidencePpm: number },
    place: [Date, number],
  ): Promise<void> {
    const { id, confidencePpm } =
      typeof wish === 'string' ? { id: wish, confidencePpm: 1_000_000 } : wish;
    const { scheme, value } = split(id);
    const salt = randomBytes(32);
    await tx.manager.query(
      `INSERT INTO work_identifiers (scheme, value, work_id, typed, salt, confidence_ppm,
         recorded_at, leaf_index) VALUES ($1, $2, $3, $2, $4, $5, $6, $7)`,
      [scheme, value, workId, salt, confidencePpm, ...place],
    );
  }

  private async insertLink(
    tx: Transaction,
    from: string,
    kind: string,
    to: string,
    verified: boolean,
    place: [Date, number],
  ): Promise<void> {
    await tx.manager.query(
      `INSERT INTO work_links (from_work_id, to_work_id, kind, verified, recorded_at, leaf_index)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [from, to, kind, verified, ...place],
    );
  }

  private async storeClaim({ claimId, version, work, party, layer, wish, madeAt }: ClaimRow) {
    const account = (this.account ??= await this.makeAccount());
    await this.database.transaction(async (tx) => {
      const place = await this.append(tx, 'claim', claimId, { work, party, layer });
      await tx.manager.query(
        `INSERT INTO claims (claim_id, version, work_id, party_id, layer, role, share_ppm,
           territory, exclusive, level, method, state, mandate_id, made_by, made_at, recorded_at,
           leaf_index)
         VALUES ($1, $2, $3, $4, $5, 'owner', $6, $7, $8, $9, 'operator', $10, $11, $12, $13, $14,
           $15)`,
        [
          claimId,
          version,
          work,
          party,
          layer,
          wish.sharePpm ?? 1_000_000,
          wish.territory ? JSON.stringify(wish.territory) : null,
          wish.exclusive ?? false,
          wish.level ?? 3,
          wish.state ?? 'active',
          wish.mandate ?? null,
          account,
          new Date(madeAt),
          ...place,
        ],
      );
      tx.emit('claims:claim:changed', { workId: work });
    });
  }
}

function split(id: string): { scheme: string; value: string } {
  const colon = id.indexOf(':');
  return { scheme: id.slice(0, colon), value: id.slice(colon + 1) };
}

function instant(ms: number | undefined): Date | null {
  return ms === undefined ? null : new Date(ms);
}
