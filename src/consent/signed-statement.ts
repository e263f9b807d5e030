import type { Statement } from '#passkeys/domain';
import type { ConsentDraft } from './consent-drafts.service.js';

/** What a passkey signs for a declaration or a withdrawal: all that decides what it does. */
export function statementOf(draft: ConsentDraft): Statement {
  return {
    act: draft.withdraws === undefined ? 'declare' : 'withdraw',
    party: draft.party,
    streams: draft.streams.map(({ layer, subjectKind, subjectId }) => ({
      layer,
      subjectKind,
      subject: subjectId,
    })),
    terms: draft.content,
    effectiveFrom: draft.effectiveFrom,
    effectiveUntil: draft.effectiveUntil,
    replaces: draft.replaces ?? null,
    withdraws: draft.withdraws ?? null,
  };
}
