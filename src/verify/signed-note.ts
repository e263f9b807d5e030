import { type Checked, pass, quoted, refuse } from './checked.js';
import { cosignedMessage } from './cosignature.js';
import { fromBase64, textOf } from './encoding.js';
import { ED25519, isKeyName, isSignedBy, type VerifierKey } from './verifier-key.js';

/** Sixteen signatures must fit, and a post-quantum one takes nearly 5 kB. */
const NOTE_BYTES_MAX = 256 * 1024;
const SIGNATURES_MAX = 64;

export interface SignatureLine {
  readonly name: string;
  /** Key id, hex. */
  readonly keyId: string;
  /** What stands behind the key id. */
  readonly signature: Buffer;
}

export interface ParsedNote {
  /** With the newline that ends it. */
  readonly text: string;
  readonly lines: readonly SignatureLine[];
}

/** A signature that was verified; `time` is what a cosignature says, in unix seconds. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  readonly time: bigint | null;
}

export interface OpenedNote {
  readonly text: string;
  readonly signatures: readonly VerifiedSignature[];
}

/** The parts of a note (c2sp.org/signed-note). Nothing in it is verified yet. */
export function parseNote(note: string | Uint8Array): Checked<ParsedNote> {
  const whole = textOf(note, NOTE_BYTES_MAX);
  if (!whole.ok) return refuse(`the note is unreadable: ${whole.reason}`);
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0009\u000B-\u001F]/.test(whole.value)) {
    return refuse('the note holds a control character');
  }
  // The text may hold empty lines itself: the last one of the note ends it.
  const end = whole.value.lastIndexOf('\n\n');
  if (end < 0) return refuse('the note has no empty line between text and signatures');
  const text = whole.value.slice(0, end + 1);
  const signed = whole.value.slice(end + 2);
  if (signed === '') return refuse('the note has no signatures');
  if (!signed.endsWith('\n')) return refuse('the last signature line does not end in a newline');
  const rows = signed.slice(0, -1).split('\n');
  if (rows.length > SIGNATURES_MAX)
    return refuse(`the note has more than ${SIGNATURES_MAX} signatures`);
  const lines: SignatureLine[] = [];
  for (const row of rows) {
    const line = parseSignatureLine(row);
    if (!line.ok) return line;
    lines.push(line.value);
  }
  return pass({ text, lines });
}

/** `— name base64(keyID[4] || signature)`, without its newline. */
export function parseSignatureLine(row: string): Checked<SignatureLine> {
  const parts = row.split(' ');
  const [dash, name = '', encoded = ''] = parts;
  if (parts.length !== 3 || dash !== '—') return refuse(`${quoted(row)} is no signature line`);
  if (!isKeyName(name)) return refuse(`${quoted(name)} is no name of a key`);
  const bytes = fromBase64(encoded);
  if (!bytes.ok) return refuse(`the signature of ${quoted(name)}: ${bytes.reason}`);
  if (bytes.value.length < 5) return refuse(`the signature of ${quoted(name)} is too short`);
  const keyId = bytes.value.subarray(0, 4).toString('hex');
  return pass({ name, keyId, signature: bytes.value.subarray(4) });
}

/**
 * The text of a note that at least one of the keys signed. A key that is not ours is ignored; a
 * signature that claims to be of ours and is not, rejects the note.
 */
export function openNote(
  note: string | Uint8Array,
  keys: readonly VerifierKey[],
): Checked<OpenedNote> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const { text, lines } = parsed.value;
  const signatures: VerifiedSignature[] = [];
  for (const line of lines) {
    const known = keys.filter(({ name, id }) => name === line.name && id === line.keyId);
    if (known.length > 1) return refuse(`two of the known keys are called ${quoted(line.name)}`);
    if (known.length === 0) continue;
    const signature = verifySignature(text, line, known[0]!);
    if (!signature.ok) return signature;
    signatures.push(signature.value);
  }
  if (signatures.length > 0) return pass({ text, signatures });
  const names = lines.map(({ name, keyId }) => `${quoted(name)} (${keyId})`).join(', ');
  return refuse(`none of the known keys signed the note; it is signed by ${names}`);
}

/** Whether this signature line is the key's, over this text; a line by itself spoils nothing. */
export function isSignatureLineOf(key: VerifierKey, row: string, text: string): boolean {
  const line = parseSignatureLine(row);
  if (!line.ok || line.value.name !== key.name || line.value.keyId !== key.id) return false;
  return verifySignature(text, line.value, key).ok;
}

function verifySignature(
  text: string,
  line: SignatureLine,
  key: VerifierKey,
): Checked<VerifiedSignature> {
  const failed = refuse(`the signature of ${quoted(key.name)} (${key.id}) does not fit the text`);
  if (key.type === ED25519) {
    const isGood = isSignedBy(key.publicKey, Buffer.from(text), line.signature);
    return isGood ? pass({ key, time: null }) : failed;
  }
  // A cosignature: the time in front of the signature is signed with the text.
  if (line.signature.length !== 72) return failed;
  const time = line.signature.readBigUInt64BE(0);
  const message = cosignedMessage(text, time);
  if (time >= 2n ** 63n || !isSignedBy(key.publicKey, message, line.signature.subarray(8))) {
    return failed;
  }
  return pass({ key, time });
}
