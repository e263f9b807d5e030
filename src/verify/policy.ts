import { type Checked, pass, quoted, refuse } from './checked.js';
import { textOf } from './encoding.js';
import { COSIGNATURE_V1, ED25519, parseVerifierKey, type VerifierKey } from './verifier-key.js';

const POLICY_BYTES_MAX = 256 * 1024;

export interface PolicyLog {
  readonly key: VerifierKey;
  readonly url: string | null;
}

export interface PolicyWitness extends PolicyLog {
  readonly name: string;
}

/** At least `needed` of the members must have witnessed a checkpoint. */
interface PolicyGroup {
  readonly needed: number;
  readonly members: readonly string[];
}

/** Whom to believe: logs, witnesses, and how many of them must have cosigned. */
export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: ReadonlyMap<string, PolicyGroup>;
  /** Name of a witness or group; null asks for no cosignature. */
  readonly quorum: string | null;
}

/** A policy while its lines are read: names must be defined above the lines that use them. */
class Draft {
  readonly logs: PolicyLog[] = [];
  readonly witnesses: PolicyWitness[] = [];
  readonly groups = new Map<string, PolicyGroup>();
  readonly members = new Set<string>();
  quorum: string | null | undefined;

  defines(name: string): boolean {
    return this.groups.has(name) || this.witnesses.some((one) => one.name === name);
  }
}

/** A policy file (c2sp.org/tlog-policy). */
export function parsePolicy(file: string | Uint8Array): Checked<Policy> {
  const text = textOf(file, POLICY_BYTES_MAX);
  if (!text.ok) return refuse(`the policy is unreadable: ${text.reason}`);
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000B-\u001F\u007F]/.test(text.value)) {
    return refuse('the policy holds a control character');
  }
  const draft = new Draft();
  const lines = text.value.split('\n');
  for (const [at, line] of lines.entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    if (words.length === 0 || words[0]!.startsWith('#')) continue;
    const fault = readLine(draft, words);
    if (fault !== null) return refuse(`line ${at + 1} of the policy: ${fault}`);
  }
  if (draft.quorum === undefined) return refuse('the policy has no quorum line');
  const { logs, witnesses, groups, quorum } = draft;
  return pass({ logs, witnesses, groups, quorum });
}

/** The fault of the line, or null. */
function readLine(draft: Draft, [keyword, ...rest]: readonly string[]): string | null {
  switch (keyword) {
    case 'log':
      return readLog(draft, rest);
    case 'witness':
      return readWitness(draft, rest);
    case 'group':
      return readGroup(draft, rest);
    case 'quorum':
      return readQuorum(draft, rest);
    default:
      return `${quoted(keyword!)} is none of log, witness, group, quorum`;
  }
}

function readLog(draft: Draft, [vkey, url, ...more]: readonly string[]): string | null {
  if (vkey === undefined || more.length > 0) return 'it must be: log <vkey> [<url>]';
  const key = parseVerifierKey(vkey);
  if (!key.ok) return key.reason;
  if (key.value.type !== ED25519) return `${quoted(key.value.name)} is no key of a log (type 1)`;
  if (hasKey(draft.logs, key.value))
    return `the key of ${quoted(key.value.name)} stands there twice`;
  draft.logs.push({ key: key.value, url: url ?? null });
  return null;
}

function readWitness(draft: Draft, [name, vkey, url, ...more]: readonly string[]): string | null {
  if (name === undefined || vkey === undefined || more.length > 0) {
    return 'it must be: witness <name> <vkey> [<url>]';
  }
  const key = parseVerifierKey(vkey);
  if (!key.ok) return key.reason;
  if (key.value.type !== COSIGNATURE_V1) return `${quoted(name)} has no key of a witness (type 4)`;
  if (name === 'none' || draft.defines(name)) return `the name ${quoted(name)} is taken`;
  if (hasKey(draft.witnesses, key.value)) return `the key of ${quoted(name)} stands there twice`;
  draft.witnesses.push({ name, key: key.value, url: url ?? null });
  return null;
}

function readGroup(draft: Draft, [name, count, ...members]: readonly string[]): string | null {
  if (name === undefined || count === undefined || members.length === 0) {
    return 'it must be: group <name> <k|any|all> <name>…';
  }
  if (name === 'none' || draft.defines(name)) return `the name ${quoted(name)} is taken`;
  const needed = count === 'any' ? 1 : count === 'all' ? members.length : decimal(count);
  if (!(needed >= 1 && needed <= members.length)) {
    return `${quoted(count)} is no number from 1 to ${members.length}`;
  }
  for (const member of members) {
    if (!draft.defines(member)) return `${quoted(member)} is not defined above`;
    // Else one witness could count twice.
    if (draft.members.has(member)) return `${quoted(member)} is a member already`;
    draft.members.add(member);
  }
  draft.groups.set(name, { needed, members });
  return null;
}

function readQuorum(draft: Draft, [name, ...more]: readonly string[]): string | null {
  if (name === undefined || more.length > 0) return 'it must be: quorum <name|none>';
  if (draft.quorum !== undefined) return 'there is a quorum already';
  if (name !== 'none' && !draft.defines(name)) return `${quoted(name)} is not defined above`;
  draft.quorum = name === 'none' ? null : name;
  return null;
}

/** NaN for what is no decimal number. */
function decimal(text: string): number {
  return /^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : Number.NaN;
}

function hasKey(list: readonly PolicyLog[], key: VerifierKey): boolean {
  return list.some((one) => one.key.raw.equals(key.raw));
}

/** What the quorum still lacks, in a sentence; null where it is reached. */
export function missingForQuorum(policy: Policy, witnessed: ReadonlySet<string>): string | null {
  if (policy.quorum === null || hasWitnessed(policy, policy.quorum, witnessed)) return null;
  const who = witnessed.size === 0 ? 'nobody' : [...witnessed].map(quoted).join(', ');
  return `the quorum ${quoted(policy.quorum)} is not reached: of the witnesses ${who} cosigned`;
}

function hasWitnessed(policy: Policy, name: string, witnessed: ReadonlySet<string>): boolean {
  const group = policy.groups.get(name);
  if (group === undefined) return witnessed.has(name);
  // Groups name only what stands above them, so this ends.
  return group.members.filter((one) => hasWitnessed(policy, one, witnessed)).length >= group.needed;
}
