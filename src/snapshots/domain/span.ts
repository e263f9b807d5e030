/**
 * The time that a snapshot speaks for, epoch ms: from the moment that it was made as of up to, and
 * without, the moment it expires at. What happens at `until` or later can't matter to whoever asks it.
 */
export interface Span {
  readonly asOf: number;
  readonly until: number;
}

/** An instant within the span, where it may still change an answer; else undefined. */
export function within(span: Span, at: number | undefined): number | undefined {
  return at !== undefined && at > span.asOf && at < span.until ? at : undefined;
}
