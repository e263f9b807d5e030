import { sign } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainProblem } from '#kernel';
import { Database } from '#platform';
import { LogAppender } from '../log-appender.service.js';
import { LogFolders } from '../log-folders.js';
import { SigningStopped } from '../signing/signing-status.service.js';
import { KeyFiles, type PrivateKey } from './key-files.js';
import {
  type KeyState,
  type KeyStep,
  type KeyUse,
  RegistryKeysRepository,
} from './registry-keys.repository.js';

/** A key of the registry as everybody may know it. */
export interface RegistryKey {
  readonly kid: string;
  readonly use: KeyUse;
  readonly publicKey: Buffer;
  readonly state: KeyState;
  /** When each state began. */
  readonly since: Readonly<Partial<Record<KeyState, Date>>>;
}

/** A public key as `/.well-known/jwks.json` shows it (RFC 7517, RFC 8037). */
export interface Jwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'Ed25519';
  /** What it signs here: checkpoints or receipts. */
  readonly fermata_use: KeyUse;
  readonly fermata_state: KeyState;
  /** Unix seconds: signatures of a later `iat` don't count. */
  readonly fermata_ended?: number;
}

/**
 * The registry's own keys. Their lives are leaves of the log, so that nobody can bring in an old key
 * later or use an ended one; the private halves are files that the database never sees.
 */
@Injectable()
export class SigningKeys {
  private known: readonly RegistryKey[] = [];
  private readonly files: KeyFiles;
  private readonly opened = new Map<string, PrivateKey>();

  constructor(
    folders: LogFolders,
    private readonly database: Database,
    private readonly repository: RegistryKeysRepository,
    private readonly log: LogAppender,
  ) {
    this.files = new KeyFiles(folders.keys);
  }

  /** Reads the keys, and opens those of the active ones whose files are on this machine. */
  async load(): Promise<void> {
    this.known = fold(await this.repository.list());
    for (const { kid, state } of this.known) {
      if (state === 'ended' || this.opened.has(kid)) continue;
      const file = await this.files.find(kid);
      if (file) this.opened.set(kid, file);
    }
  }

  /** Every key that there ever was, the oldest first. */
  get all(): readonly RegistryKey[] {
    return this.known;
  }

  /** Makes the first keys of a registry that has none: one for checkpoints, one for receipts. */
  async createFirst(): Promise<void> {
    const log = await this.files.create();
    const receipt = await this.files.create();
    await this.record([
      { key: log, use: 'log', state: 'added' },
      { key: log, use: 'log', state: 'active' },
      { key: receipt, use: 'receipt', state: 'added' },
      { key: receipt, use: 'receipt', state: 'active' },
    ]);
  }

  /** Publishes a new key that signs nothing yet. Returns it. */
  async add(use: KeyUse): Promise<RegistryKey> {
    const key = await this.files.create();
    await this.record([{ key, use, state: 'added' }]);
    return this.known.find(({ kid }) => kid === key.kid)!;
  }

  /**
   * Takes a key one step on: `added` to `active`, anything to `ended`. The last active key of a use
   * can't be ended. The active ones all sign checkpoints; the newest active one signs receipts.
   */
  async step(kid: string, state: 'active' | 'ended'): Promise<RegistryKey> {
    const known = this.known.find((one) => one.kid === kid);
    if (!known)
      throw new DomainProblem('transparency/no-such-key', 'There is no key of this name.');
    if (known.state === 'ended' || known.state === state) {
      throw new DomainProblem(
        'transparency/key-step-refused',
        `The key is ${known.state} already.`,
      );
    }
    const others = this.known.filter((one) => one.use === known.use && one.kid !== kid);
    if (state === 'ended' && !others.some((one) => one.state === 'active')) {
      throw new DomainProblem(
        'transparency/key-step-refused',
        'It is the only active key of its use; make another one active first.',
      );
    }
    await this.record([{ key: known, use: known.use, state }]);
    return this.known.find((one) => one.kid === kid)!;
  }

  /** The active keys of a use that this machine can sign with, the newest last. */
  signers(use: KeyUse): PrivateKey[] {
    return this.known.flatMap((one) => {
      const key = this.opened.get(one.kid);
      return one.use === use && one.state === 'active' && key ? [key] : [];
    });
  }

  /** The newest active key of a use. Refuses where its private half is not on this machine. */
  current(use: KeyUse): { kid: string; sign(data: Uint8Array): Buffer } {
    const key = this.signers(use).at(-1);
    if (!key) {
      throw new DomainProblem('transparency/key-missing', `This server has no key for a ${use}.`, {
        retryAfterSeconds: 60,
      });
    }
    return { kid: key.kid, sign: (data) => sign(null, data, key.key) };
  }

  /** The keys that sign checkpoints. Throws {@link SigningStopped} where one is not on this machine. */
  requireLogSigners(): PrivateKey[] {
    const active = this.known.filter((one) => one.use === 'log' && one.state === 'active');
    const missing = active.find(({ kid }) => !this.opened.has(kid));
    if (missing) {
      throw new SigningStopped(`The private half of the log's key ${missing.kid} is missing.`);
    }
    return this.signers('log');
  }

  jwks(): { keys: Jwk[] } {
    return { keys: this.known.map(jwkOf) };
  }

  private async record(
    steps: readonly { key: { kid: string; publicKey: Buffer }; use: KeyUse; state: KeyState }[],
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const place = await this.log.append(
        tx,
        steps.map(({ key, use, state }) => ({
          type: 'key',
          stream: key.kid,
          content: { use, state, publicKey: key.publicKey.toString('base64') },
        })),
      );
      await this.repository.insert(
        tx,
        steps.map(({ key: { kid, publicKey }, use, state }, at) => ({
          ...{ kid, use, publicKey, state },
          recordedAt: new Date(place.recordedAt),
          leafIndex: String(place.leafIndexes[at]),
        })),
      );
    });
    await this.load();
  }
}

function fold(steps: readonly KeyStep[]): RegistryKey[] {
  const keys = new Map<string, RegistryKey>();
  for (const { kid, use, publicKey, state, recordedAt } of steps) {
    const since = { ...keys.get(kid)?.since, [state]: recordedAt };
    keys.set(kid, { kid, use, publicKey, state, since });
  }
  return [...keys.values()];
}

function jwkOf({ kid, use, publicKey, state, since }: RegistryKey): Jwk {
  return {
    ...{ kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url'), kid },
    ...{ use: 'sig', alg: 'Ed25519', fermata_use: use, fermata_state: state },
    ...(since.ended ? { fermata_ended: Math.floor(since.ended.getTime() / 1000) } : {}),
  };
}
