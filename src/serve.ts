import { join, resolve } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { acquireDataFolderLock, startEmbeddedPostgres } from '#platform/embedded-postgres';
import { type Config, loadConfig, migrate } from '#platform/start';
import { Interrupted, Shutdown } from './shutdown.js';
import { refusalOf, type StartContext, StartRefusal } from './start-refusal.js';

/** How long running requests may take to finish once the server is told to stop. */
const DRAIN_MS = 20_000;

/**
 * Starts PostgreSQL if none is given, migrates, serves, and says where to look. Everything that was
 * started is stopped in the opposite order, on a failure as on Ctrl-C; a second Ctrl-C ends at once.
 */
export async function serve(options: { demo: boolean }): Promise<void> {
  const shutdown = new Shutdown(say);
  const context: StartContext = { step: 'settings' };
  shutdown.listen();
  try {
    await start(options, { shutdown, context });
  } catch (error) {
    // The terminal sends Ctrl-C to initdb too, so that whatever fails after it is its doing.
    if (error instanceof Interrupted || shutdown.wasAsked) return shutdown.end(0);
    await shutdown.stopAll();
    throw refusalOf(error, context);
  }
}

async function start(
  { demo }: { demo: boolean },
  { shutdown, context }: { shutdown: Shutdown; context: StartContext },
): Promise<void> {
  const settings = loadConfig();
  Object.assign(context, {
    host: settings.HOST,
    port: settings.PORT,
    databaseUrl: settings.DATABASE_URL,
  });
  if (demo && settings.NODE_ENV === 'production') {
    throw new StartRefusal(
      'The demo world is for trying things out and is not put into production; start without --demo.',
    );
  }
  context.step = 'database';
  const database = await openDatabase(settings, shutdown);
  shutdown.check();
  const config: Config = Object.freeze({ ...settings, DATABASE_URL: database.url });
  const ran = await migrate(database.url);
  if (ran.length > 0) say(`The database is up to date (${ran.length} migrations ran).`);
  shutdown.check();
  // Loaded this late, so that a refusal does not wait for what it never needs.
  const { createApp } = await import('./create-app.js');
  const app = await createApp(config);
  shutdown.push(() => close(app));
  shutdown.check();
  if (demo) {
    const { seedDemo } = await import('#demo');
    say(await seedDemo(app, () => shutdown.check()));
  }
  context.step = 'listen';
  shutdown.check();
  // Not through Nest, which would log a port in use before the sentence about it.
  const { HOST: host, PORT: port } = config;
  const address = await app.getHttpAdapter().getInstance().listen({ host, port });
  say(banner(config.PUBLIC_URL ?? address, { about: database.about, demo }));
  shutdown.serves();
}

async function openDatabase(
  config: Config,
  shutdown: Shutdown,
): Promise<{ url: string; about: string }> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, about: 'as DATABASE_URL says' };
  const dataFolder = join(resolve(config.DATA_DIR), 'pg18');
  const lock = acquireDataFolderLock(dataFolder);
  shutdown.push(() => lock.release());
  if (lock.takenOverFrom) say('The last server was killed; its data is taken over as it is.');
  const postgres = await startEmbeddedPostgres({ dataFolder, databaseName: 'fermata', log: say });
  shutdown.push(() => postgres.stop());
  return {
    url: postgres.url,
    about: `data in ${dataFolder}; look inside with: ${postgres.psqlCommand}`,
  };
}

/** Takes nothing new, lets running requests finish, cuts those that take too long, ends the pools. */
async function close(app: NestFastifyApplication): Promise<void> {
  const cut = setTimeout(() => app.getHttpServer().closeAllConnections(), DRAIN_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}

function banner(url: string, { about, demo }: { about: string; demo: boolean }): string {
  const [wish, isrc] = demo
    ? ['a recording of the demo world', 'ZZ-FMT-19-00001']
    : ['a recording that nobody has registered yet', 'US-UG1-19-04206'];
  return [
    '',
    `  Fermata is open at ${url}`,
    '',
    `  Front page     ${url}/`,
    `  API by hand    ${url}/docs`,
    `  Database       ${about}`,
    '',
    `  Try: ask about ${wish}`,
    `    curl '${url}/v1/lookup/isrc/${isrc}?purposes=ai.train.generative'`,
    '',
    '  Ctrl-C stops everything; the data stays.',
    '',
  ].join('\n');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
