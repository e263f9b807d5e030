import { LAYERS, PURPOSES } from '#vocabulary';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { OUTCOMES, REASONS, UNKNOWN_POLICIES } from '#consent/domain';

/**
 * These classes document what `domain/answer-text.ts` and `domain/item-text.ts` write by hand;
 * a test holds every answer against them. Members that would say nothing are left out.
 */
export class LayerAnswerResponse {
  /** The right that this is about. */
  @ApiProperty({ enum: LAYERS })
  layer: string;

  /** The work whose layer it is, where that is not the matched work or a composition in it. */
  workId?: string;

  /** What this layer comes to. */
  @ApiProperty({ enum: OUTCOMES })
  outcome: string;

  /** `licence:<id>` where a licence of the inquirer takes the place of the public terms. */
  basis?: string;

  /**
   * Share of the layer for which nobody speaks, in parts per million.
   * @example 500000
   */
  missingSharePpm?: number;

  /** Why the layer does not permit. */
  @ApiPropertyOptional({ enum: REASONS, isArray: true })
  reasons?: string[];

  /** Claims contradict each other or exceed the whole; the strictest counts. */
  conflict?: boolean;

  /** The refusal rests on claims that nobody has verified yet. */
  unverified?: boolean;
}

/** A declaration that decided, where it stands in the log and who made it. */
export class DeciderResponse {
  /** `passkey`: the party signed it with a key of its own; absent: the registry alone vouches. */
  @ApiPropertyOptional({ enum: ['passkey'] })
  auth?: string;

  @ApiProperty({ enum: LAYERS })
  layer: string;

  workId?: string;

  /** @example dec_01kaq3v8w6x9y2z4a5b7c8d9ef */
  declarationId: string;

  /** Its position in the transparency log, from 0. */
  logIndex?: number;

  /** The declaring party. */
  party: string;

  /** The declarant's verification level on this layer, 0 to 4; 2 and more is verified. */
  level: number;

  unverified?: boolean;
}

/** A way to a licence. */
export class OfferResponse {
  @ApiProperty({ enum: LAYERS })
  layer: string;

  workId?: string;

  /** Whom to ask. */
  party: string;

  declarationId: string;

  /** What the licence would settle, such as a payment. */
  @ApiPropertyOptional({ type: 'array', items: { type: 'object', additionalProperties: true } })
  duties?: Record<string, unknown>[];

  /** Standing offers of that party. */
  offerIds?: string[];
}

/** How a preserved copy is to be kept. */
export class PreservationResponse {
  @ApiProperty({ enum: LAYERS })
  layer: string;

  workId?: string;

  party: string;

  declarationId: string;

  /** Access to the copy at the moment asked about, with every trigger that is in effect. */
  @ApiProperty({ enum: ['dark', 'dim', 'onsite', 'open'] })
  accessMode: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  terms: Record<string, unknown>;
}

/** One of several works that the identifier leads to, or one item of a release. */
export class WorkOutcomeResponse {
  workId: string;

  kind?: string;

  /** The release, where several works matched. */
  releaseId?: string;

  @ApiProperty({ enum: OUTCOMES })
  outcome: string;
}

/** What may be done for one purpose. Unknown is never permission. */
export class PurposeAnswerResponse {
  @ApiProperty({ enum: OUTCOMES })
  outcome: string;

  /** What to make of `unknown` (the inquirer's own policy) and of `disputed` (`deny`). */
  @ApiPropertyOptional({ enum: UNKNOWN_POLICIES })
  treatAs?: string;

  /** `declaration`, or `licence:<id>`; absent where nobody spoke. */
  basis?: string;

  @ApiPropertyOptional({ enum: REASONS, isArray: true })
  reasons?: string[];

  /** What the inquiry left unstated although a term asks for it; state it and ask again. */
  state?: string[];

  /** Every layer that must permit, with its own outcome. */
  layers?: LayerAnswerResponse[];

  /** The declarations that decided each layer. */
  decidedBy?: DeciderResponse[];

  /** Layers on which nobody speaks who may. */
  @ApiPropertyOptional({ enum: LAYERS, isArray: true })
  missingLayers?: string[];

  /** By layer, the share for which nobody speaks, in parts per million. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'integer' } })
  missingSharePpm?: Record<string, number>;

  /** What the permission binds to, of all layers together. */
  @ApiPropertyOptional({ type: 'array', items: { type: 'object', additionalProperties: true } })
  duties?: Record<string, unknown>[];

  /** Conditions of the terms that were applied. */
  @ApiPropertyOptional({ type: 'array', items: { type: 'object', additionalProperties: true } })
  conditions?: Record<string, unknown>[];

  offers?: OfferResponse[];

  /** Ids of statutes that may bear on the use; `overlays` of the whole answer describes them. */
  overlays?: string[];

  /** Claims contradict each other or exceed the whole; the strictest counts. */
  conflict?: boolean;

  /** The refusal rests on claims that nobody has verified yet. */
  unverified?: boolean;

  disputeIds?: string[];

  /** After a withdrawal or in a dispute: what may become of copies that are there already. */
  existingCopies?: string;

  deleteWithinDays?: number;

  /** After a withdrawal: what becomes of models that were trained before. */
  trainedModels?: string;

  /** For preservation: whether anything new may be taken in. */
  newIngest?: boolean;

  preservationTerms?: PreservationResponse[];

  /** Each of several matched works with its own outcome. */
  works?: WorkOutcomeResponse[];

  /** Each item of a release with its own outcome. */
  contained?: WorkOutcomeResponse[];

  /** The answer holds until then unless something is declared. */
  validUntil: string;
}

/** A work that the identifier leads to. */
export class FoundWorkResponse {
  /** @example wrk_01kaq3v8w6x9y2z4a5b7c8d9ef */
  workId: string;

  kind: string;

  /** `identifier` and `hash` are exact, `metadata` was inferred. */
  @ApiProperty({ enum: ['identifier', 'hash', 'fingerprint', 'metadata'] })
  how: string;

  /** 0 to 1. */
  confidence: number;
}

/** One item of the answer. */
@ApiExtraModels(PurposeAnswerResponse)
export class ItemResponse {
  /** The caller's own reference, as it was given. */
  @ApiPropertyOptional({ oneOf: [{ type: 'string' }, { type: 'integer' }] })
  ref?: string | number;

  /** Of an unreadable item without a `ref`: its place in the request, from 0. */
  index?: number;

  /** @example isrc */
  scheme?: string;

  /**
   * The identifier in its canonical form.
   * @example USUG11904206
   */
  value?: string;

  /**
   * The identifier as it was typed, where that differs.
   * @example US-UG1-19-04206
   */
  typed?: string;

  @ApiProperty({
    enum: ['found', 'not_found', 'ambiguous_match', 'invalid_identifier', 'invalid_item'],
  })
  result: string;

  /** Of an invalid identifier: why, for programs. */
  reason?: string;

  /** Of an invalid item or identifier: why, in a sentence. */
  detail?: string;

  /** Of a wrong check digit: the one that was expected. */
  expected?: string;

  /** Of a wrong check digit: the one that was found. */
  found?: string;

  works?: FoundWorkResponse[];

  /** By purpose; also where nothing was found, and then never a permission. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(PurposeAnswerResponse) },
    propertyNames: { enum: [...PURPOSES] },
  } as never)
  purposes?: Record<string, PurposeAnswerResponse>;
}

/** The transparency log that the answer was computed from. */
export class LogResponse {
  /** Number of leaves. */
  size: number;

  /**
   * Root hash, base64.
   * @example 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
   */
  root: string;
}

/** A statute that may bear on a use. It never changes an answer. */
export class OverlayResponse {
  title: string;

  territory: string;

  note: string;
}

/** What was asked, echoed; what was not stated is absent. */
export class InquiryResponse {
  territory?: string;
  actorClass?: string;
  actorMode?: string;
  modelOpenness?: string;
  modelRelease?: string;
  lawfulSource?: boolean;
  accepts?: string[];
  inquirer?: string;
}

/** What is the same for every item of an answer. */
@ApiExtraModels(OverlayResponse)
export class ComputedResponse {
  /** The moment that the answer is about. */
  asOf: string;

  log: LogResponse;

  /**
   * Version of the vocabulary of purposes, conditions and overlays.
   * @example 1
   */
  vocabulary: string;

  /** What the inquirer makes of `unknown`. */
  @ApiProperty({ enum: UNKNOWN_POLICIES })
  unknownPolicy: string;

  inquiry: InquiryResponse;

  /** The statutes named in the answers, by id. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(OverlayResponse) },
  })
  overlays?: Record<string, OverlayResponse>;

  /**
   * Where one was asked for: the registry's signature over every item and what it was computed
   * from, a compact JWS.
   */
  receipt?: string;
}

/** The answer for one identifier: an item, and what it was computed from. */
@ApiExtraModels(OverlayResponse)
export class LookupResponse extends ItemResponse {
  asOf: string;

  log: LogResponse;

  /** @example 1 */
  vocabulary: string;

  @ApiProperty({ enum: UNKNOWN_POLICIES })
  unknownPolicy: string;

  inquiry: InquiryResponse;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(OverlayResponse) },
  })
  overlays?: Record<string, OverlayResponse>;

  /** Where one was asked for: the registry's signature over the item, a compact JWS. */
  receipt?: string;
}

/** How many items came to what. */
export class SummaryCountsResponse {
  found: number;
  not_found: number;
  ambiguous_match: number;
  invalid_identifier: number;
  invalid_item: number;
}

/** The answer for a batch. */
export class LookupsResponse extends ComputedResponse {
  /** The purposes asked about, in their order. */
  @ApiProperty({ enum: PURPOSES, isArray: true })
  purposes: string[];

  /** One for each item of the request, in its order; trust `ref`, not the order. */
  items: ItemResponse[];

  counts: SummaryCountsResponse;
}
