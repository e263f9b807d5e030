/** The rights a claim or a declaration can be about (model, section 1). */
export const LAYERS = [
  'recording',
  'performance',
  'composition',
  'artwork',
  'text',
  'image',
  'video',
] as const;

export type Layer = (typeof LAYERS)[number];

/** The kinds of work (model, section 1). */
export const WORK_KINDS = [
  'recording',
  'composition',
  'release',
  'artwork',
  'text',
  'image',
  'video',
] as const;

export type WorkKind = (typeof WORK_KINDS)[number];

/** How well a claim or a party is proven; from 2 on it is verified (model, section 4.3). */
export type VerificationLevel = 0 | 1 | 2 | 3 | 4;
