/** `node migrate-process.mjs URL`: one process that migrates a database, as a starting server does. */
import { register } from 'node:module';

register(new URL('typescript-loader.mjs', import.meta.url));
const { migrate } = await import('../../src/platform/database/migrate.ts');
const ran = await migrate(process.argv[2]);
process.stdout.write(`${ran.length}\n`);
