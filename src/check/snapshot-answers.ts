import type { Answers, Waiting } from './answers.js';
import { CheckRefused } from './check-refused.js';
import { verdictOn } from './domain/index.js';
import type { HeldSnapshot } from './held-snapshot.js';

/** Answers out of a snapshot that is held here: each standing is evaluated once, no server is asked. */
export class SnapshotAnswers implements Answers {
  constructor(private readonly snapshot: HeldSnapshot) {}

  countOf(schemes: ReadonlySet<string>): number {
    return this.snapshot.manifest.files
      .filter(({ role, scheme }) => role === 'identifiers' && schemes.has(scheme ?? ''))
      .reduce((sum, { rows }) => sum + rows, 0);
  }

  async fill({ query, columns, ask, now }: Waiting): Promise<boolean> {
    const { snapshot } = this;
    const moments = { asOf: snapshot.manifest.asOf, now };
    const judged = await query.judge(await snapshot.standings(), (facts) =>
      verdictOn(JSON.parse(facts), ask, moments),
    );
    if (judged !== snapshot.manifest.standings) {
      throw new CheckRefused('The snapshot has another number of standings than it says.');
    }
    for (const [at, { scheme }] of columns.entries()) {
      await query.registered(at, await snapshot.identifiers(scheme));
    }
    return false;
  }

  finish(): Promise<void> {
    return Promise.resolve();
  }

  describe(): Record<string, unknown> {
    const { manifest, digest, leaf } = this.snapshot;
    return {
      snapshot: {
        ...{ iss: manifest.iss, snapshot: manifest.snapshot, origin: manifest.origin },
        ...{ size: manifest.size, root: manifest.root.toString('base64'), digest },
        asOf: new Date(manifest.asOf).toISOString(),
        expires: new Date(manifest.expires).toISOString(),
        vocabulary: manifest.vocabulary.version,
        ...(leaf === null ? {} : { leaf }),
      },
    };
  }
}
