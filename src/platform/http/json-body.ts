import type { FastifyInstance } from 'fastify';
import secureJson from 'secure-json-parse';
import { invalid } from './validation.pipe.js';

const DEPTH_MAX = 16;

/** No operation has a tenth of it; thousands would each be named as unknown, at a price. */
const MEMBERS_MAX = 256;

/**
 * Objects, lists and what stands in lists, in one body. The largest operation takes 10,000 of them;
 * class-transformer takes 10 µs for each before anything is refused, so that 1 MB of `{}` would hold
 * everybody up for three seconds.
 */
const VALUES_MAX = 12_000;

/**
 * Reads JSON bodies: refuses what is no object, prototype members, nesting beyond 16, objects of
 * more than 256 members, more than 12,000 objects and elements of lists, and strings that
 * PostgreSQL or UTF-8 can't hold (NUL, lone surrogates), each by name of the place. Throws
 * `request/invalid`.
 */
export function registerJsonBody(fastify: FastifyInstance): void {
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser(
    ['application/json'],
    { parseAs: 'string' },
    (_request, text, done) => {
      try {
        done(null, objectOf(parseJson(text as string)));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

/** Every body of ours is an object: null, lists and bare values are nobody's request. */
function objectOf(value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw invalid([{ pointer: '', detail: 'the body must be a JSON object' }]);
}

/** Refuses addresses that hold NUL, which no path or query of ours does and PostgreSQL can't store. */
export function refuseNulInAddress(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const nul = request.url.includes('%00') || request.url.includes('\0');
    done(
      nul
        ? invalid([{ pointer: '', detail: 'the address contains the character NUL' }])
        : undefined,
    );
  });
}

/** Parses one JSON text under the rules of {@link registerJsonBody}. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') {
    throw invalid([{ pointer: '', detail: 'the body is empty; JSON was expected' }]);
  }
  let value: unknown;
  try {
    value = secureJson.parse(text, { protoAction: 'error', constructorAction: 'error' });
  } catch {
    const proto = /"(?:__proto__|constructor)"\s*:/.test(text);
    const detail = proto
      ? 'members named __proto__ or constructor are not taken'
      : 'the body is not well-formed JSON';
    throw invalid([{ pointer: '', detail }]);
  }
  // Only an escape can smuggle in NUL or half a surrogate pair: the bytes were UTF-8 already.
  refuseUnstorable(value, text.includes('\\u'));
  return value;
}

function refuseUnstorable(root: unknown, checkStrings: boolean): void {
  const stack: { value: unknown; pointer: string; depth: number }[] = [
    { value: root, pointer: '', depth: 0 },
  ];
  let values = 0;
  for (let at = stack.pop(); at; at = stack.pop()) {
    const { value, pointer, depth } = at;
    if (typeof value === 'string') {
      if (checkStrings) refuseString(value, pointer);
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= DEPTH_MAX) {
        const detail = `nested more than ${DEPTH_MAX} deep`;
        throw invalid([{ pointer: pointer.slice(0, 256), detail }]);
      }
      const isList = Array.isArray(value);
      values += isList ? value.length : 0;
      if (values > VALUES_MAX) {
        const detail = `the body has more than ${VALUES_MAX} objects and elements of lists`;
        throw invalid([{ pointer: '', detail }]);
      }
      let members = 0;
      for (const key in value) {
        if (++members > MEMBERS_MAX && !isList) {
          const detail = `an object has at most ${MEMBERS_MAX} members`;
          throw invalid([{ pointer: pointer.slice(0, 256), detail }]);
        }
        if (checkStrings) refuseString(key, pointer);
        const child = (value as Record<string, unknown>)[key];
        if (
          typeof child === 'object' ? child !== null : checkStrings && typeof child === 'string'
        ) {
          if (!isList && typeof child === 'object') values += 1;
          stack.push({ value: child, pointer: `${pointer}/${key}`, depth: depth + 1 });
        }
      }
    }
  }
}

function refuseString(text: string, pointer: string): void {
  if (text.includes('\0')) {
    throw invalid([{ pointer, detail: 'contains the character NUL, which text never does' }]);
  }
  if (!text.isWellFormed()) {
    throw invalid([{ pointer, detail: 'contains half a surrogate pair, which is no character' }]);
  }
}
