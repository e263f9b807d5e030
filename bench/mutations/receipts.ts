import { createHmac, createPublicKey } from 'node:crypto';
import {
  cutReceipt,
  type JsonObject,
  parseJwks,
  parseReceipt,
  verifyReceipt,
  writeReceipt,
} from '#verify';
import type { Random } from '../samples/random.js';
import { ORIGIN, privateKeyOf } from '../samples/signers.js';
import {
  HEADER,
  jcs,
  jwkOf,
  jwksText,
  RECEIPT_SEED,
  sampleItems,
  samplePayload,
  signToken,
} from '../samples/sample-receipts.js';
import { type Attempt, flipBit, type MutationKind, respellSignature } from './mutation.js';

const STRANGER_SEED = 'f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5';
const parsed = parseJwks(jwksText(RECEIPT_SEED));
if (!parsed.ok) throw new Error(parsed.reason);
const KEYS = parsed.value;
const STRANGE_KID = { ...HEADER, kid: jwkOf(STRANGER_SEED).kid };

type Json = Record<string, unknown>;

export const RECEIPTS: MutationKind = {
  name: 'receipts',
  sample(random) {
    const items = sampleItems(2 + random.below(30), 9);
    const payload = samplePayload(items, { size: 9, root: random.bytes(32), origin: ORIGIN });
    const token = signToken(HEADER, payload);
    const at = random.below(items.length);
    const other = (dice: Random) => (at + 1 + dice.below(items.length - 1)) % items.length;
    const document = JSON.parse(documentText(token, items, at)) as Json;
    const check =
      (text: string): Attempt =>
      () => {
        const receipt = parseReceipt(text);
        return receipt.ok ? verifyReceipt(receipt.value, KEYS) : receipt;
      };
    const changed = (change: Json) => check(JSON.stringify({ ...document, ...change }));
    const withToken = (receipt: string) => changed({ receipt });
    /** Signed by the right key, and yet no receipt. */
    const signed = (change: Json) =>
      withToken(signToken(HEADER, without(DROPPED, { ...payload, ...change })));
    const headed = (header: Json) => withToken(signToken(header, payload));
    const proof = document['proof'] as string[];
    const item = document['item'] as Json;
    return {
      sound: check(JSON.stringify(document)),
      mutations: {
        ...ofItem(item, (change) => changed({ item: change })),
        ...ofToken(token, payload, withToken),
        'item of another index': (dice) => changed({ item: items[other(dice)] }),
        'another index': (dice) => changed({ index: other(dice) }),
        'an index beyond the batch': () => changed({ index: at + items.length }),
        'no index': () => changed({ index: undefined }),
        'an index that is none': (dice) =>
          changed({ index: dice.of<unknown>([-1, at + 0.5, String(at), null, 1e20]) }),
        'a hash less': (dice) => changed({ proof: proof.toSpliced(dice.below(proof.length), 1) }),
        'a hash more': (dice) => changed({ proof: [...proof, dice.bytes(32).toString('base64')] }),
        'bit flipped in a hash': (dice) => {
          const place = dice.below(proof.length);
          const hash = flipBit(Buffer.from(proof[place]!, 'base64'), dice).toString('base64');
          return changed({ proof: proof.with(place, hash) });
        },
        'a hash spelled otherwise': () =>
          changed({ proof: proof.with(0, proof[0]!.replace('=', '')) }),
        'a member more': () => changed({ note: 'all is well' }),
        'cut short': (dice) => {
          const text = JSON.stringify(document);
          return check(text.slice(0, dice.below(text.length)));
        },
        'the item twice': () =>
          check(
            JSON.stringify(document).replace('"item":', '"item":{"result":"permitted"},"item":'),
          ),
        'a member of the item twice': () =>
          check(JSON.stringify(document).replace('"item":{', '"item":{"result":"permitted",')),
        ...ofHeader(headed),
        ...ofPayload(payload, signed),
      },
    };
  },
};

/** In the place of a member that is to be left out. */
const DROPPED = Symbol('dropped');

function without(marker: symbol, value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== marker));
}

function documentText(receipt: string, items: readonly unknown[], at: number): string {
  const cut = cutReceipt({ receipt, items: items as readonly JsonObject[], envelope: {} }, at);
  const text = cut.ok ? writeReceipt(cut.value) : cut;
  if (!text.ok) throw new Error(text.reason);
  return text.value;
}

type Mutations = Record<string, (dice: Random) => Attempt>;

function ofItem(item: Json, withItem: (item: unknown) => Attempt): Mutations {
  const purposes = item['purposes'] as Record<string, Json>;
  return {
    'another outcome': () =>
      withItem({
        ...item,
        purposes: { 'ai.train': { ...purposes['ai.train'], outcome: 'permitted' } },
      }),
    'another value': (dice) => withItem({ ...item, value: `USUG129${dice.below(99_999)}` }),
    'a letter of another case': () => withItem({ ...item, scheme: 'ISRC' }),
    'a member of the item less': (dice) => {
      const name = dice.of(Object.keys(item));
      return withItem(Object.fromEntries(Object.entries(item).filter(([one]) => one !== name)));
    },
    'a member of the item more': (dice) =>
      withItem({ ...item, [dice.bytes(4).toString('hex')]: null }),
    'a purpose more': () =>
      withItem({ ...item, purposes: { ...purposes, 'ai.search': purposes['ai.train'] } }),
    'a space in a value': () => withItem({ ...item, result: `${String(item['result'])} ` }),
    'no item': (dice) => withItem(dice.of<unknown>([null, [], '', 0, [item], jcs(item)])),
  };
}

function ofToken(token: string, payload: Json, withToken: (token: string) => Attempt): Mutations {
  const [header, body, signature] = token.split('.') as [string, string, string];
  const bytes = Buffer.from(signature, 'base64url');
  const encoded = (value: unknown) => Buffer.from(jcs(value)).toString('base64url');
  return {
    'bit flipped in the payload': (dice) =>
      withToken(
        `${header}.${flipBit(Buffer.from(body, 'base64url'), dice).toString('base64url')}.${signature}`,
      ),
    'bit flipped in the header': (dice) =>
      withToken(
        `${flipBit(Buffer.from(header, 'base64url'), dice).toString('base64url')}.${body}.${signature}`,
      ),
    'bit flipped in the signature': (dice) =>
      withToken(`${header}.${body}.${flipBit(bytes, dice).toString('base64url')}`),
    'signature spelled otherwise': () =>
      withToken(`${header}.${body}.${respellSignature(bytes).toString('base64url')}`),
    'a character of the token replaced': (dice) => {
      const at = dice.below(token.length);
      const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ';
      const letter = dice.of([...letters].filter((one) => one !== token[at]));
      return withToken(token.slice(0, at) + letter + token.slice(at + 1));
    },
    padding: () => withToken(`${token}==`),
    'a part more': () => withToken(`${token}.${signature}`),
    'no signature': () => withToken(`${header}.${body}.`),
    'payload of another receipt': (dice) =>
      withToken(
        `${header}.${encoded({ ...payload, iat: 1 + dice.below(1_000_000) })}.${signature}`,
      ),
    'alg none': () => withToken(`${encoded({ ...HEADER, alg: 'none' })}.${body}.`),
    'HMAC with the public key as secret': () => {
      const secret = createPublicKey(privateKeyOf(RECEIPT_SEED)).export({
        format: 'pem',
        type: 'spki',
      });
      const message = `${encoded({ ...HEADER, alg: 'HS256' })}.${body}`;
      return withToken(
        `${message}.${createHmac('sha256', secret).update(message).digest('base64url')}`,
      );
    },
    'signed by a stranger under our kid': () =>
      withToken(signToken(HEADER, payload, STRANGER_SEED)),
    'signed by a stranger': () => withToken(signToken(STRANGE_KID, payload, STRANGER_SEED)),
    'signed by a stranger with its key in the header': () =>
      withToken(signToken({ ...STRANGE_KID, jwk: jwkOf(STRANGER_SEED) }, payload, STRANGER_SEED)),
  };
}

function ofHeader(headed: (header: Json) => Attempt): Mutations {
  return {
    'a kid that is not pinned': (dice) =>
      headed({ ...HEADER, kid: dice.bytes(32).toString('base64url') }),
    'another alg': (dice) =>
      headed({ ...HEADER, alg: dice.of(['none', 'ES256', 'ed25519', 'RS256', '']) }),
    'another typ': (dice) =>
      headed({ ...HEADER, typ: dice.of(['JWT', 'CONSENT-RECEIPT+JWS', '']) }),
    'a pointer to keys': (dice) =>
      headed({
        ...HEADER,
        [dice.of(['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'cty'])]: 'https://evil.example',
      }),
    'no typ': () => headed({ alg: HEADER.alg, kid: HEADER.kid }),
    'no kid': () => headed({ alg: HEADER.alg, typ: HEADER.typ }),
  };
}

function ofPayload(payload: Json, signed: (change: Json) => Attempt): Mutations {
  const batch = payload['batch'] as Json;
  const log = payload['log'] as Json;
  return {
    'signed: another version': (dice) => signed({ v: dice.of<unknown>([0, 2, '1', null]) }),
    'signed: a member more': () => signed({ note: 'x' }),
    'signed: a member less': (dice) => signed({ [dice.of(Object.keys(payload))]: DROPPED }),
    'signed: another count': (dice) =>
      signed({ batch: { ...batch, count: dice.of<unknown>([0, -1, 1.5, '2', 2 ** 60]) } }),
    'signed: another batch': (dice) =>
      signed({ batch: { ...batch, root: dice.bytes(32).toString('base64url') } }),
    'signed: another question': (dice) =>
      signed({ unknownPolicy: dice.of(['refer', 'allow_at_own_risk']) }),
    'signed: other purposes': () => signed({ purposes: ['ai.train', 'ai.search'] }),
    'signed: a log that is none': (dice) =>
      signed({
        log: {
          ...log,
          ...dice.of<Json>([{ size: -1 }, { size: '9' }, { root: '' }, { origin: 7 }]),
        },
      }),
    'signed: a moment that is none': (dice) =>
      signed({ asOf: dice.of(['yesterday', '2025-11-24', '2025-11-24T16:00:00+01:00', '']) }),
  };
}
