/** What spreadsheets and databases write for "nothing". Never applied to titles or names. */
const NOTHING = /^(?:|-+|n\/?a|#n\/a|null|none|nan|unknown|not available)$/i;

/**
 * A cell as text: NFC, no white space around it, one space within. A leading apostrophe before a
 * sign that would begin a formula is the spreadsheets' mark for "this is text" and is taken off;
 * the formula itself is kept as the text that it is.
 */
export function tidyText(cell: string): string {
  const text = cell.normalize('NFC').replace(/\s+/gu, ' ').trim();
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}

/** True for a cell that says nothing: empty, `-`, `N/A`, `null` and the like. */
export function saysNothing(text: string): boolean {
  return NOTHING.test(text);
}

/** NUL and the other control characters that text never has. Tabs and line breaks are white space. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F]/;

export function hasControlCharacter(text: string): boolean {
  return CONTROL.test(text) || !text.isWellFormed();
}

/** `text` as a report shows a cell: cut to 200 characters, what can't be stored made visible. */
export function shown(text: string): string {
  const visible = text
    .slice(0, 400)
    .toWellFormed()
    .replace(/\p{Cc}/gu, '\uFFFD');
  return visible.length <= 200 ? visible : `${visible.slice(0, 199).toWellFormed()}…`;
}

/** A numeric identifier without the thousands separators that a spreadsheet put in. */
export function withoutThousandsSeparators(text: string): string {
  return /^\d{1,3}(?:([,.' \u00A0\u202F])\d{3})(?:\1\d{3})*$/u.test(text)
    ? text.replace(/\D/g, '')
    : text;
}
