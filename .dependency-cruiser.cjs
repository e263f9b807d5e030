/**
 * Who may import whom: the table of ARCHITECTURE.md as a program. `npm run deps` runs it, and
 * `test/contract/levels.spec.ts` proves with deliberate violations that each rule bites.
 *
 * `#name` is resolved through the paths of tsconfig.json; without them every edge between modules
 * would be invisible and all rules would hold.
 */

/** From the bottom to the top. A module imports the public faces of modules on lower levels only. */
const LEVELS = [
  ['kernel', 'verify', 'vocabulary', 'identifiers'],
  ['platform', 'offline', 'witness', 'client'],
  ['accounts'],
  ['transparency'],
  ['parties'],
  ['passkeys', 'notices'],
  ['works'],
  ['claims'],
  ['consent'],
  ['licensing', 'openings', 'preservation'],
  ['lookup'],
  ['imports', 'replay', 'snapshots', 'bulk'],
  ['changes'],
  ['erasure', 'publishing', 'check'],
  ['portal', 'cli', 'ops', 'demo'],
];

/** The pure modules: every module's `domain/` may use them, and they use nothing of ours. */
const PURE = LEVELS[0];

/** Packages that compute and nothing else, by the pure folder that needs them. */
const PURE_PACKAGES = {
  '^src/kernel/': ['canonicalize', 'uuid', 'node:crypto'],
  // Checks what the registry publishes, alone with a laptop: Node and nothing else.
  '^src/verify/': ['node:crypto'],
  '^src/offline/': [
    'node:fs',
    'node:fs/promises',
    'node:path',
    'node:process',
    'node:timers/promises',
    'node:util',
  ],
  // Runs wherever there is fetch; the verifier below it needs node:crypto.
  '^src/client/': ['openapi-fetch'],
  '^src/witness/': ['node:crypto', 'node:fs/promises', 'node:http', 'node:net', 'node:path'],
  '^src/transparency/domain/': ['node:crypto'],
  '^src/passkeys/domain/': ['node:crypto'],
  // A reader of large files gives way between pieces; what it reads does not depend on that.
  '^src/imports/domain/': [
    'chardet',
    'csv-parse',
    'iconv-lite',
    'node:buffer',
    'node:stream',
    'node:timers/promises',
  ],
};

const SPEC = '\\.(spec|factory)\\.ts$';
const anyOf = (names) => `(${names.join('|')})`;

/** What a dependency's resolved path looks like: a core module by its name, a package by its folder. */
const packagePath = (name) =>
  name.startsWith('node:') ? `^(node:)?${name.slice(5)}$` : `node_modules/${name}/`;

const levelRules = LEVELS.flatMap((modules, level) =>
  modules.map((name) => {
    const allowed = [name, ...LEVELS.slice(0, level).flat()].filter(
      (other) => level > 0 || other === name,
    );
    // The platform knows no noun of the field, and neither does who stands on it alone. The client
    // digests identifiers, so it has to read them.
    const knowsNouns = level === 0 || level > 3 || name === 'client';
    const forbidden = knowsNouns ? [] : ['vocabulary', 'identifiers'];
    const below = allowed.filter((other) => !forbidden.includes(other));
    return {
      name: `level-of-${name}`,
      comment: `${name} may import ${below.slice(1).join(', ') || 'nothing of ours'}`,
      severity: 'error',
      from: { path: `^src/${name}/` },
      to: { path: '^src/', pathNot: `^src/${anyOf(below)}/` },
    };
  }),
);

const purePackageRules = Object.entries(PURE_PACKAGES).map(([path, packages]) => ({
  name: 'domain-is-pure',
  comment: `${path} may use ${packages.join(', ')} and pure code of ours`,
  severity: 'error',
  from: { path, pathNot: SPEC },
  to: { pathNot: ['^src/', ...packages.map(packagePath)] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...levelRules,
    {
      name: 'module-is-in-the-table',
      comment: 'a new folder under src/ takes its place among the levels first',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/${anyOf(LEVELS.flat())}/` },
      to: {},
    },
    {
      name: 'public-face-only',
      comment: 'modules meet at `#name` and `#name/domain`; nothing else crosses',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: {
        path: '^src/[^/]+/',
        pathNot: [
          '^src/$1/',
          '^src/[^/]+/index\\.ts$',
          '^src/[^/]+/domain/index\\.ts$',
          '^src/platform/(embedded-postgres|start)/index\\.ts$',
        ],
      },
    },
    {
      name: 'top-uses-public-faces',
      comment: 'what stands in src/ itself starts the process and reaches into no module',
      severity: 'error',
      from: { path: '^src/[^/]+\\.ts$' },
      to: {
        path: '^src/[^/]+/',
        pathNot: ['^src/[^/]+/index\\.ts$', '^src/platform/(embedded-postgres|start)/index\\.ts$'],
      },
    },
    {
      name: 'domain-is-pure',
      comment: 'rules use their own folder, the pure modules and the pure faces of lower modules',
      severity: 'error',
      from: { path: '^src/([^/]+)/domain/', pathNot: SPEC },
      to: {
        path: '^src/',
        pathNot: [
          '^src/$1/domain/',
          `^src/${anyOf(PURE)}/index\\.ts$`,
          '^src/[^/]+/domain/index\\.ts$',
        ],
      },
    },
    {
      name: 'domain-is-pure',
      comment: 'rules use no framework, no database, no clock and no network',
      severity: 'error',
      from: {
        path: ['^src/[^/]+/domain/', `^src/${anyOf(PURE)}/`],
        pathNot: [SPEC, ...Object.keys(PURE_PACKAGES)],
      },
      to: { pathNot: '^src/' },
    },
    ...purePackageRules,
    {
      name: 'no-cycle',
      comment: 'a cycle has no order in which it can be read',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment: 'a file that nothing imports is dead, or its importer lost it',
      severity: 'error',
      from: { orphan: true, path: '^src/.*\\.ts$', pathNot: [SPEC, '\\.d\\.ts$'] },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'an import that leads nowhere hides every rule about it',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'a released migration must not change because code did',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^(src|test|bench)/' },
    },
    {
      name: 'code-knows-no-migration',
      comment: 'migrations are found by their folder and run in order',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^migrations/' },
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { path: '^src/', pathNot: SPEC },
      to: { path: ['^test/', SPEC] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types count too: what is only named is known as well.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
