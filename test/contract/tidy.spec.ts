import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** Files that are the project's: those under version control and those about to be. */
const FILES = listFiles().filter((path) => existsSync(path) && statSync(path).isFile());
const BINARY = /\.(?:png|jpg|ico|woff2?|gz|zip|pdf)$/;
/** This file names what it refuses. */
const TEXTS = FILES.filter((path) => !BINARY.test(path) && !path.endsWith('tidy.spec.ts'));
const MARKDOWN = FILES.filter((path) => path.endsWith('.md'));

/** Written by programs, and as large as what they describe. */
const LARGE = /^(?:package-lock\.json|docs\/reference\/openapi\.json)$/;
const SIZE_MAX = 256 * 1024;

const VAGUE = /^(?:utils?|helpers?|common|misc|manager|base)$/;

/** Words that have no place in what is handed on: the machine it was made on, and how. */
const TRACES = [
  /\/work\/(?:main|shared)/,
  /\/tmp\/(?!fermata)[a-z]+\//,
  /\/(?:home|Users)\/[a-z]\w*\//,
  /\bhelper session\b/i,
  /\bBRIEF\.md\b/,
];

describe('the project is tidy:', () => {
  it('there are files to look at', () => {
    expect(FILES.length).toBeGreaterThan(300);
  });

  it('what is left to do names its issue', () => {
    const open = linesWith(/\b(?:TODO|FIXME|XXX|HACK)\b/).filter(
      ({ line }) => !/TODO\(#\d+\): \S/.test(line),
    );
    expect(open).toEqual([]);
  });

  it('a document has one title, on its first line', () => {
    const odd = MARKDOWN.filter((path) => {
      const lines = withoutCode(readFileSync(path, 'utf8')).split('\n');
      return !/^# \S/.test(lines[0]!) || lines.filter((line) => line.startsWith('# ')).length !== 1;
    });
    expect(odd).toEqual([]);
  });

  it('no file is larger than 256 KiB', () => {
    const large = FILES.filter((path) => !LARGE.test(path) && statSync(path).size > SIZE_MAX);
    expect(large).toEqual([]);
  });

  it('every relative link in a document leads to a file and to a heading in it', () => {
    const broken = MARKDOWN.flatMap((path) =>
      linksOf(readFileSync(path, 'utf8'))
        .filter((link) => !resolves(path, link))
        .map((link) => `${path}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('every module says what it owns and what always holds in it', () => {
    const modules = readdirSync('src', { withFileTypes: true }).filter((one) => one.isDirectory());
    const odd = modules
      .map(({ name }) => name)
      .filter((name) => {
        const face = join('src', name, 'index.ts');
        const text = existsSync(face) ? readFileSync(face, 'utf8') : '';
        const header = /^\/\*\*[\s\S]*?\*\//.exec(text)?.[0] ?? '';
        const saysWhat = new RegExp(`^/\\*\\*\\n \\* ${name} — \\S`).test(header);
        return !saysWhat || !/\bOwns\b/.test(header) || !/\bInvariants:/.test(header);
      });
    expect(odd).toEqual([]);
  });

  it('names of files and folders say what is in them', () => {
    const vague = FILES.filter((path) =>
      path.split('/').some((part) => part.split(/[.-]/).some((word) => VAGUE.test(word))),
    );
    expect(vague).toEqual([]);
  });

  it('files are named in kebab-case', () => {
    const odd = FILES.filter((path) =>
      /^(?:src|test|tools|scripts|bench|migrations)\//.test(path),
    ).filter(
      (path) =>
        !/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(basename(path)) &&
        !/^[A-Z]+\.md$/.test(basename(path)),
    );
    expect(odd).toEqual([]);
  });

  it('nothing tells of the machine on which it was written', () => {
    expect(TRACES.flatMap((trace) => linesWith(trace))).toEqual([]);
  });
});

function listFiles(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const git = spawnSync('git', args, { encoding: 'utf8' });
  if (git.status === 0) return git.stdout.split('\0').filter(Boolean);
  // A copy without its history: everything that is not installed or built.
  const all = readdirSync('.', { recursive: true, encoding: 'utf8' });
  return all.filter((path) => !/^(?:node_modules|dist|\.data|\.git|coverage)\b/.test(path));
}

function linesWith(pattern: RegExp): { path: string; line: string }[] {
  return TEXTS.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => ({ path, line: line.trim().slice(0, 120) })),
  );
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
}

/** Targets of `[text](target)` and of `[name]: target` that lead to other files of the project. */
function linksOf(markdown: string): string[] {
  const text = withoutCode(markdown);
  const inline = [...text.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)];
  const named = [...text.matchAll(/^\[[^\]]+\]:\s+(\S+)/gm)];
  const targets = [...inline, ...named].map(([, target]) => target!.replace(/^<|>$/g, ''));
  return targets.filter((target) => !/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(target));
}

function resolves(from: string, link: string): boolean {
  const [path, fragment] = link.split('#');
  const target = path === '' ? from : normalize(join(dirname(from), decodeURI(path!)));
  if (!existsSync(target)) return false;
  if (fragment === undefined || !target.endsWith('.md')) return true;
  return anchorsOf(readFileSync(target, 'utf8')).includes(fragment);
}

/** The anchors that code hosts give to headings. */
function anchorsOf(markdown: string): string[] {
  const headings = [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map(([, text]) => text!);
  return headings.map((text) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}
