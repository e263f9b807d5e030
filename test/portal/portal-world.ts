import { Database } from '#platform';
import { World } from '../support/factories/world.js';
import { createTestApp, FixedClock, type TestApp } from '../support/test-app.js';

export const NOW = '2026-11-22T14:05:00.000Z';

/** An ISRC of each kind of wish; nothing is registered under the last one. */
export const ISRC = {
  refusing: 'QZFER2600001',
  forPay: 'QZFER2600002',
  hostile: 'QZFER2600003',
  halfSilent: 'QZFER2600004',
  nobody: 'QZFER2699999',
};

/** A title that would do harm on a page that does not escape it. */
export const HOSTILE_TITLE = `</p><script>alert("1")</script> & 'Co' "Ltd"`;

export interface PortalWorld extends TestApp {
  page(url: string): Promise<{ status: number; html: string; headers: Record<string, unknown> }>;
}

/** The application with three artists who want different things, one of them with a hostile title. */
export async function createPortalWorld(): Promise<PortalWorld> {
  const clock = new FixedClock(Date.parse('2026-11-01T09:00:00Z'));
  const app = await createTestApp({ clock });
  const world = new World(app.app.get(Database), clock);

  const ines = await world.makeParty({ name: 'Ines Okonjo-Hall' });
  await world.makeSong({ party: ines, identifiers: [`isrc:${ISRC.refusing}`] });
  await world.declareDefault(ines, [
    { purpose: 'preservation', decision: 'allow' },
    { purpose: 'ai', decision: 'deny' },
  ]);

  const juno = await world.makeParty({ name: 'Juno Valemark' });
  await world.makeSong({ party: juno, identifiers: [`isrc:${ISRC.forPay}`] });
  const duties = [
    { kind: 'compensate', model: 'per_training_run', amount: '12.50', currency: 'EUR' },
  ] as const;
  await world.declareDefault(juno, [{ purpose: 'ai.train', decision: 'conditional', duties }]);

  const mallory = await world.makeParty({ name: '<img src=x onerror=alert(2)>' });
  const recording = await world.makeWork({
    title: HOSTILE_TITLE,
    registrant: mallory,
    identifiers: [`isrc:${ISRC.hostile}`],
  });
  await world.makeClaim({ work: recording, party: mallory });
  await world.makeDeclaration({ party: mallory, terms: [{ purpose: 'ai', decision: 'deny' }] });

  const half = await world.makeWork({
    title: 'Half of a Harbour',
    registrant: juno,
    identifiers: [`isrc:${ISRC.halfSilent}`],
  });
  await world.makeClaim({ work: half, party: ines, sharePpm: 500_000 });
  await world.makeDeclaration({
    party: ines,
    subject: { kind: 'work', id: half },
    terms: [{ purpose: 'ai.search', decision: 'allow' }],
  });
  clock.set(NOW);

  return {
    ...app,
    page: async (url) => {
      const response = await app.request('GET', url, { headers: { accept: BROWSER_ACCEPT } });
      return { status: response.statusCode, html: response.body, headers: response.headers };
    },
  };
}

/** What browsers send for a page. */
export const BROWSER_ACCEPT =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
