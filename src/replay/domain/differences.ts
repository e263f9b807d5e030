/** One place at which two values differ; undefined where one has nothing there. */
export interface Difference {
  /** RFC 6901. */
  readonly pointer: string;
  readonly replayed: unknown;
  readonly given: unknown;
}

const DIFFERENCES_MAX = 20;

/** Where two JSON values differ, the first places of many. */
export function differences(replayed: unknown, given: unknown): Difference[] {
  const found: Difference[] = [];
  collect(replayed, given, '', found);
  return found;
}

function collect(replayed: unknown, given: unknown, pointer: string, found: Difference[]): void {
  if (found.length >= DIFFERENCES_MAX || Object.is(replayed, given)) return;
  if (!isNested(replayed) || !isNested(given) || Array.isArray(replayed) !== Array.isArray(given)) {
    found.push({ pointer, replayed, given });
    return;
  }
  for (const name of new Set([...Object.keys(replayed), ...Object.keys(given)])) {
    const escaped = name.replaceAll('~', '~0').replaceAll('/', '~1');
    const of = (value: Record<string, unknown>) =>
      Object.hasOwn(value, name) ? value[name] : undefined;
    collect(of(replayed), of(given), `${pointer}/${escaped}`, found);
  }
}

function isNested(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
