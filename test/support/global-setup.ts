import { register } from 'node:module';
import { pathToFileURL } from 'node:url';

/** What jest hands to a global set-up, as far as it matters here. */
interface JestRun {
  rootDir: string;
  testPathPatterns?: { patterns?: string[] };
}

/**
 * Starts the database of one test run and migrates the template that each spec clones. Pure specs stand
 * beside their code under `src/`; a run that names nothing else needs no database and starts none.
 *
 * Jest would translate this file's imports to CommonJS, where neither `#name` nor `.js` for `.ts` resolves.
 * So the work is done in a file that Node imports itself, through our loader.
 */
export default async function globalSetup(run: JestRun): Promise<void> {
  const patterns = run.testPathPatterns?.patterns ?? [];
  if (patterns.length > 0 && patterns.every((pattern) => /^(?:.*\/)?src\//.test(pattern))) return;
  const support = pathToFileURL(`${run.rootDir}/test/support/`);
  register(new URL('typescript-loader.mjs', support));
  // oxlint-disable-next-line typescript/no-implied-eval -- jest rewrites a plain import()
  const importByNode = new Function('url', 'return import(url)') as (
    url: string,
  ) => Promise<unknown>;
  const { startTestCluster } = (await importByNode(
    new URL('test-cluster.ts', support).href,
  )) as typeof import('./test-cluster.js');
  const cluster = await startTestCluster();
  Object.assign(process.env, cluster.environment);
  Object.assign(globalThis, { stopTestCluster: cluster.stop });
}
