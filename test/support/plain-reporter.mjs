/** Ends a run of jest with one plain line, for people and programs that read only the last one. */
export default class PlainReporter {
  onRunComplete(_contexts, run) {
    // A file that can't be loaded has no tests to count, and must not look like none that failed.
    const failed = run.numFailedTests + run.numRuntimeErrorTestSuites;
    const skipped = run.numPendingTests > 0 ? `, ${run.numPendingTests} skipped` : '';
    const line = `${run.numPassedTests} passed, ${failed} failed${skipped}\n`;
    // At the very end: jest's own summary and the tear-down come after this call.
    process.once('exit', () => process.stdout.write(line));
  }
}
