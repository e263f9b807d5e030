/**
 * True where two titles may well be two spellings of one: compared without case, accents, signs,
 * and what stands in brackets or after a dash (`(feat. …)`, `- Remastered 2011`). Loose on
 * purpose: it is only asked where an identifier agrees already.
 */
export function looselySameTitle(one: string, other: string): boolean {
  return titleKey(one) === titleKey(other);
}

/** The part of a title that its spellings share. */
export function titleKey(title: string): string {
  const whole = lettersOf(title);
  const core = lettersOf(title.replace(/[([{].*?[)\]}]/gu, ' ').replace(/ [-–—] .*$/u, ' '));
  return core === '' ? whole || title : core;
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
