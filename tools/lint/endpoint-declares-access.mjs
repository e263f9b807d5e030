/**
 * Every route says who may call it, on the method itself, where a reader looks. The server refuses
 * to start without it; this tells it while the route is being written.
 */
const ROUTES = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All', 'Sse']);
const ACCESS = new Set(['Public', 'RequireScope', 'RequireSignIn']);

export const endpointDeclaresAccess = {
  meta: { type: 'problem' },
  create(context) {
    return {
      MethodDefinition(node) {
        const names = (node.decorators ?? []).map(nameOf);
        if (!names.some((name) => ROUTES.has(name))) return;
        if (names.some((name) => ACCESS.has(name))) return;
        context.report({
          node: node.key,
          message: 'This route needs @Public(), @RequireScope(…) or @RequireSignIn().',
        });
      },
    };
  },
};

function nameOf({ expression }) {
  const callee = expression.type === 'CallExpression' ? expression.callee : expression;
  return callee.type === 'Identifier' ? callee.name : null;
}
