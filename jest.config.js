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

export default {
  testEnvironment: 'node',
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
  // One process would keep every spec's modules and slow down under them; two use both cores.
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/slowest-first.mjs',
  workerIdleMemoryLimit: '1GB',
  coverageProvider: 'v8',
  // Set-up of a whole application takes a second, and ten on a machine that is busy with others.
  testTimeout: 20_000,
  reporters: ['default', '<rootDir>/test/support/plain-reporter.mjs'],
};
