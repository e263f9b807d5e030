import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SoftAuthenticator } from '../../../test/support/soft-authenticator.js';
import {
  assertionDigest,
  type AuthorisationDocument,
  checkAuthorisation,
  credentialCommitment,
  statementChallenge,
  statementText,
} from './index.js';

type Json = Record<string, unknown>;

const TERMS = { terms: [{ decision: 'deny', purpose: 'ai' }] };
const NOWHERE = 'http://localhost:3000';

/** A signed declaration with its leaves, made without any server. */
function signedDeclaration(how = {}, authenticator = new SoftAuthenticator()) {
  const statement = statementText({
    act: 'declare',
    party: 'pty_1',
    streams: [
      { layer: 'recording', subjectKind: 'party', subject: 'pty_1' },
      { layer: 'composition', subjectKind: 'party', subject: 'pty_1' },
    ],
    terms: TERMS,
    ...{ effectiveFrom: null, effectiveUntil: 5, replaces: null, withdraws: null },
  });
  const [nonce, salt] = [randomBytes(32), randomBytes(32)];
  const challenge = statementChallenge(nonce, statement).toString('base64url');
  const { response } = authenticator.get({ challenge }, how) as {
    response: Record<string, string>;
  };
  const bytes = (name: string) => Buffer.from(response[name]!, 'base64url');
  const c = credentialCommitment(salt, authenticator.publicKey).toString('hex');
  const h = assertionDigest({
    authenticatorData: bytes('authenticatorData'),
    clientData: bytes('clientDataJSON'),
    signature: bytes('signature'),
  }).toString('hex');
  const document = {
    statement,
    nonce: nonce.toString('base64url'),
    publicKey: authenticator.publicKey.toString('base64url'),
    salt: salt.toString('base64url'),
    authenticatorData: response['authenticatorData']!,
    clientDataJSON: response['clientDataJSON']!,
    signature: response['signature']!,
  } satisfies AuthorisationDocument;
  const leaf: Json = {
    ...{ v: 1, type: 'declaration', party: 'pty_1', layer: 'composition' },
    ...{ subjectKind: 'party', subject: 'pty_1' },
    terms: createHash('sha256').update(JSON.stringify(TERMS)).digest('hex'),
    ...{ effectiveFrom: null, effectiveUntil: 5, withdraws: null },
    auth: { m: 'webauthn', c, h },
  };
  const keyLeaf: Json = {
    ...{ v: 1, type: 'key', party: 'pty_1', use: 'declare', digest: c, state: 'added' },
  };
  return { document, evidence: { leaf, keyLeaf, origin: NOWHERE, rpId: 'localhost' } };
}

describe('checkAuthorisation', () => {
  const good = signedDeclaration();

  it('accepts what was signed, with nothing but the document and two leaves', () => {
    expect(checkAuthorisation(good.document, good.evidence)).toEqual({ ok: true });
  });

  it.each([
    ['party', 'pty_2', 'the key is bound to another party'],
    ['layer', 'artwork', 'the statement does not cover the layer and subject of the leaf'],
    ['subject', 'pty_2', 'the statement does not cover the layer and subject of the leaf'],
    ['terms', '00', 'the leaf holds other terms'],
    ['effectiveUntil', null, 'the leaf says another effectiveUntil'],
    ['withdraws', 'dec_1', 'another act was signed'],
    ['auth', { m: 'registry' }, 'the leaf does not say that it was signed'],
    ['type', 'claim', 'the leaf is no declaration'],
  ])('refuses a leaf with another %s', (name, value, reason) => {
    const leaf = { ...(good.evidence.leaf as Json), [name]: value };
    const check = checkAuthorisation(good.document, { ...good.evidence, leaf });
    expect(check).toEqual({ ok: false, reason });
  });

  it.each([
    ['state', 'revoked', 'the key’s own leaf does not bind this key'],
    ['digest', '00', 'the key’s own leaf does not bind this key'],
    ['use', 'log', 'the key’s own leaf does not bind this key'],
    ['party', 'pty_2', 'the key is bound to another party'],
  ])('refuses a key leaf with another %s', (name, value, reason) => {
    const keyLeaf = { ...(good.evidence.keyLeaf as Json), [name]: value };
    const check = checkAuthorisation(good.document, { ...good.evidence, keyLeaf });
    expect(check).toEqual({ ok: false, reason });
  });

  it.each([
    ['on another site', { origin: 'https://evil.example' }, 'it was signed on another site'],
    ['for another host', { rpId: 'evil.example' }, 'it is for another site'],
    ['by nobody present', { flags: 0x04 }, 'nobody was present'],
    ['unverified', { flags: 0x01 }, 'nobody proved who they are to the authenticator'],
    ['as a binding', { type: 'webauthn.create' }, 'the client data is not about a signature'],
  ])('refuses what was signed %s', (_, how, reason) => {
    const { document, evidence } = signedDeclaration(how);
    expect(checkAuthorisation(document, evidence)).toEqual({ ok: false, reason });
  });

  it('refuses a signature of another key under the commitment of this one', () => {
    const other = signedDeclaration();
    const document = { ...other.document, publicKey: good.document.publicKey };
    expect(checkAuthorisation(document, other.evidence).ok).toBe(false);
  });

  it('accepts no document in which any single byte was changed', () => {
    let mutations = 0;
    for (const [name, text] of Object.entries(good.document)) {
      const isText = name === 'statement';
      const bytes = Buffer.from(text, isText ? 'utf8' : 'base64url');
      for (let at = 0; at < bytes.length; at += 1) {
        const mutated = Buffer.from(bytes);
        mutated[at]! ^= 1 << (at % 8);
        const value = mutated.toString(isText ? 'latin1' : 'base64url');
        const document = { ...good.document, [name]: value };
        expect([name, at, checkAuthorisation(document, good.evidence).ok]).toEqual([
          name,
          at,
          false,
        ]);
        mutations += 1;
      }
    }
    expect(mutations).toBeGreaterThan(600);
  });

  it.each([null, 7, 'text', [], {}, { statement: 1 }, { ...good.document, nonce: '' }])(
    'refuses %p with a reason',
    (document) => {
      const check = checkAuthorisation(document, good.evidence);
      expect(check).toEqual({ ok: false, reason: expect.any(String) });
    },
  );

  it.each([null, 'leaf', [], { auth: 'webauthn' }])('refuses the leaf %p with a reason', (leaf) => {
    const check = checkAuthorisation(good.document, { ...good.evidence, leaf });
    expect(check).toEqual({ ok: false, reason: expect.any(String) });
  });
});

describe('statementText', () => {
  it('is the same whatever the order of the streams', () => {
    const [a, b] = ['recording', 'composition'].map((layer) => ({
      ...{ layer, subjectKind: 'work', subject: 'wrk_1' },
    }));
    const rest = { effectiveFrom: 1, effectiveUntil: null, replaces: null, withdraws: null };
    const text = (streams: never[]) =>
      statementText({ act: 'declare', party: 'pty_1', streams, terms: {}, ...rest });
    expect(text([a, b] as never[])).toBe(text([b, a] as never[]));
    expect(text([a] as never[])).not.toBe(text([b] as never[]));
  });
});

describe('the digests', () => {
  it('have fixed values, for whoever checks in another language', () => {
    const salt = Buffer.alloc(32, 0x22);
    const key = Buffer.from('a0', 'hex');
    const digests = [
      credentialCommitment(salt, key),
      statementChallenge(salt, '{"v":1}'),
      assertionDigest({ authenticatorData: key, clientData: salt, signature: key }),
    ];
    expect(digests.map((one) => one.toString('hex'))).toEqual([
      'a7a63e29de20f43faa5772f2ea0f2e6f3cee0ea5dc95a55e200e2e17d0474e09',
      '2415cca1288647dc9338860887a0803572a18cdec1c2254c8d5fae902d78e421',
      'ced269235ff61a6232d2b24855ad37b74dabb2b9c6b27d90ac70250666368165',
    ]);
  });
});
