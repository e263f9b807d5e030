import type { Erasure } from '../domain/index.js';
import type { ErasurePreview } from '../erasure-preview.service.js';

export class ErasureResponse {
  /** @example era_01kaq9x3n6fq2s7v4c8b5d0e1g */
  id: string;
  /** When, by the log's clock. */
  erasedAt: string;
  /** Accounts that were erased; their ids stay and lead to nothing. */
  accounts: string[];
  /** Parties that were erased; their ids stay in the log. */
  parties: string[];
  /** How many works were withdrawn. */
  worksWithdrawn: number;

  static from(erasure: Erasure): ErasureResponse {
    return {
      id: erasure.erasureId,
      erasedAt: new Date(erasure.at).toISOString(),
      accounts: [...erasure.accountIds],
      parties: [...erasure.partyIds],
      worksWithdrawn: erasure.workIds.length,
    };
  }
}

export class PartyErasurePreviewResponse {
  id: string;
  displayName: string;
  /** False where somebody else is a member too: then only your membership ends. */
  erased: boolean;
  /** Works that would be withdrawn, with their titles, names and identifiers. */
  worksWithdrawn: number;
  /** Works that stay because somebody else claims them; your claims and names go from them. */
  worksLeft: number;
}

export class ErasurePreviewResponse {
  parties: PartyErasurePreviewResponse[];
  /** What would be removed, in plain words. */
  goes: string[];
  /** What would stay, and why. */
  stays: string[];

  static from({ parties }: ErasurePreview): ErasurePreviewResponse {
    return {
      parties: parties.map(({ partyId, ...rest }) => ({ id: partyId, ...rest })),
      goes: GOES,
      stays: STAYS,
    };
  }
}

const GOES = [
  'Your account: e-mail address, name, password, sessions and API keys.',
  'Of each party erased: its name, country, identifiers, proofs, memberships and import reports.',
  'Your passkeys, which are first revoked in the log, and the signatures that they made; webhooks and mail settings of yours and of each party erased: nobody is told any more.',
  'Of each work withdrawn: its title, contributors and identifiers, with the salts that open the commitments to them in the log.',
  'Everywhere: your claims and mandates, evidence given for claims, licences, and free text in terms that nobody else declared.',
];

const STAYS = [
  'In the public log: random ids, commitments that nobody can open any more, digests of terms, and that the works were withdrawn.',
  'Works that somebody else claims, with their titles and identifiers, without your names and claims.',
  'Your name without a link to your party in works of others: it may be a namesake’s. Ask those who registered them.',
  'Answers and receipts that were given out before; they name ids and no person.',
];
