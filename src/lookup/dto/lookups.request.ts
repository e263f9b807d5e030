import { PURPOSES } from '#vocabulary';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ACTOR_CLASSES, ACTOR_MODES, MODEL_OPENNESS, UNKNOWN_POLICIES } from '#consent/domain';

/**
 * These classes document requests; `domain/ask.ts` and `domain/items.ts` read them by hand,
 * because ten thousand items through a validator would cost more than answering them.
 */
export class InquiryRequest {
  /**
   * Where the use takes place: ISO 3166-1 alpha-2, `EU` or `WORLD`.
   * @example DE
   */
  territory?: string;

  /** Who asks. */
  @ApiPropertyOptional({ enum: ACTOR_CLASSES })
  actorClass?: string;

  @ApiPropertyOptional({ enum: ACTOR_MODES })
  actorMode?: string;

  @ApiPropertyOptional({ enum: MODEL_OPENNESS })
  modelOpenness?: string;

  /** The one model version that this is about. */
  modelRelease?: string;

  /** Whether the copy was obtained lawfully: your word, which the answer then rests on. */
  lawfulSource?: boolean;

  /** Limits that you undertake to keep. */
  @ApiPropertyOptional({ enum: ['outputRestriction', 'volumeCap', 'qualityCap'], isArray: true })
  accepts?: string[];

  /** The party in whose name you ask; you must be a member of it. Licences granted to it count. */
  inquirer?: string;
}

export class LookupItemRequest {
  /** Your own reference, echoed in the answer: text of at most 256 characters or an integer. */
  @ApiPropertyOptional({ oneOf: [{ type: 'string' }, { type: 'integer' }], example: '1' })
  ref?: string | number;

  /** @example isrc */
  scheme: string;

  /**
   * The identifier as you have it; common spellings are read.
   * @example US-UG1-19-04206
   */
  value: string;
}

export class LookupsRequest {
  /** 1 to 10,000 identifiers, schemes mixed as you like. A bad one is answered in its place. */
  @ApiProperty({ type: [LookupItemRequest], minItems: 1, maxItems: 10_000 })
  items: LookupItemRequest[];

  /** What you want to do; a headline for each kind of asker where absent. */
  @ApiPropertyOptional({ enum: PURPOSES, isArray: true, example: ['ai.train.generative'] })
  purposes?: string[];

  inquiry?: InquiryRequest;

  /**
   * Ask as of a past moment: a UTC instant or a day (its beginning).
   * @example 2026-06-01T12:00:00Z
   */
  asOf?: string;

  /** What you make of `unknown`; printed on the answer, never turned into permission. */
  @ApiPropertyOptional({ enum: UNKNOWN_POLICIES, default: 'deny' })
  unknownPolicy?: string;

  /** Whether the answer is to be signed, so that you can prove later what you were told. */
  @ApiPropertyOptional({ default: false })
  receipt?: boolean;
}
