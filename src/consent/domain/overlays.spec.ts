import type { Purpose } from '#vocabulary';
import { describe, expect, it } from '@jest/globals';
import { listOverlays } from './overlays.js';
import type { ActorClass } from './terms.js';

describe('listOverlays', () => {
  it.each<[Purpose, string | undefined, ActorClass | undefined, readonly string[]]>([
    ['ai.train', 'DE', 'research', ['eu-2019-790-art-3', 'eu-2019-790-art-4']],
    ['ai.train', 'DE', 'commercial', ['eu-2019-790-art-4']],
    ['access.stream', 'FR', 'education', ['eu-2019-790-art-5']],
    ['preservation.ingest', 'EU', 'heritage_institution', ['eu-2019-790-art-6']],
    ['preservation.ingest', 'US', 'heritage_institution', ['us-17-usc-108', 'us-17-usc-1401-c']],
    ['access.stream', 'US', 'individual', ['us-17-usc-1401-c']],
    ['access.stream', 'US', 'commercial', []],
    ['ai.train', 'US', 'research', []],
    ['ai.train', 'WORLD', 'research', []],
    ['ai.train', undefined, 'research', []],
    ['ai.train', 'DE', undefined, []],
    ['dataset.redistribute', 'DE', 'research', []],
  ])('%s in %s by %s: %j', (purpose, territory, actorClass, ids) => {
    const overlays = listOverlays(purpose, territory, actorClass);
    expect(overlays.map((one) => one.id)).toEqual(ids);
    expect(overlays.every((one) => one.note.includes('no legal conclusion'))).toBe(true);
  });
});
