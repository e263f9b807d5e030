import type { Layer, Territory, VerificationLevel } from '#vocabulary';
import { WorkResponse, type WorkDetail } from '#works';
import type { ClaimRow } from '../claims.query.js';
import type { ClaimMethod, ClaimRole, ClaimState } from '../domain/index.js';

export class ClaimResponse {
  /** @example clm_01kaq9x3n6fq2s7v4c8b5d0e1g */
  id: string;
  /** Counts the changes of this claim. */
  version: number;
  work: string;
  party: string;
  /** Name of the party. */
  holder: string;
  layer: Layer;
  role: ClaimRole;
  /** Share of the layer in parts per million. */
  sharePpm: number;
  /** Where the claim holds; null is the whole world. */
  territory: Territory | null;
  exclusive: boolean;
  /** Verification level 0 to 4; from 2 on the claim is verified. */
  level: VerificationLevel;
  /** What the level rests on. */
  method: ClaimMethod;
  state: ClaimState;
  mandate: string | null;
  /** When the claim was made, UTC. An unverified claim lapses 90 days later. */
  madeAt: string;
  /** When this version was recorded, UTC. */
  recordedAt: string;

  static from(claim: ClaimRow): ClaimResponse {
    return {
      id: claim.claimId,
      version: claim.version,
      work: claim.workId,
      party: claim.partyId,
      holder: claim.holder,
      layer: claim.layer,
      role: claim.role,
      sharePpm: claim.sharePpm,
      territory: claim.territory,
      exclusive: claim.exclusive,
      level: claim.level,
      method: claim.method,
      state: claim.state,
      mandate: claim.mandateId,
      madeAt: new Date(claim.madeAt).toISOString(),
      recordedAt: claim.recordedAt.toISOString(),
    };
  }
}

export class ClaimPageResponse {
  items: ClaimResponse[];
  nextCursor: string | null;
}

export class SongResponse {
  recording: WorkResponse;
  composition: WorkResponse;
  /** The claim on the recording and the claim on the composition. */
  claims: ClaimResponse[];

  static from(song: { recording: WorkDetail; composition: WorkDetail; claims: ClaimRow[] }) {
    return Object.assign(new SongResponse(), {
      recording: WorkResponse.from(song.recording),
      composition: WorkResponse.from(song.composition),
      claims: song.claims.map(ClaimResponse.from),
    });
  }
}
