/**
 * Writes the table of settings in docs/reference/configuration.md and .env.example from the one
 * class that reads them, `EnvDto`. With `--check` it writes nothing and fails when one is stale.
 */
import { readFile, writeFile } from 'node:fs/promises';
import process, { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const PAGE = 'docs/reference/configuration.md';
const EXAMPLE = '.env.example';
const TABLE = /(<!-- settings: begin -->\n)[\s\S]*(<!-- settings: end -->)/;

/** path → text of the files that are made from the settings. */
async function describeSettings() {
  const settings = readSettings(await readFile(fromRoot('src/platform/config/env.dto.ts'), 'utf8'));
  const page = await readFile(fromRoot(PAGE), 'utf8');
  const withTable = page.replace(
    TABLE,
    (_, begin, end) => `${begin}\n${tableOf(settings)}\n\n${end}`,
  );
  const style = await resolveConfig(fromRoot(PAGE));
  return {
    [PAGE]: await format(withTable, { ...style, parser: 'markdown' }),
    [EXAMPLE]: exampleOf(settings),
  };
}

/** One entry a property of the class: its name, default, allowed values and what its comment says. */
function readSettings(source) {
  const file = ts.createSourceFile('env.dto.ts', source, ts.ScriptTarget.Latest, true);
  const dto = file.statements.find(
    (one) => ts.isClassDeclaration(one) && one.name.text === 'EnvDto',
  );
  return dto.members.filter(ts.isPropertyDeclaration).map((property) => {
    const rules = new Map(
      ts
        .getDecorators(property)
        .map(({ expression }) => [
          expression.expression.text,
          expression.arguments.map((argument) => argument.getText(file)),
        ]),
    );
    return {
      name: property.name.getText(file),
      fallback: property.initializer?.getText(file).replaceAll(/['_]/g, '') ?? null,
      values: valuesOf(rules),
      meaning: ts.getJSDocCommentsAndTags(property)[0].comment.replaceAll(/\s+/g, ' '),
    };
  });
}

function valuesOf(rules) {
  if (rules.has('IsIn')) {
    return rules.get('IsIn')[0].slice(1, -1).replaceAll("'", '`');
  }
  if (rules.has('IsInt')) {
    const [min, max] = ['Min', 'Max'].map((rule) => rules.get(rule)?.[0].replaceAll('_', ''));
    return max === undefined ? `a number from ${min}` : `a number from ${min} to ${max}`;
  }
  if (rules.has('IsBoolean')) return '`true`, `false`';
  return rules.has('IsUrl') ? 'an http or https address' : 'text';
}

function tableOf(settings) {
  const rows = settings.map(({ name, fallback, values, meaning }) =>
    ['', `\`${name}\``, values, fallback === null ? 'unset' : `\`${fallback}\``, meaning, ''].join(
      '|',
    ),
  );
  return ['|setting|takes|if unset|what it does|', '|---|---|---|---|', ...rows].join('\n');
}

function exampleOf(settings) {
  const entries = settings.map(({ name, fallback, meaning }) => {
    const lines = meaning.match(/.{1,96}(?:\s|$)/g).map((line) => `# ${line.trimEnd()}`);
    return [...lines, `#${name}=${fallback ?? ''}`].join('\n');
  });
  const head = [
    '# All settings with what holds where they are unset. Copy this file to .env and take away the #',
    '# before those that you change. docker compose reads .env by itself; without it:',
    '#   set -a; . ./.env; set +a; npm start',
  ].join('\n');
  return `${[head, ...entries].join('\n\n')}\n`;
}

const check = argv.includes('--check');
const stale = [];
for (const [path, text] of Object.entries(await describeSettings())) {
  if ((await readFile(fromRoot(path), 'utf8').catch(() => null)) === text) continue;
  stale.push(path);
  if (!check) await writeFile(fromRoot(path), text);
}
if (check && stale.length > 0) {
  console.error(`${stale.join(', ')} no longer says what the code does: npm run docs:generate`);
  process.exitCode = 1;
}
