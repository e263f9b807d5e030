import { LEAF_DATA_MAP, type DataMapOfType, type LeafForm } from './data-map.js';
import { LEAF_TYPES, type LeafType } from './leaf.js';

const FORMS: Readonly<Record<LeafForm, (value: unknown) => boolean>> = {
  id: (value) => typeof value === 'string' && /^[a-z]{3}_[0-9a-z]{26}$/.test(value),
  uuid: (value) =>
    typeof value === 'string' && /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(value),
  word: (value) => typeof value === 'string' && /^[a-z0-9][a-z0-9_.-]{0,47}$/.test(value),
  hash: (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  key: (value) => typeof value === 'string' && /^[A-Za-z0-9+/]{43}=$/.test(value),
  number: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  day: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
  flag: (value) => typeof value === 'boolean',
  place: (value) => typeof value === 'string' && /^([A-Z]{2}|WORLD)$/.test(value),
  nothing: () => false,
};

/** The paths of the map, and the lists and objects on the way to them. */
const KNOWN: ReadonlyMap<LeafType, ReadonlySet<string>> = new Map(
  LEAF_TYPES.map((type) => [type, new Set(Object.keys(LEAF_DATA_MAP[type]).flatMap(prefixesOf))]),
);

function prefixesOf(path: string): string[] {
  const prefixes = [path];
  for (let at = 0; at < path.length; at += 1) {
    if (path[at] === '.') prefixes.push(path.slice(0, at + 1));
    if (path[at] === '[') prefixes.push(path.slice(0, at + 2));
  }
  return prefixes;
}

/**
 * What in the content of a leaf the data map does not allow, or null. It is the guard against
 * personal data: whatever has no line, or does not look as its line says, is refused.
 */
export function contentFault(
  type: LeafType,
  content: Readonly<Record<string, unknown>>,
): string | null {
  for (const name of Object.keys(content)) {
    const fault = valueFault(type, name, content[name]);
    if (fault !== null) return fault;
  }
  return null;
}

function valueFault(type: LeafType, path: string, value: unknown): string | null {
  const lines: DataMapOfType = LEAF_DATA_MAP[type];
  if (Array.isArray(value)) {
    const each = `${path}[]`;
    if (!KNOWN.get(type)!.has(each)) return `there is no list ${path}`;
    for (const one of value) {
      const fault = valueFault(type, each, one);
      if (fault !== null) return fault;
    }
    return null;
  }
  if (typeof value === 'object' && value !== null) {
    if (!KNOWN.get(type)!.has(`${path}.`)) return `there is no object ${path}`;
    for (const name of Object.keys(value)) {
      const fault = valueFault(type, `${path}.${name}`, (value as Record<string, unknown>)[name]);
      if (fault !== null) return fault;
    }
    return null;
  }
  const line = Object.hasOwn(lines, path) ? lines[path] : undefined;
  if (line === undefined) return `there is no field ${path}`;
  if (value === null && (line.nullable || line.form === 'nothing')) return null;
  return FORMS[line.form](value) ? null : `${path} is no ${line.form}`;
}
