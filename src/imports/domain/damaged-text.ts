/**
 * Signs that a text went through a wrong encoding on its way here and lost letters: the
 * replacement character itself, its three UTF-8 bytes read as Latin-1 (cut short at the end too),
 * its low byte repeated, or UTF-8 pairs read as Windows-1252.
 */
const DAMAGE = /\uFFFD|ï¿½|ï¿?$|ýý|Ã[\u0080-\u00BF]|â€/u;

/** True where letters of `text` were very likely lost before the file reached us. */
export function looksDamaged(text: string): boolean {
  return DAMAGE.test(text);
}
