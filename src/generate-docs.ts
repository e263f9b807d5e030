import { readFile, writeFile } from 'node:fs/promises';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule, PROBLEMS } from './app.module.js';
import { dataMapMarkdown } from '#erasure';
import { Config, fastifyAdapter, ProblemRegistry, REQUEST_PROBLEMS } from '#platform';
import { accessMarkdown, describeApi, listRoutes, problemsMarkdown } from '#portal';

/**
 * Writes the reference documents that are made from the code, or with `--check` compares them with
 * it and fails when one is stale. Looks at the application without starting it, so it needs no
 * database. Runs on `dist`, where the compiler's plugin has described the requests and responses.
 */
async function generateDocs(check: boolean): Promise<void> {
  Logger.overrideLogger(['error']);
  const config = Object.assign(new Config(), { DATABASE_URL: 'postgres://nowhere/none' });
  const app = await NestFactory.create(AppModule.with(config), fastifyAdapter(config), {
    preview: true,
    abortOnError: false,
  });
  const problems = new ProblemRegistry(REQUEST_PROBLEMS, ...PROBLEMS);
  const documents: Record<string, string> = {
    'openapi.json': `${JSON.stringify(describeApi(app, problems), null, 2)}\n`,
    'problems.md': problemsMarkdown(problems),
    'access.md': accessMarkdown(listRoutes(app)),
    'data-map.md': dataMapMarkdown(),
  };
  const stale: string[] = [];
  for (const [name, text] of Object.entries(documents)) {
    const path = new URL(`../../docs/reference/${name}`, import.meta.url);
    const stored = await readFile(path, 'utf8').catch(() => null);
    if (stored === text) continue;
    stale.push(`docs/reference/${name}`);
    if (!check) await writeFile(path, text);
  }
  if (check && stale.length > 0) {
    throw new Error(`${stale.join(', ')} no longer says what the code does: npm run docs:generate`);
  }
  process.stdout.write(
    check ? 'The reference is current.\n' : `Written: ${stale.join(', ') || 'nothing new'}.\n`,
  );
}

generateDocs(process.argv.includes('--check')).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
