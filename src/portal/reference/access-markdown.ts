import type { AccessRule } from '#accounts';
import type { Route } from '../openapi/list-routes.js';

/** `docs/reference/access.md`: every route with who may call it, the same rule together. */
export function accessMarkdown(routes: readonly Route[]): string {
  const rules = [...new Set(routes.map(({ access }) => nameOf(access)))].sort(byOpenness);
  const chapters = rules.map((rule) => {
    const own = routes.filter(({ access }) => nameOf(access) === rule);
    const lines = own.map(({ method, path }) => `- ${method} \`${path}\``);
    return `## ${rule}\n\n${lines.join('\n')}`;
  });
  return `# Who may call what

Every route declares who may call it; one that does not keeps the server from starting. A scope opens a kind of operation, not other people’s things. [Accounts, roles and scopes](scopes.md) says what the scopes are. This file is made from the code by \`npm run docs:generate\`.

${chapters.join('\n\n')}
`;
}

function nameOf(access: AccessRule): string {
  if (access.kind === 'public') return 'Anyone';
  return access.kind === 'signed-in' ? 'Anyone signed in' : access.scope;
}

function byOpenness(a: string, b: string): number {
  const isScope = (name: string) => Number(name.includes(':'));
  return isScope(a) - isScope(b) || (a < b ? -1 : 1);
}
