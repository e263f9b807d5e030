import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyLogCommand, verifyProofCommand, verifyReceiptCommand } from '#offline';
import { type VerifierKey, writeVerifierKey } from '#verify';
import { createWitnessKey, startWitness, StateFolder, type WitnessServer } from '#witness';
import { SignedRegistry } from './signed-log.js';

const folder = mkdtempSync(join(tmpdir(), 'fermata-off-'));
const inFolder = (name: string) => join(folder, name);

/** What a command said. */
function listen() {
  const said = { data: [] as string[], faults: [] as string[] };
  const voice = {
    json: false,
    data: (line: string) => void said.data.push(line),
    value: () => undefined,
    note: () => undefined,
    fault: (line: string) => void said.faults.push(line),
  };
  return { said, voice };
}

/** A witness that signs with a key it has not: its line alone would make the note unreadable. */
async function startBrokenWitness(vkey: string): Promise<Server> {
  const [name = '', id = ''] = vkey.split('+');
  const bytes = Buffer.concat([Buffer.from(id, 'hex'), Buffer.alloc(72, 1)]);
  const server = createServer((_, answer) => answer.end(`— ${name} ${bytes.toString('base64')}\n`));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/**
 * Somebody asked a registry, saved the answers and a copy of its log, and the registry is gone. An
 * archive's witness had cosigned what it published.
 */
describe('with the registry switched off', () => {
  let registry: SignedRegistry;
  let witness: WitnessServer;
  let broken: Server;
  const log = inFolder('log');

  beforeAll(async () => {
    const key = await createWitnessKey(inFolder('witness.key'), 'archive.example/witness');
    const logs: VerifierKey[] = [];
    witness = await startWitness({
      ...{ key, logs, state: await StateFolder.open(inFolder('state'), key.verifier) },
      ...{ host: '127.0.0.1', port: 0, prefix: '' },
      now: () => BigInt(Math.floor(Date.now() / 1000)),
      onEvent: () => undefined,
    });
    const other = await createWitnessKey(inFolder('other.key'), 'broken.example/witness');
    const [good, bad] = [key, other].map(({ verifier }) => writeVerifierKey(verifier)) as [
      string,
      string,
    ];
    broken = await startBrokenWitness(bad);
    const { port } = broken.address() as AddressInfo;
    writeFileSync(
      inFolder('witnesses'),
      `witness w ${good} ${witness.url}\nwitness x ${bad} http://127.0.0.1:${port}\n` +
        'group either any w x\nquorum either\n',
    );
    registry = await SignedRegistry.open({
      config: { LOG_POLICY: inFolder('witnesses'), PUBLIC_URL: 'https://registry.example' },
    });
    // The key is made at the first start, and nothing is published before the witness knows it.
    await registry.reaches('delayed');
    logs.push(...(await registry.policy()).logs.map((one) => one.key));
    await registry.reaches('signing');
    await registry.write(await registry.somebody());
    const one = '/v1/lookup/isrc/USUG11904206?purposes=ai.train&receipt=true';
    writeFileSync(inFolder('one.json'), await registry.text(one));
    const items = [
      { scheme: 'isrc', value: 'USUG11904206' },
      { scheme: 'isrc', value: 'GBAYE0000001' },
    ];
    const many = await registry.app.request('POST', '/v1/lookups', {
      body: { items, purposes: ['ai.train'], receipt: true },
    });
    writeFileSync(inFolder('many.json'), many.rawPayload);
    for (const name of ['jwks.json', 'tlog-policy']) {
      writeFileSync(inFolder(name), await registry.text(`/.well-known/${name}`));
    }
    writeFileSync(inFolder('leaf.json'), await registry.text('/v1/log/leaves/0'));
    writeFileSync(inFolder('0.tlog-proof'), await registry.text('/v1/log/leaves/0/proof'));
    cpSync(join(registry.app.logFolder, 'public'), log, { recursive: true });
    await registry.app.close();
  });
  afterAll(async () => {
    await witness.close();
    broken.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['one.json', 'many.json'])('the answer %s verifies against the copy', async (name) => {
    const { said, voice } = listen();
    const code = await verifyReceiptCommand(
      {
        ...{ file: inFolder(name), keys: inFolder('jwks.json') },
        ...{ log, policy: inFolder('tlog-policy') },
      },
      voice,
    );
    expect([code, said.faults]).toEqual([0, []]);
    expect(said.data.join('\n')).toContain('which is in the past of the log');
  });

  it('the log verifies from its first leaf, cosigned by the witness', async () => {
    const { said, voice } = listen();
    const code = await verifyLogCommand({ log, policy: inFolder('tlog-policy') }, voice);
    expect([code, said.faults]).toEqual([0, []]);
    expect(said.data[0]).toMatch(/cosigned by w at \d{4}-.*; every leaf from the first/);
  });

  it('the proof of a leaf verifies', async () => {
    const { said, voice } = listen();
    const code = await verifyProofCommand(
      {
        ...{ file: inFolder('0.tlog-proof'), leaf: inFolder('leaf.json') },
        policy: inFolder('tlog-policy'),
      },
      voice,
    );
    expect([code, said.faults]).toEqual([0, []]);
    expect(said.data[0]).toContain('leaf 0 of the log registry.example/log');
  });
});
