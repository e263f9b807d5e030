/** One thing wrong with an input: where (JSON pointer, RFC 6901) and what, in a sentence. */
export interface InputError {
  readonly pointer: string;
  readonly detail: string;
}

export const ERRORS_MAX = 100;
const POINTER_SEGMENT_MAX = 64;
const TEXT_MAX = 500;

/**
 * Reads foreign data that claims to be terms. Every reader returns `undefined` after noting an error, so
 * that one pass reports all of them. Only own, enumerable data properties of plain objects are read:
 * no getter of the input ever runs, and nothing inherited is taken for a field.
 */
export class PlainInput {
  readonly errors: InputError[] = [];

  refuse(pointer: string, detail: string): undefined {
    if (this.errors.length < ERRORS_MAX) this.errors.push({ pointer, detail });
    return undefined;
  }

  /** The fields of a plain object; refuses unknown ones, accessors and symbols. */
  object(
    value: unknown,
    pointer: string,
    known: readonly string[],
  ): ReadonlyMap<string, unknown> | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.refuse(pointer, 'Must be an object.');
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) {
      return this.refuse(pointer, 'Must be a plain object.');
    }
    const fields = new Map<string, unknown>();
    const keys = Reflect.ownKeys(value);
    let sound = true;
    for (const key of keys) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      if (typeof key !== 'string' || property === undefined || !('value' in property)) {
        this.refuse(pointer, 'Must hold plain data only.');
        return undefined;
      }
      // An explicit undefined is what other code writes for an absent field.
      if (property.value === undefined) continue;
      if (known.includes(key)) fields.set(key, property.value);
      else {
        this.refuse(child(pointer, key), `Unknown field; known here: ${known.join(', ')}.`);
        sound = false;
        if (this.errors.length >= ERRORS_MAX) break;
      }
    }
    return sound ? fields : undefined;
  }

  /** A dense array with at least `min` and at most `max` entries. */
  array(
    value: unknown,
    pointer: string,
    { min, max }: { readonly min: number; readonly max: number },
  ): readonly unknown[] | undefined {
    if (!Array.isArray(value)) return this.refuse(pointer, 'Must be a list.');
    const length = value.length;
    if (length < min) return this.refuse(pointer, `Must have at least ${min} entries.`);
    if (length > max) return this.refuse(pointer, `Must have at most ${max} entries.`);
    const entries: unknown[] = [];
    for (let at = 0; at < length; at += 1) {
      const property = Object.getOwnPropertyDescriptor(value, at);
      if (property === undefined || !('value' in property)) {
        return this.refuse(pointer, 'Must be a list without gaps.');
      }
      entries.push(property.value);
    }
    return entries;
  }

  /** One word of a closed list. */
  oneOf<T extends string>(value: unknown, pointer: string, words: readonly T[]): T | undefined {
    if (typeof value === 'string' && (words as readonly string[]).includes(value)) {
      return value as T;
    }
    return this.refuse(pointer, `Must be one of: ${words.join(', ')}.`);
  }

  /** Words of a closed list, each once, in the order of that list. */
  listOf<T extends string>(
    value: unknown,
    pointer: string,
    words: readonly T[],
  ): readonly T[] | undefined {
    const entries = this.array(value, pointer, { min: 1, max: words.length });
    if (entries === undefined) return undefined;
    const found = new Set<T>();
    for (const [at, entry] of entries.entries()) {
      const word = this.oneOf(entry, child(pointer, at), words);
      if (word === undefined) return undefined;
      if (found.has(word)) return this.refuse(child(pointer, at), 'Is listed twice.');
      found.add(word);
    }
    return words.filter((word) => found.has(word));
  }

  /** Text of 1 to `max` characters without control characters or broken surrogate pairs. */
  text(value: unknown, pointer: string, max = TEXT_MAX): string | undefined {
    if (typeof value !== 'string') return this.refuse(pointer, 'Must be text.');
    if (value.length === 0 || value.length > max) {
      return this.refuse(pointer, `Must have 1 to ${max} characters.`);
    }
    if (!value.isWellFormed()) return this.refuse(pointer, 'Must be well-formed Unicode.');
    if (/\p{Cc}/u.test(value)) return this.refuse(pointer, 'Must have no control characters.');
    if (value.trim() !== value) return this.refuse(pointer, 'Must not begin or end with a space.');
    return value;
  }

  /** Texts, each once, sorted. */
  texts(value: unknown, pointer: string, max: number): readonly string[] | undefined {
    const entries = this.array(value, pointer, { min: 1, max });
    if (entries === undefined) return undefined;
    const found = new Set<string>();
    for (const [at, entry] of entries.entries()) {
      const text = this.text(entry, child(pointer, at), 200);
      if (text === undefined) return undefined;
      if (found.has(text)) return this.refuse(child(pointer, at), 'Is listed twice.');
      found.add(text);
    }
    return [...found].sort();
  }

  integer(
    value: unknown,
    pointer: string,
    { min, max }: { readonly min: number; readonly max: number },
  ): number | undefined {
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) {
      return value;
    }
    return this.refuse(pointer, `Must be a whole number from ${min} to ${max}.`);
  }

  flag(value: unknown, pointer: string): boolean | undefined {
    return typeof value === 'boolean' ? value : this.refuse(pointer, 'Must be true or false.');
  }
}

/** The pointer of a field or entry below another; a hostile name is shortened. */
export function child(pointer: string, key: string | number): string {
  const segment = String(key).slice(0, POINTER_SEGMENT_MAX).toWellFormed();
  return `${pointer}/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
