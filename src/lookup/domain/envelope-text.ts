import { listOverlays, type Overlay } from '#consent/domain';
import { VOCABULARY_VERSION } from '#vocabulary';
import { instant } from './answer-text.js';
import type { Ask } from './ask.js';

/** The members that are the same for every item: `"asOf":…,"log":…`, without the braces. */
export function writeComputed(
  ask: Ask,
  { asOf, log }: { asOf: number; log: { size: number; root: string } },
): string {
  return (
    `"asOf":"${instant(asOf)}","log":{"size":${log.size},"root":"${log.root}"}` +
    `,"vocabulary":"${VOCABULARY_VERSION}","unknownPolicy":"${ask.unknownPolicy}"` +
    `,"inquiry":${JSON.stringify(ask.inquiry)}${writeOverlays(ask)}`
  );
}

function writeOverlays({ purposes, inquiry }: Ask): string {
  const named = new Map<string, Overlay>();
  for (const purpose of purposes) {
    for (const one of listOverlays(purpose, inquiry.territory, inquiry.actorClass)) {
      named.set(one.id, one);
    }
  }
  if (named.size === 0) return '';
  const described = [...named.values()].map(({ id, title, territory, note }) => {
    return [id, { title, territory, note }] as const;
  });
  return `,"overlays":${JSON.stringify(Object.fromEntries(described))}`;
}
