/** An identifier's way to one work. */
export interface EntryRow {
  readonly workId: string;
  /** Of the past: a number of this request, given when the standing is known. */
  standingId: number;
  readonly confidencePpm: number;
  /** YYYY-MM-DD. */
  readonly releasedOn: string | undefined;
}

/** Puts the works behind one identifier into the one order that an answer names them in. */
export function inOrder(entries: EntryRow[]): EntryRow[] {
  return entries.sort((a, b) => (a.workId < b.workId ? -1 : a.workId > b.workId ? 1 : 0));
}
