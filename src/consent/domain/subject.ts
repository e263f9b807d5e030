/** What a declaration covers, from narrow to broad (model, section 1). */
export const SUBJECT_KINDS = ['work', 'release', 'catalogue', 'party'] as const;

export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** `id` names the work, release or catalogue; a `party` subject needs none, it is the declarant. */
export interface SubjectRef {
  readonly kind: SubjectKind;
  readonly id?: string;
}

/** 0 for the narrowest kind; the narrower subject speaks first (section 4, rule 4). */
export function breadthOf(kind: SubjectKind): number {
  return kind === 'work' ? 0 : kind === 'release' ? 1 : kind === 'catalogue' ? 2 : 3;
}

/** Whether two statements of one party and layer are versions of the same thing. */
export function sameSubject(a: SubjectRef, b: SubjectRef): boolean {
  return a.kind === b.kind && (a.kind === 'party' || a.id === b.id);
}
