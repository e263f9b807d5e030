/**
 * Rules are told the time, the ids and the dice, so that the same question always has the same
 * answer. Holds in every `domain/` and in the pure modules; the clock itself is the one exception.
 */
const PURE = /^src\/(?:(?:[^/]+\/)?domain|kernel|verify|vocabulary|identifiers)\//;
const EXEMPT = /(?:\.spec\.ts|^src\/kernel\/clock\.ts)$/;

const READS = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
]);
/** Giving way with setImmediate is no reading of time: what comes out does not depend on it. */
const TIMERS = new Set(['setTimeout', 'setInterval']);

export const noAmbientTimeInDomain = {
  meta: { type: 'problem' },
  create(context) {
    const path = context.filename.slice(context.cwd.length + 1).replaceAll('\\', '/');
    if (!PURE.test(path) || EXEMPT.test(path)) return {};
    const report = (node, what) =>
      context.report({ node, message: `${what} is ambient; take it as an argument.` });
    return {
      MemberExpression(node) {
        if (node.object.type !== 'Identifier') return;
        const name = `${node.object.name}.${nameOfMember(node)}`;
        if (READS.has(name)) report(node, name);
        else if (node.object.name === 'process') report(node, 'process');
        else if (node.object.name === 'globalThis') report(node, 'globalThis');
      },
      NewExpression(node) {
        const isDate = node.callee.type === 'Identifier' && node.callee.name === 'Date';
        if (isDate && node.arguments.length === 0) report(node, 'new Date()');
      },
      CallExpression(node) {
        if (node.callee.type !== 'Identifier') return;
        if (node.callee.name === 'Date') report(node, 'Date()');
        if (TIMERS.has(node.callee.name)) report(node, node.callee.name);
      },
    };
  },
};

function nameOfMember({ property, computed }) {
  if (!computed) return property.name;
  return property.type === 'Literal' ? property.value : null;
}
