import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * Runs the project's own lint configuration over small files that stand in a scratch project, each
 * at the path under which the rules would meet it. Returns the rules that each file broke.
 */
export function lintSnippets(files: Record<string, string>): Record<string, string[]> {
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'fermata-lint-')));
  try {
    for (const name of ['.oxlintrc.json', 'tsconfig.json']) cpSync(name, join(project, name));
    for (const name of ['tools', 'node_modules']) symlinkSync(resolve(name), join(project, name));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), text);
    }
    const args = ['--disable-nested-config', '-f', 'json', ...Object.keys(files)];
    const oxlint = resolve('node_modules/oxlint/bin/oxlint');
    const { stdout } = spawnSync(process.execPath, [oxlint, ...args], {
      cwd: project,
      encoding: 'utf8',
    });
    const found = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
    return Object.fromEntries(
      Object.keys(files).map((path) => [
        path,
        found.diagnostics.filter((one) => one.filename === path).map((one) => one.code),
      ]),
    );
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}
