import type { INestApplicationContext } from '@nestjs/common';
import { run } from '#cli';

/**
 * The registry's own services for commands on the server: over DATABASE_URL, else over the embedded
 * PostgreSQL, which is started only if no `npm start` runs it. Migrations are brought up to date.
 */
async function openRegistry(): Promise<INestApplicationContext> {
  await import('reflect-metadata');
  const [{ NestFactory }, { AppModule }, { loadConfig, migrate }, { startEmbeddedPostgres }] =
    await Promise.all([
      import('@nestjs/core'),
      import('./app.module.js'),
      import('#platform'),
      import('#platform/embedded-postgres'),
    ]);
  const config = loadConfig();
  const embedded = config.DATABASE_URL
    ? null
    : await startEmbeddedPostgres({
        dataFolder: `${config.DATA_DIR}/pg18`,
        databaseName: 'fermata',
      });
  const databaseUrl = config.DATABASE_URL ?? embedded!.url;
  await migrate(databaseUrl);
  const settings = Object.assign(Object.create(Object.getPrototypeOf(config)), config, {
    DATABASE_URL: databaseUrl,
  });
  const context = await NestFactory.createApplicationContext(AppModule.with(settings), {
    logger: ['error'],
    abortOnError: false,
  });
  const close = context.close.bind(context);
  context.close = async () => {
    await close();
    await embedded?.stop();
  };
  return context;
}

process.exitCode = await run(process.argv.slice(2), openRegistry);
