import { sign } from 'node:crypto';
import {
  checkProofFile,
  COSIGNATURE_V1,
  ED25519,
  leafHash,
  openCheckpoint,
  openNote,
  parsePolicy,
  writeProofFile,
} from '#verify';
import type { Random } from '../samples/random.js';
import {
  auditPath,
  checkpointText,
  sampleEntries,
  signedNote,
  treeHash,
} from '../samples/sample-log.js';
import {
  LOG,
  noteSigner,
  ORIGIN,
  POLICY_TEXT,
  privateKeyOf,
  WITNESS,
  WITNESS_SEED,
} from '../samples/signers.js';
import {
  type Attempt,
  editBytes,
  flipBit,
  type MutationKind,
  respellSignature,
} from './mutation.js';

const LEAVES = sampleEntries(100).map((entry) => leafHash(entry));
const parsed = parsePolicy(POLICY_TEXT);
if (!parsed.ok) throw new Error(parsed.reason);
const POLICY = parsed.value;
const STRANGER_SEED = '0305334e381af78f141cb666f6199f57bc3495335a256a95bd2a55bf546663f6';
/** Others who call themselves as ours do. */
const STRANGER = noteSigner(ORIGIN, STRANGER_SEED, ED25519);
const STRANGE_WITNESS = noteSigner(WITNESS.key.name, STRANGER_SEED, COSIGNATURE_V1);

/** The line with its signature bytes changed; the four bytes of the key id stay. */
function withSignature(line: string, change: (signature: Buffer) => Uint8Array): string {
  const [dash, name, encoded] = line.trimEnd().split(' ');
  const bytes = Buffer.from(encoded!, 'base64');
  const changed = Buffer.concat([bytes.subarray(0, 4), change(bytes.subarray(4))]);
  return `${dash} ${name} ${changed.toString('base64')}\n`;
}

/** A stranger's signature under the key id of ours. */
function underOurId(line: string, ours: typeof LOG): string {
  const [dash, name, encoded] = line.trimEnd().split(' ');
  const bytes = Buffer.from(encoded!, 'base64').subarray(4);
  return `${dash} ${name} ${Buffer.concat([Buffer.from(ours.key.id, 'hex'), bytes]).toString('base64')}\n`;
}

export const NOTES: MutationKind = {
  name: 'signed notes',
  sample(random) {
    const lines = Array.from({ length: 1 + random.below(5) }, () =>
      random.bytes(9).toString('hex'),
    );
    const text = `${lines.join('\n')}\n`;
    const line = LOG.line(text);
    const open = (note: string | Uint8Array) => () => openNote(note, [LOG.key]);
    const withLine = (other: string) => open(`${text}\n${other}`);
    const whole = Buffer.from(`${text}\n${line}`);
    return {
      sound: open(whole),
      mutations: {
        'bytes edited': (dice) => open(editBytes(whole, dice)),
        'bit flipped': (dice) => open(flipBit(whole, dice)),
        'cut short': (dice) => open(whole.subarray(0, dice.below(whole.length))),
        'bytes before it': (dice) => open(Buffer.concat([dice.bytes(1 + dice.below(9)), whole])),
        'text longer by a line': () => open(`${text}more\n\n${line}`),
        'text longer by an empty line': () => open(`${text}\n\n${line}`),
        'text without its last newline': () => open(`${text.slice(0, -1)}\n${line}`),
        'lines end as on Windows': () => open(whole.toString().replaceAll('\n', '\r\n')),
        'bit flipped in the signature': (dice) =>
          withLine(withSignature(line, (one) => flipBit(one, dice))),
        'signature spelled otherwise': () => withLine(withSignature(line, respellSignature)),
        'signature longer': (dice) =>
          withLine(withSignature(line, (one) => Buffer.concat([one, dice.bytes(1)]))),
        'signature shorter': (dice) =>
          withLine(withSignature(line, (one) => one.subarray(0, dice.below(64)))),
        'signature of nothing': () => withLine(LOG.line('')),
        'signature of another text': (dice) =>
          withLine(LOG.line(`${dice.bytes(8).toString('hex')}\n`)),
        'a stranger of the same name': () => withLine(STRANGER.line(text)),
        'a stranger under our id': () => withLine(underOurId(STRANGER.line(text), LOG)),
        'one good and one false signature of ours': (dice) =>
          withLine(line + withSignature(line, (one) => flipBit(one, dice))),
        'no signature': () => withLine(''),
      },
    };
  },
};

interface SampleCheckpoint {
  readonly size: number;
  readonly leaves: readonly Buffer[];
  readonly text: string;
}

function sampleCheckpoint(random: Random): SampleCheckpoint {
  const size = 2 + random.below(LEAVES.length - 1);
  const leaves = LEAVES.slice(0, size);
  return { size, leaves, text: checkpointText(size, treeHash(leaves)) };
}

export const CHECKPOINTS: MutationKind = {
  name: 'checkpoints',
  sample(random) {
    const { size, leaves, text } = sampleCheckpoint(random);
    const note = signedNote(text);
    const open = (given: string | Uint8Array) => () => openCheckpoint(given, POLICY);
    const unsigned = (other: string) => open(other + note.slice(text.length));
    const root = treeHash(leaves).toString('base64');
    return {
      sound: open(note),
      mutations: {
        'bytes edited': (dice) => open(editBytes(Buffer.from(note), dice)),
        'bit flipped': (dice) => open(flipBit(Buffer.from(note), dice)),
        'cut short': (dice) => open(note.slice(0, dice.below(note.length))),
        'another size': (dice) => unsigned(`${ORIGIN}\n${size + 1 + dice.below(9)}\n${root}\n`),
        'another root': (dice) => unsigned(checkpointText(size, dice.bytes(32))),
        'another origin': () => unsigned(`${ORIGIN}2\n${size}\n${root}\n`),
        'a size with a zero before it, signed': () =>
          open(signedNote(`${ORIGIN}\n0${size}\n${root}\n`)),
        'a size that is no number, signed': (dice) =>
          open(
            signedNote(
              `${ORIGIN}\n${dice.of(['', '-1', '1e1', ' 9', '9 ', '0x9', '٣', '9.0'])}\n${root}\n`,
            ),
          ),
        'a size beyond 63 bits, signed': () =>
          open(signedNote(`${ORIGIN}\n${2n ** 63n}\n${root}\n`)),
        'a root of another length, signed': (dice) =>
          open(signedNote(checkpointText(size, dice.bytes(dice.of([0, 20, 31, 33, 64]))))),
        'a root without padding, signed': () => open(signedNote(text.replaceAll('=', ''))),
        'an extension line, signed': () => open(signedNote(`${text}extension\n`)),
        'two lines, signed': () => open(signedNote(`${ORIGIN}\n${size}\n`)),
        'another origin, signed by our key': () =>
          open(signedNote(checkpointText(size, treeHash(leaves), 'other.example/log'))),
        'no leaves and a root, signed': () => open(signedNote(checkpointText(0, treeHash(leaves)))),
        'signed by the witness alone': () => open(signedNote(text, [WITNESS])),
        'signed by the log alone': () => open(signedNote(text, [LOG])),
        'signed by a stranger and the witness': () => open(signedNote(text, [STRANGER, WITNESS])),
        'signatures of another checkpoint': (dice) => {
          const other = checkpointText(size + 1 + dice.below(50), dice.bytes(32));
          return open(text + signedNote(other).slice(other.length));
        },
      },
    };
  },
};

export const COSIGNATURES: MutationKind = {
  name: 'cosignatures',
  sample(random) {
    const { text, size } = sampleCheckpoint(random);
    const time = 1_764_000_000n + BigInt(random.below(1_000_000));
    const line = WITNESS.line(text, time);
    const open = (cosigned: string | Buffer) => () =>
      openCheckpoint(
        Buffer.concat([Buffer.from(`${text}\n${LOG.line(text)}`), Buffer.from(cosigned)]),
        POLICY,
      );
    const stamped = (other: bigint) => (signature: Buffer) => {
      const changed = Buffer.from(signature);
      changed.writeBigUInt64BE(BigInt.asUintN(64, other));
      return changed;
    };
    return {
      sound: open(line),
      mutations: {
        'bytes edited': (dice) => open(editBytes(Buffer.from(line), dice)),
        'bit flipped in the signature': (dice) =>
          open(withSignature(line, (one) => flipBit(one, dice))),
        'signature spelled otherwise': () => open(withSignature(line, respellSignature)),
        'another time': (dice) =>
          open(withSignature(line, stamped(time + 1n + BigInt(dice.below(9_999))))),
        'an earlier time': (dice) =>
          open(withSignature(line, stamped(time - 1n - BigInt(dice.below(9_999))))),
        'a time beyond 63 bits': () => open(WITNESS.line(text, 2n ** 63n + time)),
        'time left out': () => open(withSignature(line, (one) => one.subarray(8))),
        'signed as if it were the log': () => {
          const plain = sign(null, Buffer.from(text), privateKeyOf(WITNESS_SEED));
          const [, ...rest] = withSignature(line, (one) =>
            Buffer.concat([one.subarray(0, 8), plain]),
          ).split(' ');
          return open(`— ${rest.join(' ')}`);
        },
        'of another checkpoint': (dice) =>
          open(WITNESS.line(checkpointText(size + 1 + dice.below(50), dice.bytes(32)), time)),
        'of the same size with another root': (dice) =>
          open(WITNESS.line(checkpointText(size, dice.bytes(32)), time)),
        'of another witness of that name': () => open(STRANGE_WITNESS.line(text, time)),
        'of another witness under our id': () =>
          open(underOurId(STRANGE_WITNESS.line(text, time), WITNESS)),
        none: () => open(''),
      },
    };
  },
};

export const PROOF_FILES: MutationKind = {
  name: 'proof files',
  sample(random) {
    const { size, leaves, text } = sampleCheckpoint(random);
    const at = random.below(size);
    const proof = auditPath(at, leaves);
    const checkpoint = signedNote(text);
    const whole = { extra: null, index: BigInt(at), proof, checkpoint };
    const file = writeProofFile(whole);
    const check =
      (given: string | Uint8Array, leaf = leaves[at]!): Attempt =>
      () =>
        checkProofFile(given, leaf, POLICY);
    const other = (change: Partial<typeof whole>) => check(writeProofFile({ ...whole, ...change }));
    return {
      sound: check(file),
      mutations: {
        'bytes edited': (dice) => check(editBytes(Buffer.from(file), dice)),
        'bit flipped': (dice) => check(flipBit(Buffer.from(file), dice)),
        'cut short': (dice) => check(file.slice(0, dice.below(file.length))),
        'another leaf': (dice) => check(file, leaves[(at + 1 + dice.below(size - 1)) % size]!),
        'another index': (dice) => other({ index: BigInt((at + 1 + dice.below(size - 1)) % size) }),
        'an index beyond the log': () => other({ index: BigInt(at + size) }),
        'a hash more': (dice) =>
          other({ proof: proof.toSpliced(dice.below(proof.length + 1), 0, dice.bytes(32)) }),
        'a hash less': (dice) => other({ proof: proof.toSpliced(dice.below(proof.length), 1) }),
        '64 hashes': (dice) => other({ proof: Array.from({ length: 64 }, () => dice.bytes(32)) }),
        'a short hash': (dice) => other({ proof: proof.with(0, dice.bytes(31)) }),
        'checkpoint of another tree': (dice) =>
          other({ checkpoint: signedNote(checkpointText(size, dice.bytes(32))) }),
        'checkpoint unsigned': () => other({ checkpoint: text }),
        'checkpoint without its witness': () => other({ checkpoint: signedNote(text, [LOG]) }),
        'another format': () => check(file.replace('@v1', '@v2')),
        'an extra line that is no base64': () => check(file.replace('index', 'extra x\nindex')),
        'the index before the first line': () => check(file.replace(/^(.*)\n(.*)\n/, '$2\n$1\n')),
      },
    };
  },
};
