import type { ProblemKinds } from '#kernel';

/** Lookups refuse only what the edge refuses too (`request/invalid`, `request/rate-limited`). */
export const LOOKUP_PROBLEMS = {} as const satisfies ProblemKinds;
