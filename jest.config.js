/** Native ESM with swc: Nest 12 is ESM-only, and swc keeps one HTTP spec near three seconds. */
const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** Both would otherwise see modules as an earlier file or run has left them. */
const needsNewModules = process.argv.some((arg) => /^--(?:coverage|watch)/.test(arg));

export default {
  ...(needsNewModules
    ? { testEnvironment: 'node' }
    : {
        testEnvironment: '<rootDir>/test/support/kept-environment.cjs',
        runtime: '<rootDir>/test/support/kept-runtime.cjs',
      }),
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: {
    '^#(.+)$': '<rootDir>/src/$1/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^rxjs(?:/operators)?$': '<rootDir>/test/support/rxjs.mjs',
    '^es-toolkit/compat$': '<rootDir>/test/support/es-toolkit-compat.mjs',
  },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // Both cores of the machine that has fewest; a third gained nothing and starved what goes by the clock.
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/slowest-first.mjs',
  workerIdleMemoryLimit: '1GB',
  coverageProvider: 'v8',
  // Set-up of a whole application takes a second, and ten on a machine that is busy with others.
  testTimeout: 20_000,
  reporters: ['default', '<rootDir>/test/support/plain-reporter.mjs'],
};
