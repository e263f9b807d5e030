import type { HeldSnapshot } from '../snapshot-shelf.service.js';

export class SnapshotResponse {
  /** Leaves of the log that it was made from; its folder's name. */
  size: number;

  /** Its id, a UUID. */
  snapshot: string;

  /** The moment that its answers hold for. */
  asOf: string;

  /** From when on nothing may be concluded from it. */
  expires: string;

  /** How many identifiers it holds. */
  identifiers: number;

  /** How many distinct situations they are in. */
  standings: number;

  /** Bytes of all its files. */
  bytes: number;

  static from({ manifest }: HeldSnapshot): SnapshotResponse {
    const { size, snapshot, asOf, expires, identifiers, standings, files } = manifest;
    return {
      ...{ size, snapshot, identifiers, standings },
      asOf: new Date(asOf).toISOString(),
      expires: new Date(expires).toISOString(),
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    };
  }
}

export class SnapshotsResponse {
  /** The newest first; expired ones are removed when the next is published. */
  snapshots: SnapshotResponse[];

  /** Why the last one that this process tried was not published. */
  lastFailure: string | null;
}

export class PlannedSnapshotResponse {
  /**
   * It will be made as soon as a worker is free.
   * @example planned
   */
  state: 'planned';
}
