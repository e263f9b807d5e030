/** A leaf's entry as it stands in the log. */
export type LeafEntry = Readonly<Record<string, unknown>>;

/**
 * What a leaf means to a party, in one plain sentence. Leaves hold ids and digests only, so the
 * sentence does too; what it does not know it leaves out.
 */
export function leafInWords(leaf: LeafEntry, party: string): string {
  switch (leaf['type']) {
    case 'declaration':
      return declarationInWords(leaf, party);
    case 'claim':
      return claimInWords(leaf, party);
    case 'mandate':
      return mandateInWords(leaf, party);
    case 'key':
      return keyInWords(leaf);
    case 'work':
      return leaf['n'] === 1
        ? `You registered the work ${say(leaf, 'stream')}.`
        : `What is known of the work ${say(leaf, 'stream')} was changed; you hold a right in it, or in what is made of it.`;
    case 'dispute':
      return disputeInWords(leaf, party);
    case 'trigger':
      return triggerInWords(leaf);
    case 'erasure':
      return 'Something about you was erased.';
    default:
      return `A leaf of the kind “${say(leaf, 'type')}” was recorded.`;
  }
}

function declarationInWords(leaf: LeafEntry, party: string): string {
  const who = leaf['party'] === party ? 'You' : `The party ${say(leaf, 'party')}`;
  const about =
    leaf['subjectKind'] === 'party'
      ? 'everything you hold'
      : `the ${say(leaf, 'subjectKind')} ${say(leaf, 'subject')}`;
  const how = isSigned(leaf) ? ', signed with your passkey' : '';
  const isWithdrawal = typeof leaf['withdraws'] === 'string';
  const did = isWithdrawal ? `took back ${say(leaf, 'withdraws')} on` : 'declared anew on';
  return `${who} ${did} the ${say(leaf, 'layer')} layer of ${about}${how}. If this was not you, change your password and declare again.`;
}

function claimInWords(leaf: LeafEntry, party: string): string {
  const what = `the ${say(leaf, 'layer')} layer of the work ${say(leaf, 'work')}`;
  const isOwn = leaf['party'] === party;
  const whose = isOwn ? 'Your claim' : `The claim of the party ${say(leaf, 'party')}`;
  if (leaf['state'] === 'withdrawn') return `${whose} on ${what} was withdrawn.`;
  if (leaf['n'] === 1) {
    return isOwn
      ? `You claim ${what}.`
      : `The party ${say(leaf, 'party')} claims ${what}, in which you hold a right too, or in what is made of it.`;
  }
  return `${whose} on ${what} was changed; it has level ${say(leaf, 'level')} now.`;
}

function disputeInWords(leaf: LeafEntry, party: string): string {
  const what = `the ${say(leaf, 'layer')} layer of the work ${say(leaf, 'work')}`;
  if (leaf['state'] === 'opened') {
    const who =
      leaf['openedBy'] === null
        ? 'Two exclusive claims meet on'
        : leaf['openedBy'] === party
          ? 'You dispute claims on'
          : `The party ${say(leaf, 'openedBy')} disputes claims on`;
    return `${who} ${what}. While the dispute ${say(leaf, 'stream')} is open, uses of it are answered as disputed.`;
  }
  return `The dispute ${say(leaf, 'stream')} over ${what} has ended: ${say(leaf, 'how')}.`;
}

function triggerInWords(leaf: LeafEntry): string {
  const what = `that the state “${say(leaf, 'kind')}” holds for the work ${say(leaf, 'work')}`;
  switch (leaf['state']) {
    case 'declared':
      return `The archive ${say(leaf, 'party')} declares ${what}.`;
    case 'dissented':
      return `The archive ${say(leaf, 'party')} denies ${what}.`;
    case 'in_effect':
      return `Enough archives declare ${what}. It takes effect on ${dayOf(leaf['inEffectAt'])}; a rights holder whose claim is verified can object until then.`;
    case 'objected':
      return `The party ${say(leaf, 'party')} objected to the declaration ${what}; it has no effect.`;
    default:
      return `Too many archives deny ${what}; the declaration has no effect.`;
  }
}

function dayOf(moment: unknown): string {
  return typeof moment === 'number' ? new Date(moment).toISOString().slice(0, 10) : '(unsaid)';
}

function mandateInWords(leaf: LeafEntry, party: string): string {
  const [own, other] =
    leaf['principal'] === party
      ? [`The party ${say(leaf, 'representative')}`, 'you']
      : ['You', `the party ${say(leaf, 'principal')}`];
  return leaf['state'] === 'confirmed'
    ? `${own} may act for ${other} from now on, under the mandate ${say(leaf, 'stream')}.`
    : `${own} may no longer act for ${other}; the mandate ${say(leaf, 'stream')} has ended.`;
}

function keyInWords(leaf: LeafEntry): string {
  return leaf['state'] === 'added'
    ? `The passkey ${say(leaf, 'stream')} was bound; it can sign declarations of yours. If this was not you, revoke it.`
    : `The passkey ${say(leaf, 'stream')} was revoked; nothing signed with it counts from now on.`;
}

function isSigned(leaf: LeafEntry): boolean {
  const auth = leaf['auth'] as { m?: unknown } | undefined;
  return auth?.m === 'webauthn';
}

/** A member as text; a leaf of another version may lack it. */
function say(leaf: LeafEntry, name: string): string {
  const value = leaf[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '(unsaid)';
}
