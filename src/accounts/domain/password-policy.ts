/**
 * What a password must be, by NIST SP 800-63B-4 §3.1.1.2: long, because it is the only factor; not
 * one that everybody tries first; no rules on what it is composed of.
 */
export const PASSWORD_LENGTH_MIN = 15;
export const PASSWORD_LENGTH_MAX = 256;

export type PasswordVerdict =
  'acceptable' | 'too_short' | 'too_long' | 'names_the_account' | 'commonplace';

/** What each refusal says to the person who chose the password. */
export const PASSWORD_REFUSALS: Readonly<Record<Exclude<PasswordVerdict, 'acceptable'>, string>> = {
  too_short: `must have at least ${PASSWORD_LENGTH_MIN} characters; a few unrelated words are easy to remember`,
  too_long: `must have at most ${PASSWORD_LENGTH_MAX} characters`,
  names_the_account: 'must not contain your e-mail address or your name',
  commonplace:
    'is among the first that an attacker tries (a common word, a sequence or a repetition)',
};

/** Words that stand at the head of every list of leaked passwords, alone or repeated. */
const COMMON = new Set(
  `password passwort passw0rd p@ssword p@ssw0rd motdepasse contrasena welcome letmein iloveyou
   iloveyouforever trustno1 sunshine princess football baseball superman batman pokemon dragon
   monkey shadow master starwars whatever michael jennifer charlie administrator administrator1
   administrator123 administrateur changeme changemeplease pleasechangeme default secret
   supersecret topsecret mysecretpassword thisisapassword thisismypassword thisisasecret
   passwordpassword1 passwordpassword123 password123456 password1234567 password12345678
   password123456789 password1234567890 mypassword mypassword123 mypassword1234 nopassword
   letmeinplease openthedoor qwertyuiop123456 qwertyuiop1234567890 qwerty1234567890
   qwerty123456789 1qaz2wsx3edc4rfv 1qaz2wsx3edc4rfv5tgb 1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o0p
   q1w2e3r4t5y6u7i8 q1w2e3r4t5y6u7i8o9p0 zaq12wsxcde34rfv abc123abc123abc123 abcd1234abcd1234
   fermata fermatapassword passwordfermata`.split(/\s+/),
);

/** Rows that fingers and alphabets run along; also read backwards. */
const ROWS = [
  '01234567890123456789012345678901234567890',
  'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1234567890qwertyuiopasdfghjklzxcvbnm',
];
const SEQUENCES = ROWS.concat(ROWS.map((row) => [...row].reverse().join('')));

/** The shortest part of an e-mail address or a name that counts as naming the account. */
const NAME_PART_MIN = 4;

/** The form that is hashed and judged: the same characters, however a keyboard composed them. */
export function normalizePassword(typed: string): string {
  return typed.normalize('NFKC');
}

/** Judges a new password (characters are code points of the NFKC form). */
export function judgePassword(
  typed: string,
  account: { email: string; displayName: string },
): PasswordVerdict {
  if (typed.length > PASSWORD_LENGTH_MAX * 4) return 'too_long';
  const password = normalizePassword(typed);
  const length = [...password].length;
  if (length < PASSWORD_LENGTH_MIN) return 'too_short';
  if (length > PASSWORD_LENGTH_MAX) return 'too_long';
  const folded = password.toLowerCase();
  if (namesOf(account).some((name) => folded.includes(name))) return 'names_the_account';
  return isCommonplace(folded) ? 'commonplace' : 'acceptable';
}

function namesOf({ email, displayName }: { email: string; displayName: string }): string[] {
  const address = fold(email);
  return [address, address.split('@')[0]!, fold(displayName)].filter(
    (name) => [...name].length >= NAME_PART_MIN,
  );
}

function fold(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase();
}

function isCommonplace(folded: string): boolean {
  const bare = folded.replaceAll(/[\s._-]/g, '');
  const unit = repeatedUnit(bare);
  return (
    unit.length < NAME_PART_MIN ||
    COMMON.has(bare) ||
    COMMON.has(unit) ||
    SEQUENCES.some((row) => row.includes(unit))
  );
}

/** The shortest text of which `text` is whole repetitions; `text` itself if there is none. */
function repeatedUnit(text: string): string {
  const at = (text + text).indexOf(text, 1);
  return text.slice(0, at === -1 ? text.length : at);
}
