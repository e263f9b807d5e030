import { type Checked, pass, quoted, refuse } from './checked.js';
import { sameBytes, textOf } from './encoding.js';

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

export type JsonObject = { readonly [name: string]: JsonValue };

const DEPTH_MAX = 64;

/** RFC 8785: members sorted by UTF-16 code units, numbers as ECMAScript writes them, no spaces. */
export function canonicalJson(value: unknown): Checked<string> {
  try {
    return pass(write(value, 0));
  } catch (error) {
    return refuse(error instanceof Unfit ? error.message : 'the value is no JSON');
  }
}

/** Thrown and caught within this file. */
class Unfit extends Error {}

function write(value: unknown, depth: number): string {
  if (depth > DEPTH_MAX) throw new Unfit(`the JSON is nested deeper than ${DEPTH_MAX}`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Unfit(`${value} is no number of JSON`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return writeString(value);
  if (Array.isArray(value)) return `[${value.map((one) => write(one, depth + 1)).join(',')}]`;
  if (typeof value !== 'object') throw new Unfit(`a ${typeof value} is no value of JSON`);
  const names = Object.keys(value).sort();
  const members = names.map((name) => {
    const member = (value as Record<string, unknown>)[name];
    return `${writeString(name)}:${write(member, depth + 1)}`;
  });
  return `{${members.join(',')}}`;
}

function writeString(text: string): string {
  if (!text.isWellFormed()) throw new Unfit('a string holds half of a surrogate pair');
  return JSON.stringify(text);
}

/**
 * JSON that cannot be read in two ways: a member stands once in its object, and a number is written
 * as RFC 8785 writes it, so that no reader can round it to another.
 */
export function parseJson(given: string | Uint8Array, bytesMax: number): Checked<JsonValue> {
  const text = textOf(given, bytesMax);
  if (!text.ok) return text;
  try {
    return pass(new Parser(text.value).document());
  } catch (error) {
    return refuse(error instanceof Unfit ? error.message : 'it is no JSON');
  }
}

/** An object in canonical form: the bytes that were signed, and nothing that reads like them. */
export function parseCanonical(
  bytes: Uint8Array,
  bytesMax: number,
  of: string,
): Checked<JsonObject> {
  const parsed = parseJson(bytes, bytesMax);
  if (!parsed.ok) return refuse(`the ${of}: ${parsed.reason}`);
  if (!isJsonObject(parsed.value)) return refuse(`the ${of} is no object`);
  const canonical = canonicalJson(parsed.value);
  if (!canonical.ok || !sameBytes(Buffer.from(canonical.value), bytes)) {
    return refuse(`the ${of} is not in canonical form`);
  }
  return pass(parsed.value);
}

// eslint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const SPACE = /[ \t\n\r]*/y;
const WORD = /true|false|null/y;

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): JsonValue {
    const value = this.value(0);
    if (this.at < this.text.length) throw this.fault('the end');
    return value;
  }

  private value(depth: number): JsonValue {
    if (depth > DEPTH_MAX) throw new Unfit(`the JSON is nested deeper than ${DEPTH_MAX}`);
    this.match(SPACE);
    const next = this.text[this.at];
    const value =
      next === '{'
        ? this.object(depth)
        : next === '['
          ? this.array(depth)
          : next === '"'
            ? this.string()
            : this.scalar();
    this.match(SPACE);
    return value;
  }

  private object(depth: number): JsonObject {
    const members = new Map<string, JsonValue>();
    this.at += 1;
    this.match(SPACE);
    if (this.takes('}')) return {};
    do {
      this.match(SPACE);
      const name = this.string();
      if (members.has(name))
        throw new Unfit(`the member ${quoted(name)} stands twice in an object`);
      this.match(SPACE);
      if (!this.takes(':')) throw this.fault('a colon');
      members.set(name, this.value(depth + 1));
    } while (this.takes(','));
    if (!this.takes('}')) throw this.fault('a comma or }');
    // Makes own members also of names such as __proto__.
    return Object.fromEntries(members);
  }

  private array(depth: number): JsonValue[] {
    const items: JsonValue[] = [];
    this.at += 1;
    this.match(SPACE);
    if (this.takes(']')) return items;
    do {
      items.push(this.value(depth + 1));
    } while (this.takes(','));
    if (!this.takes(']')) throw this.fault('a comma or ]');
    return items;
  }

  private string(): string {
    const literal = this.match(STRING);
    if (literal === null) throw this.fault('a string');
    const value = JSON.parse(literal) as string;
    if (!value.isWellFormed()) throw new Unfit('a string holds half of a surrogate pair');
    return value;
  }

  private scalar(): null | boolean | number {
    const word = this.match(WORD);
    if (word !== null) return JSON.parse(word) as boolean | null;
    const literal = this.match(NUMBER);
    if (literal === null) throw this.fault('a value');
    const value = Number(literal);
    if (JSON.stringify(value) !== literal) {
      throw new Unfit(`the number ${quoted(literal)} is not written in its one canonical form`);
    }
    return value;
  }

  private takes(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return null;
    this.at += found[0].length;
    return found[0];
  }

  private fault(expected: string): Unfit {
    return new Unfit(`character ${this.at} of the JSON: expected ${expected}`);
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
