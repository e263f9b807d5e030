import { Injectable } from '@nestjs/common';
import { type Ask, DEFAULT_PURPOSES, LookupDatabases, writeOne } from '#lookup';
import { NamesQuery } from '../names.query.js';
import { idsIn, type WireAnswer } from './answer-on-the-wire.js';
import { type AnswerView, viewAnswer } from './answer-view.js';
import { curlLine } from './curl-line.js';
import { askerOf } from './form-choices.js';
import type { Question } from './question.js';

export interface DeskAnswer extends AnswerView {
  readonly curl: string;
}

/** Answers a person's question with what the API would say, in words. */
@Injectable()
export class InquiryDesk {
  constructor(
    private readonly databases: LookupDatabases,
    private readonly names: NamesQuery,
  ) {}

  /**
   * Null where the question cannot be answered as it stands. `base` is this registry's address; the answer is
   * from a log of at least `seenSize` leaves.
   */
  async answer(question: Question, base: string, seenSize: number): Promise<DeskAnswer | null> {
    const { identifier, purpose, actorClass, territory, lawfulSource } = question;
    if (identifier === null) return null;
    const ask: Ask = {
      purposes: purpose === null ? DEFAULT_PURPOSES : [purpose],
      inquiry: {
        ...(territory === null ? {} : { territory }),
        ...(actorClass === null ? {} : { actorClass }),
        ...(lawfulSource ? { lawfulSource } : {}),
      },
      unknownPolicy: 'deny',
    };
    const { scheme, value } = identifier;
    const found = await this.databases.read(seenSize, (lookup) =>
      lookup.lookupOne(ask, scheme, value),
    );
    const answer = JSON.parse(writeOne(ask, found)) as WireAnswer;
    const { workIds, partyIds } = idsIn(answer);
    const names = await this.names.listNames(workIds, partyIds);
    return {
      ...viewAnswer(answer, names, askerOf(actorClass)),
      curl: curlLine(base, scheme, value, ask),
    };
  }
}
