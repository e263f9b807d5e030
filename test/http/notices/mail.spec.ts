import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { JobWorker } from '#platform';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';
import { SmtpSink } from '../../support/smtp-sink.js';

let sink: SmtpSink;
let registry: Registry;
let worker: JobWorker;
let account: Somebody;
let ines: Somebody;

beforeAll(async () => {
  sink = await SmtpSink.start();
  registry = await Registry.open(undefined, {
    LOG_SIGNER: true,
    LOG_LEVEL: 'silent',
    SMTP_URL: sink.url,
    MAIL_FROM: 'notices@registry.example',
    PUBLIC_URL: 'https://registry.example',
  });
  account = await registry.somebody();
  worker = registry.app.app.get(JobWorker, { strict: false });
});

afterAll(async () => {
  await registry.close();
  await sink.stop();
});

beforeEach(async () => {
  sink.mails.length = 0;
  sink.refusal = null;
  ines = {
    ...account,
    party: await registry.makeParty(account.token, 'person', 'Ines Okonjo-Hall'),
  };
});

const url = () => `/v1/parties/${ines.party}/notice-settings`;
const choose = (mail: string): Promise<Json> =>
  registry.done('PUT', url(), { as: ines.token, body: { mail } });
const declare = () =>
  registry.declare(ines, { layers: ['recording'], terms: [{ purpose: 'ai', decision: 'deny' }] });

describe('mail to a member', () => {
  it('is not sent unless somebody wants it', async () => {
    expect(await registry.get(url(), ines.token)).toEqual({ mail: 'off', mailAvailable: true });
    await declare();
    await worker.runPending();
    expect(sink.mails).toEqual([]);
  });

  it('tells at once, in one mail, of all that was recorded since the last', async () => {
    await declare();
    expect(await choose('immediate')).toEqual({ mail: 'immediate', mailAvailable: true });
    const made = [...(await declare()), ...(await declare())];
    await worker.runPending();
    const { email } = await registry.get('/v1/account', ines.token);
    expect(sink.mails).toHaveLength(1);
    const [{ from, to, data }] = sink.mails as [(typeof sink.mails)[number]];
    expect([from, to]).toEqual(['notices@registry.example', [email]]);
    expect(data).toContain('Subject: 2 entries about Ines Okonjo-Hall');
    expect(data).toContain(`Message-ID: <${made[1]!['logIndex']}.${ines.party}@registry.example>`);
    for (const { logIndex } of made) expect(data).toContain(`leaf ${logIndex}`);
    await worker.runPending();
    expect(sink.mails).toHaveLength(1);
    await choose('off');
    await declare();
    await worker.runPending();
    expect(sink.mails).toHaveLength(1);
  });

  it('tells once a day who wants that, at seven in the morning', async () => {
    await choose('daily');
    await declare();
    await declare();
    await worker.runPending();
    expect(sink.mails).toEqual([]);
    const jobs = await registry.sql(
      `SELECT run_at FROM graphile_worker.jobs WHERE key LIKE 'mail:%' || $1`,
      [ines.party],
    );
    expect(jobs).toHaveLength(1);
    expect(jobs[0]!['run_at'].toISOString()).toMatch(/T07:00:00/);
  });

  it('is tried again, and with the same id, when the mail server refuses', async () => {
    sink.refusal = '451 come back later';
    await choose('immediate');
    await declare();
    await worker.runPending();
    expect(sink.mails).toEqual([]);
    sink.refusal = null;
    await registry.sql(`SELECT queue_mail(account_id, party_id, mail, NULL) FROM notice_settings`);
    await worker.runPending();
    expect(sink.mails).toHaveLength(1);
  });
});
