/**
 * The specs that take longest, slowest first: one of them at the end would leave the other core idle for
 * a minute. Jest itself knows durations from earlier runs only, and a clean clone has none.
 */
const SLOWEST = [
  'hostile-input',
  'serve',
  'browser',
  'durability',
  'crash',
  'readme',
  'registry',
  'embedded-postgres',
  'signing',
  'restore',
  'demo',
  'real-catalogues',
  'serve.refusals',
  'lookup.reading',
  'import',
];

/** Takes the place of `@jest/test-sequencer`, which is not a package of ours. */
export default class SlowestFirst {
  sort(tests) {
    return [...tests].sort((a, b) => rankOf(a) - rankOf(b));
  }

  /** `--shard 1/3`: every third, so that each shard has some of the slow ones. */
  shard(tests, { shardIndex, shardCount }) {
    const paths = [...tests].sort((a, b) => (a.path < b.path ? -1 : 1));
    return this.sort(paths).filter((_, at) => at % shardCount === shardIndex - 1);
  }

  /** `--onlyFailures` would need what earlier runs have left; all specs run in its place. */
  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}

function rankOf({ path }) {
  const at = SLOWEST.findIndex((name) => path.endsWith(`/${name}.spec.ts`));
  return at < 0 ? SLOWEST.length : at;
}
