import type { ProblemRegistry } from '#platform';

/** `docs/reference/problems.md`: every kind of refusal with its status and what to do about it. */
export function problemsMarkdown(problems: ProblemRegistry): string {
  const kinds = problems.list();
  const modules = [...new Set(kinds.map(([code]) => code.split('/')[0]!))];
  const chapters = modules.map((module) => {
    const own = kinds.filter(([code]) => code.startsWith(`${module}/`));
    const entries = own.map(
      ([code, { status, title, help }]) => `### ${code}\n\n**${status}** ${title}.\n\n${help}`,
    );
    return `## ${module}\n\n${entries.join('\n\n')}`;
  });
  return `# Problems

What the registry answers when it refuses (RFC 9457). \`type\` is \`/problems/\` and the code below, served as a page by every registry; it never changes its meaning. This file is made from the code by \`npm run docs:generate\`.

${chapters.join('\n\n')}
`;
}
