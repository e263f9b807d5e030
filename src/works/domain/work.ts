import type { WorkKind } from '#vocabulary';

export const LINK_KINDS = ['embodies', 'contains', 'samples', 'illustrated_by'] as const;

export type LinkKind = (typeof LINK_KINDS)[number];

/** Which kinds of work each link may lead from and to. */
const LINK_ENDS: Readonly<
  Record<LinkKind, { from: readonly WorkKind[]; to: readonly WorkKind[] }>
> = {
  embodies: { from: ['recording', 'video'], to: ['composition', 'recording'] },
  contains: { from: ['release'], to: ['recording', 'video', 'text', 'image', 'artwork'] },
  samples: { from: ['recording', 'video'], to: ['recording'] },
  illustrated_by: { from: ['release'], to: ['artwork', 'image'] },
};

/**
 * Why a link of this kind may not lead from one kind of work to another, or null when it may. A
 * recording embodies compositions alone; a video also the recordings heard in it.
 */
export function linkFault(kind: LinkKind, from: WorkKind, to: WorkKind): string | null {
  const ends = LINK_ENDS[kind];
  const fits = ends.from.includes(from) && ends.to.includes(to);
  if (fits && !(kind === 'embodies' && from === 'recording' && to === 'recording')) return null;
  return `a ${from} can't be linked to a ${to} by "${kind}"`;
}
