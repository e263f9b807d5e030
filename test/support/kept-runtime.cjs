/**
 * Keeps the modules of the project and of its packages from one spec file to the next of the same
 * process. Jest links them anew for each: 2,000 modules and two seconds of a core for every spec that
 * opens the application. What stands under `test/`, the specs and jest's runner are new for each file
 * as ever, and so is each application with its database.
 *
 * So a spec that changes something of `src/` for everybody must put it back; `jest.spyOn` is put back
 * here. Whether a failure comes from an earlier file shows when the file runs alone.
 */
const Runtime = require('jest-runtime').default;

/** What belongs to one file: its modules, those that hold its `expect`, and the runner with its tests. */
const OF_ONE_FILE = /^@jest\/globals\/|\.spec\.ts$|\/jest-circus\/|\/test\/(?!.*\/node_modules\/)/;

let kept;

module.exports = class KeptRuntime extends Runtime {
  constructor(...args) {
    if (kept !== undefined) {
      kept.testState.state = 'loading';
      return kept;
    }
    super(...args);
    kept = this;
  }

  /** After each file. */
  teardown() {
    this.restoreAllMocks();
    this.mockState.clear();
    this.jestGlobals.clearJestObjectCache();
    this.testMainModule.reset();
    const { esModuleRegistry, moduleRegistry, internalModuleRegistry } = this.registries;
    for (const registry of [esModuleRegistry, moduleRegistry, internalModuleRegistry]) {
      for (const key of registry.keys()) if (OF_ONE_FILE.test(key)) registry.delete(key);
    }
  }
};
