import type { Match } from '#consent/domain';
import { sha256 } from '#kernel';
import type { SituationFiles } from '#snapshots';
import { factsText, normalFacts, type Span } from '#snapshots/domain';
import type { SnapshotStandings } from './snapshot-standings.repository.js';

/** Gives facts their numbers, and writes those down that this snapshot has not met before. */
export class NumberedSituations {
  private readonly met = new Map<string, number>();

  constructor(
    private readonly standings: SnapshotStandings,
    private readonly files: SituationFiles,
    private readonly span: Span,
    private readonly size: number,
  ) {}

  /** The number of the standing of each of these situations, in order. */
  async number(situations: readonly (readonly Match[])[]): Promise<number[]> {
    const fresh = new Map<string, { readonly matches: readonly Match[]; readonly text: string }>();
    const digests = situations.map((one) => {
      const matches = normalFacts(one, this.span);
      const text = factsText(matches);
      const digest = sha256(text).toString('hex');
      if (!this.met.has(digest)) fresh.set(digest, { matches, text });
      return digest;
    });
    const unknown = [...fresh.keys()];
    const numbers = unknown.length === 0 ? [] : await this.standings.number(unknown, this.size);
    for (const [at, digest] of unknown.entries()) {
      const { matches, text } = fresh.get(digest)!;
      this.met.set(digest, numbers[at]!);
      await this.files.add(numbers[at]!, text, matches);
    }
    return digests.map((digest) => this.met.get(digest)!);
  }
}
