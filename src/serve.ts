import { join, resolve } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Config, loadConfig, migrate } from '#platform';
import { acquireDataFolderLock, startEmbeddedPostgres } from '#platform/embedded-postgres';
import { createApp } from './create-app.js';
import { refusalOf } from './start-refusal.js';

type Stop = () => Promise<void> | void;

/** Within this time a second signal is an echo of the first. */
const ECHO_MS = 1_000;

/** How long running requests may take to finish once the server is told to stop. */
const DRAIN_MS = 20_000;

/**
 * Starts PostgreSQL if none is given, migrates, serves, and says where to look. Everything that was
 * started is stopped in the opposite order, on a failure as on Ctrl-C; a second Ctrl-C ends at once.
 */
export async function serve(options: { demo: boolean }): Promise<void> {
  const stops: Stop[] = [];
  const context: { databaseUrl?: string; port?: number } = {};
  try {
    const settings = loadConfig();
    context.port = settings.PORT;
    context.databaseUrl = settings.DATABASE_URL;
    const database = await openDatabase(settings, stops);
    const config: Config = Object.freeze({ ...settings, DATABASE_URL: database.url });
    const ran = await migrate(database.url);
    if (ran.length > 0) say(`The database is up to date (${ran.length} migrations ran).`);
    const app = await createApp(config);
    stops.push(() => app.close());
    if (options.demo) {
      const { seedDemo } = await import('#demo');
      say(await seedDemo(app));
    }
    await app.listen({ host: config.HOST, port: config.PORT });
    stopOnSignals(stops);
    say(await banner(app, config, database.about));
  } catch (error) {
    await stopAll(stops);
    throw refusalOf(error, context);
  }
}

async function openDatabase(
  config: Config,
  stops: Stop[],
): Promise<{ url: string; about: string }> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, about: 'as DATABASE_URL says' };
  const dataFolder = join(resolve(config.DATA_DIR), 'pg18');
  const lock = acquireDataFolderLock(dataFolder);
  stops.push(() => lock.release());
  if (lock.takenOverFrom) say('The last server was killed; its data is taken over as it is.');
  const postgres = await startEmbeddedPostgres({ dataFolder, databaseName: 'fermata', log: say });
  stops.push(() => postgres.stop());
  return {
    url: postgres.url,
    about: `data in ${dataFolder}; look inside with: ${postgres.psqlCommand}`,
  };
}

function stopOnSignals(stops: Stop[]): void {
  let stoppingSince: number | null = null;
  const stop = (): void => {
    if (stoppingSince !== null) {
      // One Ctrl-C arrives twice under npm: from the terminal and passed on by npm. Only a second one
      // that somebody meant ends the process before everything is stopped.
      if (performance.now() - stoppingSince > ECHO_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    say('Stopping …');
    const cut = setTimeout(() => process.exit(1), DRAIN_MS);
    void stopAll(stops).then(() => {
      clearTimeout(cut);
      say('Stopped.');
      process.exit(0);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}

/** Runs every stop, the last started first; one that fails does not keep the others from running. */
async function stopAll(stops: Stop[]): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    try {
      await stop();
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}

async function banner(app: NestFastifyApplication, config: Config, about: string): Promise<string> {
  const url = config.PUBLIC_URL ?? (await app.getUrl()).replace('[::1]', 'localhost');
  return [
    '',
    `  Fermata is open at ${url}`,
    '',
    `  Front page     ${url}/`,
    `  API by hand    ${url}/docs`,
    `  Database       ${about}`,
    '',
    '  Try: ask about a recording that nobody has registered yet',
    `    curl '${url}/v1/lookup/isrc/US-UG1-19-04206?purposes=ai.train.generative'`,
    '',
    '  Ctrl-C stops everything; the data stays.',
    '',
  ].join('\n');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
