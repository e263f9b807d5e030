/**
 * Whether an Accept header (RFC 9110 §12.5.1) asks for a page rather than for data: HTML is named,
 * and JSON is not wanted more. Programs that name nothing get data.
 */
export function prefersHtml(accept: string | undefined): boolean {
  const wish = (type: string): number => {
    for (const range of (accept ?? '').split(',')) {
      const [name, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      if (name !== type) continue;
      const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
      return weight === undefined ? 1 : Number(weight) || 0;
    }
    return 0;
  };
  const html = wish('text/html');
  return html > 0 && html >= Math.max(wish('application/json'), wish('application/problem+json'));
}
