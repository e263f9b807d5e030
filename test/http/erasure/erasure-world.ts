import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { Config, Database } from '#platform';
import { createApp } from '../../../src/create-app.js';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';
import { acknowledgeUnsigned } from '../../support/test-app.js';
import { withDatabase } from '../../support/test-database.js';
import { Signer } from '../passkeys/signer.js';

/** Words that stand nowhere but in what Zephyrine told the registry. */
export const ZEPHYRINE = {
  name: 'Zephyrine Quill',
  email: 'zephyrine.quill@example.org',
  password: 'correct horse battery staple',
  isni: '000000012281955X',
  isrc: 'QZZQL2600001',
  isrcTyped: 'QZ-ZQL-26-00001',
  removedIsrc: 'QZZQL2600002',
  importedIsrc: 'QZZQL2600003',
  title: 'Marmalade Harbour',
  attribution: 'Credit Mx Quillfeather',
  evidence: 'passport of Ms Quillerton',
  catalogue: 'Quillish early years',
  file: 'quillworks-2026.csv',
  key: 'quill laptop',
  passkey: 'quill telephone',
  hook: 'https://hooks.quill.example/in',
} as const;

/** Zephyrine, somebody who shares a work with her, and what links them. */
export interface ErasureWorld {
  registry: Registry;
  logDir: string;
  zephyrine: Somebody;
  ottilie: Somebody;
  operator: string;
  /** Registered by Zephyrine alone: a recording with its composition. */
  song: { recording: string; composition: string };
  /** Registered by Zephyrine, claimed by Ottilie too. */
  shared: { work: string; isrc: string };
  /** Ottilie's recording of Zephyrine's composition, on which Zephyrine is named. */
  cover: { work: string; isrc: string };
  /** Has a licence of Zephyrine's for the composition. */
  builder: Somebody;
  /** What Zephyrine signed with the passkey that she bound. */
  signed: { declaration: string; passkey: string };
  /** A moment before anything was erased. */
  before: string;
}

export const TRAIN = 'ai.train.generative';

/** Tells the whole story: Zephyrine uses everything that could keep a word of hers. */
export async function openErasureWorld(): Promise<ErasureWorld> {
  const registry = await Registry.open();
  const operator = await registry.operator();
  const z = ZEPHYRINE;
  const once = { headers: { 'idempotency-key': 'once' } };
  const { name: displayName, email, password } = z;
  await registry.done('POST', '/v1/accounts', {
    body: { email, password, displayName, role: 'artist' },
    ...once,
  });
  const { token } = await registry.done('POST', '/v1/sessions', { body: { email, password } });
  const made = await registry.done('POST', '/v1/parties', {
    as: token,
    body: {
      kind: 'person',
      displayName: z.name,
      identifiers: [{ scheme: 'isni', value: z.isni }],
    },
    ...once,
  });
  const zephyrine = { token, party: made['id'] as string };
  const ottilie = await registry.somebody('artist', 'person', 'Ottilie Brand');
  for (const { party } of [zephyrine, ottilie]) {
    const body = { level: 3, evidence: z.evidence, reason: z.evidence };
    const proof = party === ottilie.party ? { ...body, evidence: 'seen', reason: 'seen' } : body;
    await registry.post(`/v1/operator/parties/${party}/verifications`, operator, proof);
  }
  const { party } = zephyrine;
  await registry.post('/v1/api-keys', token, { name: z.key, scopes: ['lookup:read'] });
  const catalogue = await registry.post('/v1/catalogues', token, { party, name: z.catalogue });
  const song = await registry.post('/v1/songs', token, {
    party,
    title: z.title,
    contributors: [{ name: z.name, role: 'performer', party }],
    identifiers: [{ scheme: 'isrc', value: z.isrcTyped }],
  });
  const { recording, composition } = song as { recording: Json; composition: Json };
  await registry.post(`/v1/works/${recording['id']}/identifiers`, token, {
    scheme: 'isrc',
    value: z.removedIsrc,
  });
  await registry.done('DELETE', `/v1/works/${recording['id']}/identifiers/isrc/${z.removedIsrc}`, {
    as: token,
  });
  await registry.post(`/v1/catalogues/${catalogue['id']}/works`, token, {
    works: [recording['id']],
  });
  await registry.post(`/v1/operator/claims/${song['claims'][0].id}/verification`, operator, {
    level: 3,
    evidence: z.evidence,
  });
  const signed = await signAndListen(registry, zephyrine);
  await registry.declare(ottilie, { terms: [{ purpose: 'ai', decision: 'allow' }] });
  await registry.done('POST', `/v1/imports?party=${party}&fileName=${z.file}`, {
    as: token,
    body: `Title,Artist,ISRC\n${z.title} II,${z.name},${z.importedIsrc}\n${z.title} III,${z.name},${z.isrc}${z.isrc}\n`,
    headers: { 'content-type': 'text/csv' },
  });
  const shared = await shareWork(registry, zephyrine, ottilie);
  const cover = await registry.work(ottilie, {
    title: 'Marmalade Covered',
    identifiers: [{ scheme: 'isrc', value: 'QZFMT2600099' }],
    contributors: [{ name: z.name, role: 'composer', party }],
    links: [{ kind: 'embodies', work: composition['id'] }],
  });
  await registry.claim(ottilie, { work: cover['id'] });
  const builder = await registry.somebody('dataset_builder', 'dataset_builder');
  await registry.post('/v1/licences', token, {
    grantor: party,
    grantee: builder.party,
    works: [composition['id']],
    purposes: [TRAIN],
    layers: ['composition'],
  });
  await registry.mandate(zephyrine, ottilie, { rights: ['claim', 'consent'] });
  return {
    registry,
    logDir: registry.app.app.get(Config).LOG_DIR!,
    zephyrine,
    ottilie,
    operator,
    song: { recording: recording['id'], composition: composition['id'] },
    shared,
    signed,
    cover: { work: cover['id'], isrc: 'QZFMT2600099' },
    builder,
    before: registry.tick(),
  };
}

/** She signs her wish with a passkey and is told by webhook and mail of what comes after. */
async function signAndListen(registry: Registry, zephyrine: Somebody) {
  const { token, party } = zephyrine;
  const signer = new Signer(registry, zephyrine);
  await signer.bind(undefined, ZEPHYRINE.passkey);
  await registry.post(`/v1/parties/${party}/webhooks`, token, { url: ZEPHYRINE.hook });
  const mail = { as: token, body: { mail: 'daily' } };
  await registry.done('PUT', `/v1/parties/${party}/notice-settings`, mail);
  const wish = await signer.signed({
    template: 'open_with_attribution',
    parameters: { attribution: ZEPHYRINE.attribution },
  });
  const { declarations } = await registry.post('/v1/declarations', token, wish);
  // Waits to be signed when she is erased.
  await registry.post(signer.url('/passkeys/signing-options'), token, { act: 'bind' });
  return { declaration: declarations[0].id as string, passkey: signer.passkey };
}

async function shareWork(registry: Registry, zephyrine: Somebody, ottilie: Somebody) {
  const isrc = 'QZFMT2600098';
  const work = await registry.work(zephyrine, {
    title: 'Duet of two',
    identifiers: [{ scheme: 'isrc', value: isrc }],
    contributors: [
      { name: ZEPHYRINE.name.toUpperCase(), role: 'singer' },
      { name: 'Ottilie Brand', role: 'singer' },
    ],
  });
  await registry.claim(zephyrine, { work: work['id'], sharePpm: 500_000 });
  await registry.claim(ottilie, { work: work['id'], sharePpm: 500_000 });
  return { work: work['id'] as string, isrc };
}

/** The settings of the world's server, for another start of it. */
export function configOf(
  world: ErasureWorld,
  databaseUrl = world.registry.app.databaseUrl,
): Config {
  const config = world.registry.app.app.get(Config);
  return Object.assign(new Config(), config, { DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' });
}

/** Starts the server once more, on a database that was there before, and does something with it. */
export async function onRestart<T>(
  world: ErasureWorld,
  databaseUrl: string,
  look: (app: NestFastifyApplication) => Promise<T>,
  settings: Partial<Config> = {},
): Promise<T> {
  const config = Object.assign(configOf(world, databaseUrl), settings);
  const app = await createApp(config, world.registry.clock);
  if (!config.LOG_SIGNER) acknowledgeUnsigned(app);
  try {
    return await look(app);
  } finally {
    await app.close();
  }
}

/** A copy of a database as a backup would have kept it. Nobody may be connected to the original. */
export async function backUp(
  databaseUrl: string,
  name: string,
): Promise<{ url: string; drop(): Promise<void> }> {
  const original = /\/(\w+)(?:\?|$)/.exec(databaseUrl)![1]!;
  const copy = `${original}_${name}`;
  const onServer = async (statement: string) => {
    const client = new Client({ connectionString: process.env['FERMATA_TEST_SERVER_URL'] });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await onServer(`CREATE DATABASE ${copy} TEMPLATE ${original} STRATEGY FILE_COPY`);
  return {
    url: withDatabase(databaseUrl, copy),
    drop: () => onServer(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`),
  };
}

/** Every value of every table in which one of the words stands: plain, as hex or as base64. */
export async function findWords(
  databaseUrl: string,
  words: readonly (string | Buffer)[],
): Promise<string[]> {
  const needles = words.flatMap((word) => {
    const bytes = Buffer.from(word);
    const plain = typeof word === 'string' ? [word.toLowerCase()] : [];
    return [
      ...plain,
      bytes.toString('hex'),
      bytes.toString('base64').replace(/=+$/, '').toLowerCase(),
    ];
  });
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r'
         AND relnamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace)`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ member: string; text: string }>(
        `SELECT e.key AS member, lower(e.value) AS text FROM ${name} t, jsonb_each_text(to_jsonb(t)) e`,
      );
      for (const { member, text } of rows) {
        const hit = text && needles.find((needle) => text.includes(needle));
        if (hit) found.push(`${name}.${member}: ${hit}`);
      }
    }
    return [...new Set(found)].sort();
  } finally {
    await client.end();
  }
}

export const journalOf = (world: ErasureWorld): string[] =>
  readFileSync(join(world.logDir, 'erasures.ndjson'), 'utf8').split('\n').slice(0, -1);

export const writeJournal = (world: ErasureWorld, text: string): void =>
  writeFileSync(join(world.logDir, 'erasures.ndjson'), text);

/** Everything that could tell who Zephyrine is; salts too, because they open commitments. */
export async function wordsOf(world: ErasureWorld): Promise<(string | Buffer)[]> {
  const { password: _, ...words } = ZEPHYRINE;
  const rows: { salt: Buffer }[] = await world.registry.sql(
    `SELECT salt FROM work_identifiers JOIN works USING (work_id)
     WHERE registrant_party_id = $1 AND work_id <> $2`,
    [world.zephyrine.party, world.shared.work],
  );
  const [key] = await world.registry.sql(
    `SELECT k.salt, credential_id, public_key, nonce, signature, secret
     FROM passkeys k JOIN passkey_assertions USING (passkey_id) JOIN webhooks USING (party_id)`,
  );
  return [
    ...Object.values(words),
    ...rows.map(({ salt }) => salt),
    ...(Object.values(key!) as (string | Buffer)[]),
  ];
}

export async function outcomeOf(
  app: NestFastifyApplication,
  isrc: string,
  query = '',
): Promise<{ result: string; outcome: string }> {
  const url = `/v1/lookup/isrc/${isrc}?purposes=${TRAIN}&territory=DE&actorClass=commercial&lawfulSource=true${query}`;
  const answer = (await app.inject({ method: 'GET', url })).json<Json>();
  return { result: answer['result'], outcome: answer['purposes'][TRAIN].outcome };
}

export const sqlOf = (app: NestFastifyApplication, text: string): Promise<Json[]> =>
  app.get(Database).dataSource.query(text);
