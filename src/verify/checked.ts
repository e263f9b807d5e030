/** What a check came to: the value, or in one sentence what exactly failed. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

export function pass<T>(value: T): Checked<T> {
  return { ok: true, value };
}

export function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

/** A stranger's words inside a sentence of ours: one line, no control characters, not endless. */
export function quoted(text: string): string {
  const plain = text.replace(/[^\P{C}]/gu, '·');
  return `“${plain.length > 80 ? `${plain.slice(0, 80)}…` : plain}”`;
}
