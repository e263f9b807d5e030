/**
 * The globals of the modules that `kept-runtime.cjs` keeps: an `Error` that one file makes is an `Error`
 * to the modules that the next one finds.
 */
const { TestEnvironment } = require('jest-environment-node');

/** Where jest's runner leaves the tests of a file, their time limit and its listeners. */
const OF_THE_RUNNER = /^(?:JEST_|RETRY_|WAIT_BEFORE_RETRY|LOG_ERRORS|TEST_TIMEOUT|EVENT_HANDLERS)/;

let kept;

module.exports = class KeptEnvironment extends TestEnvironment {
  constructor(...args) {
    if (kept !== undefined) return kept;
    super(...args);
    kept = this;
  }

  /** After each file. */
  async teardown() {
    for (const symbol of Object.getOwnPropertySymbols(this.global)) {
      if (OF_THE_RUNNER.test(symbol.description)) delete this.global[symbol];
    }
  }
};
