import type { LeafDraft } from '#transparency';

/** What the log says about a passkey: whose it is and what it commits to, never the key itself. */
export function keyLeaf(
  passkey: { passkeyId: string; partyId: string; commitment: Buffer },
  state: 'added' | 'revoked',
): LeafDraft {
  return {
    type: 'key',
    stream: passkey.passkeyId,
    content: {
      party: passkey.partyId,
      use: 'declare',
      digest: passkey.commitment.toString('hex'),
      state,
    },
    concerns: [passkey.partyId],
  };
}
