import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import {
  ED25519,
  entriesPath,
  leafHash,
  makeVerifierKey,
  nodeHash,
  TILE_WIDTH,
  tilePath,
  TreeHasher,
  type VerifierKey,
  writeVerifierKey,
} from '#verify';

const ORIGIN = 'registry.example/log';

/** The first test key of RFC 8032 §7.1: everybody knows it, so it protects nothing. */
const SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const PKCS8 = '302e020100300506032b657004220420';

/**
 * The files of a log made from its entries, and signed, without the registry: tests also need logs
 * that no honest registry would write.
 */
export class LogFiles {
  readonly files = new Map<string, Uint8Array>();
  private readonly key: KeyObject;
  private readonly verifierKey: VerifierKey;

  constructor(entries: readonly Uint8Array[], seed = SEED) {
    this.key = createPrivateKey({
      key: Buffer.from(PKCS8 + seed, 'hex'),
      format: 'der',
      type: 'pkcs8',
    });
    const { x } = createPublicKey(this.key).export({ format: 'jwk' });
    const made = makeVerifierKey(ORIGIN, ED25519, Buffer.from(x!, 'base64url'));
    if (!made.ok) throw new Error(made.reason);
    this.verifierKey = made.value;
    this.write(entries);
  }

  /** What somebody pins who believes this log without any witness. */
  get policy(): string {
    return `log ${writeVerifierKey(this.verifierKey)}\nquorum none\n`;
  }

  readonly fetch = async (path: string): Promise<Uint8Array | null> => this.files.get(path) ?? null;

  private write(entries: readonly Uint8Array[]): void {
    const hasher = new TreeHasher();
    const hashes = entries.map((entry) => leafHash(entry));
    for (const hash of hashes) hasher.append(hash);
    for (let first = 0; first < entries.length; first += TILE_WIDTH) {
      const part = entries.slice(first, first + TILE_WIDTH);
      const bundle = part.flatMap((entry) => {
        return [Buffer.of(entry.byteLength >> 8, entry.byteLength & 0xff), entry];
      });
      this.files.set(entriesPath(BigInt(first / TILE_WIDTH), part.length), Buffer.concat(bundle));
    }
    this.writeTiles(hashes, 0);
    const root = hasher.root().toString('base64');
    this.files.set('checkpoint', this.signed(`${ORIGIN}\n${entries.length}\n${root}\n`));
  }

  private writeTiles(hashes: readonly Buffer[], level: number): void {
    const above: Buffer[] = [];
    for (let first = 0; first < hashes.length; first += TILE_WIDTH) {
      const tile = hashes.slice(first, first + TILE_WIDTH);
      this.files.set(tilePath(level, BigInt(first / TILE_WIDTH), tile.length), Buffer.concat(tile));
      let row = tile;
      while (tile.length === TILE_WIDTH && row.length > 1) {
        row = Array.from({ length: row.length / 2 }, (_, at) =>
          nodeHash(row[2 * at]!, row[2 * at + 1]!),
        );
      }
      if (tile.length === TILE_WIDTH) above.push(row[0]!);
    }
    if (above.length > 0) this.writeTiles(above, level + 1);
  }

  private signed(text: string): Buffer {
    const id = Buffer.from(this.verifierKey.id, 'hex');
    const signature = Buffer.concat([id, sign(null, Buffer.from(text), this.key)]);
    return Buffer.from(`${text}\n— ${ORIGIN} ${signature.toString('base64')}\n`);
  }
}
