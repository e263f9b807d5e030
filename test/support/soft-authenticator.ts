import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a test wants to go wrong. */
export interface Misbehaviour {
  origin?: string;
  rpId?: string;
  /** Bits of the authenticator data: 1 present, 4 verified, 64 a new credential comes along. */
  flags?: number;
  /** Of signatures made so far; a copied key does not know of the other's. */
  counter?: number;
  type?: string;
}

type Json = Record<string, unknown>;

/** An authenticator in software: one ES256 key, in the form that browsers hand to pages. */
export class SoftAuthenticator {
  readonly credentialId = randomBytes(16);
  readonly publicKey: Buffer;
  private readonly privateKey: KeyObject;
  private counter = 0;

  constructor(private readonly origin = 'http://localhost:3000') {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.privateKey = pair.privateKey;
    const { x, y } = pair.publicKey.export({ format: 'jwk' }) as { x: string; y: string };
    // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
    this.publicKey = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ]);
  }

  /** What `navigator.credentials.create` gives for these options. */
  create(publicKey: Json, how: Misbehaviour = {}): Json {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const data = Buffer.concat([
      this.authenticatorData({ flags: 0x45, ...how }),
      Buffer.alloc(16),
      length,
      this.credentialId,
      this.publicKey,
    ]);
    // {"fmt": "none", "attStmt": {}, "authData": data}
    const attestation = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
      Buffer.from([data.length >> 8, data.length & 0xff]),
      data,
    ]);
    return this.credential({
      clientDataJSON: this.clientData('webauthn.create', publicKey, how).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal', 'telepathy'],
    });
  }

  /** What `navigator.credentials.get` gives for these options. */
  get(publicKey: Json, how: Misbehaviour = {}): Json {
    this.counter += 1;
    const data = this.authenticatorData({ flags: 0x05, ...how });
    const client = this.clientData('webauthn.get', publicKey, how);
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
    return this.credential({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', signed, this.privateKey).toString('base64url'),
    });
  }

  private credential(response: Json): Json {
    const id = this.credentialId.toString('base64url');
    return { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} };
  }

  private clientData(type: string, publicKey: Json, how: Misbehaviour): Buffer {
    const client = {
      type: how.type ?? type,
      challenge: publicKey['challenge'],
      origin: how.origin ?? this.origin,
      crossOrigin: false,
    };
    return Buffer.from(JSON.stringify(client));
  }

  private authenticatorData(how: Misbehaviour): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(how.counter ?? this.counter);
    return Buffer.concat([
      createHash('sha256')
        .update(how.rpId ?? new URL(this.origin).hostname)
        .digest(),
      Buffer.from([how.flags!]),
      count,
    ]);
  }
}
