import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/test-app.js';
import { imported, type Importer, newImporter } from './import-fixture.js';

/** Two catalogues as people export them. They are not part of the repository. */
const FOLDER = '../shared/data/catalogues';
const present = existsSync(FOLDER);
if (!present)
  process.stderr.write(`SKIPPED: ${FOLDER} is absent, real catalogues are not tried.\n`);

jest.setTimeout(60_000);

(present ? describe : describe.skip)('real catalogues', () => {
  let t: TestApp;
  let importer: Importer;
  beforeAll(async () => {
    t = await createTestApp();
    importer = await newImporter(t);
  });
  afterAll(() => t.close());

  const file = (name: string) => readFileSync(`${FOLDER}/${name}`);

  it('takes all of most-streamed-songs-2024.csv: Latin-1, damaged titles, one row twice', async () => {
    const content = file('most-streamed-songs-2024.csv');
    const dry = await imported(t, importer, content, { dryRun: 'true' });
    const report = await imported(t, importer, content);
    expect(report.encoding).toBe('iso-8859-1');
    expect(report.counts).toEqual(dry.counts);
    expect(report.counts).toEqual({
      rows: 3000,
      registered: 2999,
      joined: 0,
      unchanged: 1,
      refused: 0,
      warned: 385,
    });
    const again = await imported(t, importer, content);
    expect(again.counts).toMatchObject({ registered: 0, unchanged: 3000, refused: 0 });
  });

  it('takes tracks-with-durations.csv but for the row without a title, by its Spotify ids', async () => {
    const report = await imported(t, importer, file('tracks-with-durations.csv'));
    expect(report.counts).toEqual({
      rows: 4000,
      registered: 3999,
      joined: 0,
      unchanged: 0,
      refused: 1,
      warned: 0,
    });
    expect(report.columns[0]).toEqual({ column: 'id', field: 'spotify-track', by: 'values' });
    expect(report.refused).toMatchObject([
      { line: 3747, faults: [{ column: 'name', code: 'title_missing' }] },
    ]);
  });
});
