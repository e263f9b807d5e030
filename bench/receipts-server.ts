import { generateKeyPairSync, sign } from 'node:crypto';
import { createApp } from '../src/create-app.js';
import { Receipts } from '../src/lookup/receipts/receipts.service.js';
import { loadConfig } from '#platform';

/**
 * The registry with a key of its own that takes every log for published: the leaves of the bench are
 * not there to be signed, and waiting for a checkpoint is no part of what a receipt costs.
 */
const config = loadConfig();
const app = await createApp(config);
const { privateKey } = generateKeyPairSync('ed25519');
const key = { kid: 'x'.repeat(43), sign: (data: Uint8Array) => sign(null, data, privateKey) };
Object.assign(app.get(Receipts, { strict: false }), {
  // As the registry's own would be if its log had leaves.
  keys: { current: () => key },
  coveredLog: () => Promise.resolve('bench/log'),
});
process.on('SIGTERM', () => void app.close());
await app.listen(config.PORT, config.HOST);
process.stdout.write('registry is open\n');
