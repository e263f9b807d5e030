import { LAYERS, type Layer, type Purpose } from '#vocabulary';
import type { DeclarationRow } from '../consent.query.js';
import { ERASED_TERMS, type Outcome, type SubjectKind, type Template } from '../domain/index.js';
import type { PreviewedAnswer } from '../preview.js';

export class SubjectResponse {
  kind: SubjectKind;
  /** The party itself, for `party`. */
  id: string;
}

export class DeclarationResponse {
  /** @example dec_01kaq9x3n6fq2s7v4c8b5d0e1g */
  id: string;
  party: string;
  layer: Layer;
  subject: SubjectResponse;
  /** Counts the declarations of this party on this subject and layer. */
  version: number;
  /** Whether no newer one has taken its place. */
  current: boolean;
  /** Terms in canonical order; none in a withdrawal. */
  terms: object[];
  /** Whether its words were erased with the party; it counts as a refusal of everything. */
  erased: boolean;
  territory: object | null;
  preservationTerms: object | null;
  afterWithdrawal: object | null;
  /** The template that was used, where one was. */
  template: string | null;
  /** The declaration that this one takes back, where it is a withdrawal. */
  withdraws: string | null;
  effectiveFrom: string | null;
  effectiveUntil: string | null;
  /** When the registry recorded it, UTC; it never takes effect before. */
  recordedAt: string;
  /** Its place in the public log. */
  logIndex: number;
  /** `passkey`: signed with the party's own key, see its authorisation; else the registry vouches. */
  authorisedBy: 'registry' | 'passkey';

  static from(row: DeclarationRow): DeclarationResponse {
    const { content } = row;
    return {
      id: row.declarationId,
      party: row.partyId,
      layer: row.layer,
      subject: { kind: row.subjectKind, id: row.subjectId },
      version: row.version,
      current: row.current,
      terms: [...content.terms],
      erased: content === ERASED_TERMS,
      territory: content.territory ?? null,
      preservationTerms: content.preservationTerms ?? null,
      afterWithdrawal: content.afterWithdrawal ?? null,
      template: row.template,
      withdraws: row.withdraws,
      effectiveFrom: row.effectiveFrom?.toISOString() ?? null,
      effectiveUntil: row.effectiveUntil?.toISOString() ?? null,
      recordedAt: row.recordedAt.toISOString(),
      logIndex: row.logIndex,
      authorisedBy: row.assertionId === null ? 'registry' : 'passkey',
    };
  }
}

export class DeclarationsResponse {
  /** One for each layer, and for each composition where a recording embodies several. */
  declarations: DeclarationResponse[];
}

export class DeclarationPageResponse {
  items: DeclarationResponse[];
  nextCursor: string | null;
}

export class TemplateParameterResponse {
  name: string;
  description: string;
  required: boolean;
  example: unknown;
}

export class TemplateResponse {
  /** @example preserve_never_train */
  id: string;
  title: string;
  description: string;
  parameters: TemplateParameterResponse[];
  /** The terms it stands for, without parameters. */
  terms: object[];
  preservationTerms: object | null;
  afterWithdrawal: object | null;

  static from(template: Template): TemplateResponse {
    const { terms, preservationTerms, afterWithdrawal } = template.expand();
    return {
      id: template.id,
      title: template.title,
      description: template.description,
      parameters: [...template.parameters],
      terms: [...terms],
      preservationTerms: preservationTerms ?? null,
      afterWithdrawal: afterWithdrawal ?? null,
    };
  }
}

export class TemplatesResponse {
  templates: TemplateResponse[];
}

export class PreviewAnswerResponse {
  /** Who asks. */
  asker: string;
  purpose: Purpose;
  outcome: Outcome;
  /** The answer in plain words, the short one first. */
  sentences: string[];
}

export class PreviewResponse {
  /** The terms in full, as they would be stored. */
  terms: object[];
  territory: object | null;
  preservationTerms: object | null;
  afterWithdrawal: object | null;
  /** What machines conclude, if one verified party holds every layer. */
  answers: PreviewAnswerResponse[];

  static from(content: DeclarationRow['content'], answers: readonly PreviewedAnswer[]) {
    return Object.assign(new PreviewResponse(), {
      terms: [...content.terms],
      territory: content.territory ?? null,
      preservationTerms: content.preservationTerms ?? null,
      afterWithdrawal: content.afterWithdrawal ?? null,
      answers: [...answers],
    });
  }
}

export class PurposeResponse {
  /** @example ai.train.generative */
  id: Purpose;
  /** What it means, in plain words. */
  label: string;
  /** The purpose it inherits from, null for a root. */
  parent: string | null;
  /** What a careful inquirer makes of silence: `refer` to a person, or `deny`. */
  unset: string;
}

export class VocabularyResponse {
  /** @example 1 */
  version: string;
  purposes: PurposeResponse[];
  /** The layers that can be claimed and declared on. */
  layers: Layer[] = [...LAYERS];
}
