import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { invariant } from './assert.js';

/** SHA-256 of bytes or UTF-8 text, 32 bytes. */
export function sha256(data: Uint8Array | string): Buffer {
  return createHash('sha256').update(data).digest();
}

/**
 * The canonical JSON text of a plain value (RFC 8785). Equal values give equal text. Throws for what
 * has no such form: numbers that are not finite, lone surrogates, circles.
 */
export function canonicalJson(value: unknown): string {
  const ordered = inOrder(value, 0);
  // Most values are plain: then the engine's own writer is several times faster than the package.
  if (ordered !== NOT_PLAIN) return JSON.stringify(ordered);
  const text = canonicalize(value);
  invariant(text !== undefined, 'a value without a JSON form has no canonical form');
  return text;
}

const NOT_PLAIN = Symbol('not plain');
const DEPTH_MAX = 64;

/**
 * The value with the members of its objects in order, itself where they are already; or
 * {@link NOT_PLAIN} where `JSON.stringify` would not write it as RFC 8785 does, or not at all.
 */
function inOrder(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? value : NOT_PLAIN;
    case 'number':
      return Number.isFinite(value) ? value : NOT_PLAIN;
    case 'boolean':
      return value;
    case 'object':
      if (value === null) return null;
      if (depth > DEPTH_MAX || 'toJSON' in value) return NOT_PLAIN;
      return Array.isArray(value) ? listInOrder(value, depth + 1) : objectInOrder(value, depth + 1);
    default:
      return NOT_PLAIN;
  }
}

function listInOrder(list: readonly unknown[], depth: number): unknown {
  let changed: unknown[] | null = null;
  for (let at = 0; at < list.length; at += 1) {
    const one = inOrder(list[at], depth);
    if (one === NOT_PLAIN) return NOT_PLAIN;
    if (one !== list[at]) (changed ??= [...list])[at] = one;
  }
  return changed ?? list;
}

function objectInOrder(object: object, depth: number): unknown {
  const names = Object.keys(object);
  let isInOrder = true;
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at]!;
    // Names that are numbers come first in every object, in the order of their value; and setting
    // this one sets no member.
    if (/^(?:\d|__proto__$)/.test(name) || !name.isWellFormed()) return NOT_PLAIN;
    if (at > 0 && names[at - 1]! > name) isInOrder = false;
  }
  if (!isInOrder) names.sort();
  const ordered: Record<string, unknown> = {};
  for (const name of names) {
    const given = (object as Record<string, unknown>)[name];
    if (given === undefined) continue;
    const one = inOrder(given, depth);
    if (one === NOT_PLAIN) return NOT_PLAIN;
    if (one !== given) isInOrder = false;
    ordered[name] = one;
  }
  return isInOrder ? object : ordered;
}
