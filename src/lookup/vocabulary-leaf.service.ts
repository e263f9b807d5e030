import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainProblem } from '#kernel';
import { Database } from '#platform';
import { LogAppender } from '#transparency';
import { describeVocabulary } from './domain/index.js';

const STREAM = 'vocabulary';

/**
 * Writes into the log which closed lists answers are computed with, at the first start and whenever
 * they have changed: an answer of before was computed with what the log named then.
 */
@Injectable()
export class VocabularyLeaf implements OnApplicationBootstrap {
  private readonly logger = new Logger('Log');

  constructor(
    private readonly database: Database,
    private readonly log: LogAppender,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        await this.log.hold(tx);
        const { version, digest } = describeVocabulary();
        if ((await this.log.findLast(tx, STREAM))?.['digest'] === digest) return;
        await this.log.append(tx, [
          { type: 'vocabulary', stream: STREAM, content: { version, digest } },
        ]);
      });
    } catch (refusal) {
      // A log that takes in nothing is no reason to answer nothing.
      if (!(refusal instanceof DomainProblem)) throw refusal;
      this.logger.error(`The vocabulary is not in the log: ${refusal.detail}`);
    }
  }
}
