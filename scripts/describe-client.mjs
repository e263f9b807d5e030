/**
 * Writes src/client/api.generated.ts, the types of the client, from docs/reference/openapi.json, and
 * the list of paths that keep an Idempotency-Key. With `--check` it writes nothing and fails when
 * the file is not what the document gives.
 */
import { readFile, writeFile } from 'node:fs/promises';
import process, { argv } from 'node:process';
import openapiTypeScript, { astToString } from 'openapi-typescript';

const root = new URL('../', import.meta.url);
const document = new URL('docs/reference/openapi.json', root);
const target = new URL('src/client/api.generated.ts', root);

const text = await describeClient();
const stored = await readFile(target, 'utf8').catch(() => null);
if (argv.includes('--check')) {
  if (stored !== text) {
    process.stderr.write(
      'src/client/api.generated.ts is not what the document gives: npm run docs:generate\n',
    );
    process.exitCode = 1;
  }
} else if (stored !== text) await writeFile(target, text);

async function describeClient() {
  const api = JSON.parse(await readFile(document, 'utf8'));
  const keyed = keyedPaths(api);
  // Refusals are thrown, whatever the operation: their types would be a third of the file.
  for (const operation of Object.values(api.paths).flatMap((path) => Object.values(path))) {
    const answers = Object.entries(operation.responses ?? {});
    operation.responses = Object.fromEntries(
      answers
        .filter(([status]) => status.startsWith('2'))
        .map(([status, answer]) => [status, { ...answer, headers: undefined }]),
    );
  }
  const nodes = await openapiTypeScript(api, { silent: true });
  // A third of the file would be spaces.
  const types = astToString(nodes).replace(/^( {4})+/gm, (spaces) =>
    '\t'.repeat(spaces.length / 4),
  );
  return [
    '// Made from docs/reference/openapi.json by scripts/describe-client.mjs; never edit it.',
    types.trimEnd(),
    '/** Where a POST is done once however often it is sent with one Idempotency-Key. */',
    `export const KEYED_PATHS: ReadonlySet<string> = new Set(${JSON.stringify(keyed, null, '\t')});`,
    '',
  ].join('\n');
}

function keyedPaths({ paths }) {
  const isKey = ({ $ref, name }) => /idempotency-?key/i.test($ref ?? name);
  return Object.keys(paths)
    .filter((path) => (paths[path].post?.parameters ?? []).some(isKey))
    .sort();
}
